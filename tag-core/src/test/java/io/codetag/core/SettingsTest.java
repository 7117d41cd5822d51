package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.OverflowPolicy;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Settings")
class SettingsTest {
    private static Settings read(Map<String, String> built, Map<String, String> properties, Map<String, String> env) {
        return Settings.read(built, properties::get, env::get);
    }

    @Test
    @DisplayName("have the documented defaults")
    void defaults() {
        final Settings settings = read(Map.of(), Map.of(), Map.of());
        assertEquals(Settings.Start.ON, settings.profiling());
        assertEquals("auto", settings.storage());
        assertNull(settings.overflow());
        assertEquals(4 * Runtime.getRuntime().availableProcessors(), settings.stripes());
        assertEquals(64, settings.maxBits());
        assertEquals(1000, settings.headroom());
        assertEquals(false, settings.debug());
    }

    @Test
    @DisplayName("are taken from the builder, then the property, then the environment")
    void order() {
        final Map<String, String> property = Map.of("codetag.pageflags.maxBits", "20");
        final Map<String, String> variable = Map.of("CODETAG_PAGEFLAGS_MAXBITS", "30");
        assertEquals(
                10, read(Map.of("pageflags.maxBits", "10"), property, variable).maxBits());
        assertEquals(20, read(Map.of(), property, variable).maxBits());
        assertEquals(30, read(Map.of(), Map.of(), variable).maxBits());
    }

    @ParameterizedTest(name = "codetag.{0}={1}")
    @CsvSource({
        "profiling, yes, '1, 0, never'",
        "profiling, '', '1, 0, never'",
        "profiling, '1,fast', '1, 0, never'",
        "profiling, nevermore, '1, 0, never'",
        "storage, Page Flags, 'auto, or the name of a backend'",
        "overflow, explode, 'switch, spill, disable'",
        "accounting, census2, 'counters, census'",
        "stripes, many, 'a whole number from 0 to 65536'",
        "stripes, -1, 'a whole number from 0 to 65536'",
        "pageflags.maxBits, 65, 'a whole number from 0 to 64'",
        "headroom, 1e3, 'a whole number from 0 to 1048576'",
        "debug, on, '1, true, 0, false'",
    })
    @DisplayName("that are wrong fail, naming the value and what is accepted")
    void wrong(String name, String value, String accepted) {
        final var failure = assertThrows(
                IllegalArgumentException.class, () -> read(Map.of(), Map.of("codetag." + name, value), Map.of()));
        assertTrue(failure.getMessage().contains("codetag." + name), failure.getMessage());
        assertTrue(failure.getMessage().contains("'" + value + "'"), failure.getMessage());
        assertTrue(failure.getMessage().contains(accepted), failure.getMessage());
    }

    @Test
    @DisplayName("'1,compressed' means storage pageflags, and contradicting it is an error")
    void compressed() {
        assertEquals(
                "pageflags",
                read(Map.of(), Map.of("codetag.profiling", "1,compressed"), Map.of())
                        .storage());
        final var failure = assertThrows(
                IllegalArgumentException.class,
                () -> read(Map.of("storage", "pageext"), Map.of("codetag.profiling", "0,compressed"), Map.of()));
        assertTrue(failure.getMessage().contains("pageext"), failure.getMessage());
    }

    @Test
    @DisplayName("read every overflow policy by its name")
    void policies() {
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            final String name = Settings.name(policy);
            assertEquals(
                    policy, read(Map.of("overflow", name), Map.of(), Map.of()).overflow());
        }
    }
}
