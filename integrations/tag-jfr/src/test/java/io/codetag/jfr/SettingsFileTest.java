package io.codetag.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Period;
import jdk.jfr.SettingDescriptor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings file codetag.jfc")
class SettingsFileTest {
    @Test
    @DisplayName("is one that Flight Recorder takes, and sets what holds without it, for every event and nothing else")
    void defaults() throws Exception {
        final Configuration configuration;
        try (InputStream in = JfrExport.class.getResourceAsStream("codetag.jfc")) {
            assertNotNull(in);
            configuration = Configuration.create(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        assertEquals("codetag", configuration.getLabel());
        final List<Class<? extends Event>> events =
                List.of(AllocTagEvent.class, AllocSampleEvent.class, StorageChangeEvent.class, ModuleUnloadEvent.class);
        final Map<String, String> expected = new TreeMap<>();
        for (Class<? extends Event> event : events) {
            final EventType type = EventType.getEventType(event);
            final Period period = event.getAnnotation(Period.class);
            if (period != null) {
                expected.put(type.getName() + "#period", period.value());
            }
            for (SettingDescriptor setting : type.getSettingDescriptors()) {
                // A periodic event has no duration; whether it counts as one depends on what ran before.
                if (!setting.getName().equals("stackTrace") && (period == null || !isOfTime(setting))) {
                    expected.put(type.getName() + '#' + setting.getName(), setting.getDefaultValue());
                }
            }
        }
        assertEquals(expected, new TreeMap<>(configuration.getSettings()));
    }

    private static boolean isOfTime(SettingDescriptor setting) {
        return setting.getName().equals("threshold") || setting.getName().equals("period");
    }
}
