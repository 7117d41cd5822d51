package io.codetag.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.core.Profiler;
import io.codetag.spring.RunningApplication.Plain;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The meters in an application")
class MetersTest {
    private static final String EXPOSED = "--management.endpoints.web.exposure.include=metrics,prometheus";

    @Test
    @DisplayName("are scraped from the actuator, as many as set")
    void scraped() throws Exception {
        final CodeModule module = CodeModule.load(
                "meters",
                List.of(
                        CodeTag.of("com.acme.Big", "Big.java", 1, "take"),
                        CodeTag.of("com.acme.Small", "Small.java", 1, "take")));
        final AllocTag big = module.tags().get(0);
        final int first = big.charge(5_000_000);
        final int second = module.tags().get(1).charge(1000);
        try (RunningApplication application =
                RunningApplication.start(Plain.class, EXPOSED, "--codetag.metrics.top=1")) {
            final String text = application.get("prometheus").body();
            final List<String> series = text.lines()
                    .filter(line -> line.startsWith("codetag_live_bytes{"))
                    .toList();
            assertEquals(2, series.size(), text);
            assertTrue(
                    series.contains("codetag_live_bytes{file=\"com/acme/Big.java\",function=\"take\",line=\"1\","
                            + "module=\"meters\"} 5000000.0"),
                    series::toString);
            final String sum = application.get("metrics/codetag.live.bytes").body();
            final long total = Profiler.get().snapshot().total().bytes();
            assertTrue(sum.contains("\"baseUnit\":\"bytes\""), sum);
            assertTrue(sum.contains("\"value\":" + (double) total), sum);
        } finally {
            Profiler.get().discharge(first, 5_000_000);
            Profiler.get().discharge(second, 1000);
        }
    }

    @Test
    @DisplayName("are taken away when the application ends")
    void takenAway() {
        final MeterRegistry registry;
        try (RunningApplication application = RunningApplication.start(Plain.class)) {
            registry = application.context.getBean(MeterRegistry.class);
            assertTrue(codetagMeters(registry) > 10);
        }
        assertEquals(0, codetagMeters(registry));
    }

    @Test
    @DisplayName("can be left out")
    void leftOut() {
        try (RunningApplication application =
                RunningApplication.start(Plain.class, "--codetag.metrics.enabled=false")) {
            assertEquals(0, codetagMeters(application.context.getBean(MeterRegistry.class)));
        }
    }

    private static long codetagMeters(MeterRegistry registry) {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("codetag."))
                .count();
    }
}
