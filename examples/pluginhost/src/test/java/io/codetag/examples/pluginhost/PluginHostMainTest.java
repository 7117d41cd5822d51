package io.codetag.examples.pluginhost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The host of plugins")
class PluginHostMainTest {
    private static final long WAIT_SECONDS = 120;

    @Test
    @DisplayName("verifies every claim at run time under each of the three policies")
    void everyClaimHolds() throws Exception {
        final Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PluginHostMain.class.getName())
                .redirectErrorStream(true)
                .start();
        final String text = new String(host.getInputStream().readAllBytes(), UTF_8);
        assertTrue(host.waitFor(WAIT_SECONDS, TimeUnit.SECONDS), text);

        assertEquals(0, host.exitValue(), text);
        assertTrue(text.contains("OK: all 69 claims were verified"), text);
        assertFalse(text.contains("FAIL"), text);
        assertEquals(1, count(text, "[CODETAG-201]"), "the overflow under switch is logged once\n" + text);
        assertEquals(1, count(text, "[CODETAG-202]"), "the overflow under spill is logged once\n" + text);
        assertEquals(1, count(text, "[CODETAG-203]"), "the overflow under disable is logged once\n" + text);
        assertTrue(
                count(text, "[CODETAG-301] the module of ") >= 6,
                "each call site that an unloaded tenant left bytes behind for is logged\n" + text);
        assertEquals(3, count(text, "its codes are those that tenant-1 had: 3 to 42"), text);
    }

    private static int count(String text, String part) {
        return (int)
                Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }
}
