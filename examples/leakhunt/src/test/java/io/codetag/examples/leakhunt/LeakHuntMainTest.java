package io.codetag.examples.leakhunt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The server with a leak")
class LeakHuntMainTest {
    private static final long PATIENCE_SECONDS = 240;
    private static final Pattern SUBSCRIPTIONS = Pattern.compile("(\\d+) subscriptions open, (\\d+) expired");

    /** How a run ended. */
    private record Outcome(int status, String text) {
        /** Returns the live calls of a function's tag. */
        long calls(String function) {
            final Matcher line = Pattern.compile("\\S+ +(\\d+)  \\S+ func:" + function + "\\n")
                    .matcher(text);
            assertTrue(line.find(), text);
            return Long.parseLong(line.group(1));
        }

        long open() {
            return subscriptions(1);
        }

        long expired() {
            return subscriptions(2);
        }

        private long subscriptions(int group) {
            final Matcher subscriptions = SUBSCRIPTIONS.matcher(text);
            assertTrue(subscriptions.find(), text);
            return Long.parseLong(subscriptions.group(group));
        }
    }

    private static Outcome run(String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LeakHuntMain.class.getName()));
        command.addAll(List.of(arguments));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), text);
        return new Outcome(process.exitValue(), text);
    }

    @Test
    @DisplayName("loses a mailbox with each subscription that expires, and nothing else")
    void leaks() throws Exception {
        final Outcome outcome = run("--requests", "4000", "--rate", "0", "--exit");
        assertEquals(0, outcome.status(), outcome.text());
        assertTrue(outcome.expired() > 50, outcome.text());
        assertEquals(outcome.open() + outcome.expired(), outcome.calls("subscribe"), outcome.text());
        assertEquals(TileCache.CAPACITY, outcome.calls("render"), outcome.text());
        assertEquals(Journal.CAPACITY, outcome.calls("turnPage"), outcome.text());
        assertEquals(0, outcome.calls("receive"), outcome.text());
    }

    @Test
    @DisplayName("loses nothing once it is repaired")
    void repaired() throws Exception {
        final Outcome outcome = run("--requests", "3000", "--rate", "0", "--exit", "--repaired");
        assertEquals(0, outcome.status(), outcome.text());
        assertTrue(outcome.expired() > 0, outcome.text());
        assertEquals(outcome.open(), outcome.calls("subscribe"), outcome.text());
    }

    @ParameterizedTest
    @CsvSource({
        "--port, --port wants a number from 0 to 65535",
        "--port 65536, '--port wants a number from 0 to 65535, not ''65536'''",
        "--requests many, '--requests wants a number from 1 to 1000000000, not ''many'''",
        "--top -1, '--top wants a number from 0 to 10000, not ''-1'''",
        "--exit, '--exit needs --requests, or the load never stops'",
        "--leak, '''--leak'' is no argument; accepted: --port N, --requests N, --rate N, --top N, --exit, --repaired'"
    })
    @DisplayName("says what is accepted when an argument is wrong, with exit status 2")
    void wrongArguments(String arguments, String message) throws Exception {
        assertEquals(new Outcome(2, "leakhunt: " + message + System.lineSeparator()), run(arguments.split(" ")));
    }
}
