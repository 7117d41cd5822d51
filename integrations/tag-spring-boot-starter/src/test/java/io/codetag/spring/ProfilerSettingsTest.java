package io.codetag.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayName("The settings of an application")
class ProfilerSettingsTest {
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private boolean started;
    private @Nullable String wrong;

    private final ProfilerSettings settings = new ProfilerSettings(
            new SystemProperties() {
                @Override
                public @Nullable String get(String name) {
                    return properties.get(name);
                }

                @Override
                public void set(String name, String value) {
                    properties.put(name, value);
                }

                @Override
                public void clear(String name) {
                    properties.remove(name);
                }
            },
            environment::get,
            () -> started,
            () -> {
                if (wrong != null) {
                    throw new IllegalArgumentException(wrong);
                }
                started = true;
            });

    private void apply(String... namesAndValues) {
        final Map<String, String> configured = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            configured.put("codetag." + namesAndValues[i], namesAndValues[i + 1]);
        }
        settings.apply(new Binder(new MapConfigurationPropertySource(configured))
                .bindOrCreate("codetag", CodetagProperties.class));
    }

    @Test
    @DisplayName("reach the profiler under the names that it reads, before it starts")
    void handedOver() {
        apply(
                "profiling", "0,compressed",
                "storage", "pageflags",
                "overflow", "Spill",
                "accounting", "counters",
                "stripes", "3",
                "pageflags.max-bits", "9",
                "headroom", "7",
                "debug", "yes");
        assertEquals(
                Map.of(
                        "codetag.profiling", "0,compressed",
                        "codetag.storage", "pageflags",
                        "codetag.overflow", "spill",
                        "codetag.accounting", "counters",
                        "codetag.stripes", "3",
                        "codetag.pageflags.maxBits", "9",
                        "codetag.headroom", "7",
                        "codetag.debug", "true"),
                properties);
        assertTrue(started);
    }

    @Test
    @DisplayName("that are not set leave the profiler to its own")
    void notSet() {
        apply();
        assertEquals(Map.of(), properties);
        assertTrue(started);
    }

    @Test
    @DisplayName("may repeat what a system property or the environment says")
    void repeated() {
        properties.put("codetag.storage", " pageext ");
        environment.put("CODETAG_PAGEFLAGS_MAXBITS", "9");
        environment.put("CODETAG_DEBUG", "1");
        apply("storage", "pageext", "pageflags.max-bits", "9", "debug", "true");
        assertEquals(Map.of("codetag.storage", " pageext "), properties);
    }

    @Test
    @DisplayName("may not contradict a system property")
    void againstProperty() {
        properties.put("codetag.storage", "pageext");
        final SettingsException thrown =
                assertThrows(SettingsException.class, () -> apply("storage", "pageflags", "headroom", "7"));
        assertEquals(
                "codetag.storage is 'pageflags' in the application's configuration, but the system property"
                        + " codetag.storage is 'pageext'.",
                thrown.getMessage());
        assertEquals(Map.of("codetag.storage", "pageext"), properties, "nothing was changed");
    }

    @Test
    @DisplayName("may not contradict a variable of the environment")
    void againstEnvironment() {
        environment.put("CODETAG_HEADROOM", "8");
        final SettingsException thrown = assertThrows(SettingsException.class, () -> apply("headroom", "7"));
        assertTrue(
                thrown.getMessage().contains("the environment variable CODETAG_HEADROOM is '8'"), thrown::getMessage);
    }

    @Test
    @DisplayName("that come too late are refused, with what to do")
    void tooLate() {
        started = true;
        final SettingsException thrown = assertThrows(SettingsException.class, () -> apply("headroom", "7"));
        assertTrue(thrown.getMessage().contains("was started before"), thrown::getMessage);
        assertTrue(thrown.remedy().contains("-Dcodetag.headroom=7"), thrown::remedy);
        assertEquals(Map.of(), properties);
    }

    @Test
    @DisplayName("may be applied again, by a second context of the same application")
    void again() {
        apply("headroom", "7");
        apply("headroom", "7");
        assertThrows(SettingsException.class, () -> apply("headroom", "8"));
    }

    @Test
    @DisplayName("that the profiler refuses are taken back, so that corrected ones are not in contradiction")
    void refused() {
        wrong = "system property codetag.stripes is '-3'; accepted: a whole number from 0 to 65536";
        final SettingsException thrown = assertThrows(SettingsException.class, () -> apply("stripes", "-3"));
        assertEquals(
                "The profiler cannot start: codetag.stripes is '-3' in the application's configuration; accepted: a whole"
                        + " number from 0 to 65536.",
                thrown.getMessage());
        assertEquals(Map.of(), properties);
        wrong = null;
        apply("stripes", "3");
        assertTrue(started);
    }

    @Test
    @DisplayName("that stand elsewhere too are said to be from there when the profiler refuses them")
    void refusedFromElsewhere() {
        properties.put("codetag.stripes", "-3");
        wrong = "system property codetag.stripes is '-3'; accepted: a whole number from 0 to 65536";
        final SettingsException thrown =
                assertThrows(SettingsException.class, () -> apply("stripes", "-3", "headroom", "7"));
        assertEquals("The profiler cannot start: " + wrong + ".", thrown.getMessage());
        assertEquals(Map.of("codetag.stripes", "-3"), properties);
    }
}
