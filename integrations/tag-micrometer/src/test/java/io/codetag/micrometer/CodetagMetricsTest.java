package io.codetag.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The meters")
class CodetagMetricsTest {
    private static final String OTHER = "file=other function= line= module=";

    private final Owner owner = new Owner();

    private Hand hand(int top) {
        return new Hand(CodetagMetrics.builder().top(top), Source.of(owner.profiler, true));
    }

    private static String pool(String module, int line) {
        return "file=com/acme/Pool.java function=take line=" + line + " module=" + module;
    }

    @Test
    @DisplayName("show the largest tags, and all others as one series, so that sums are sums over all tags")
    void largestAndOther() {
        owner.owning("m", 1, 100);
        owner.owning("m", 2, 300);
        owner.owning("m", 3, 20).charge(5);
        owner.owning("m", 4, 200);
        try (Hand hand = hand(2)) {
            assertEquals(Map.of(pool("m", 2), 300d, pool("m", 4), 200d, OTHER, 125d), hand.read("codetag.live.bytes"));
            assertEquals(Map.of(pool("m", 2), 1d, pool("m", 4), 1d, OTHER, 3d), hand.read("codetag.live.calls"));
            assertEquals(625, hand.sum("codetag.charged.bytes"));
            assertEquals(5, hand.sum("codetag.charged.calls"));
            assertEquals(owner.profiler.snapshot().entries().size(), hand.sum("codetag.tags"));
        }
    }

    @Test
    @DisplayName("show only the sum over all tags if none may have a series")
    void noneAtAll() {
        owner.owning("m", 1, 100);
        owner.owning("m", 2, 300);
        try (Hand hand = hand(0)) {
            assertEquals(Map.of(OTHER, 400d), hand.read("codetag.live.bytes"));
        }
    }

    @Test
    @DisplayName("make one series of tags whose labels are equal")
    void duplicatePlaces() {
        owner.owning("m", 1, 100);
        owner.owning("m", 1, 50);
        owner.owning("n", 1, 7);
        try (Hand hand = hand(5)) {
            final Map<String, Double> series = hand.read("codetag.live.bytes");
            assertEquals(150d, series.get(pool("m", 1)));
            assertEquals(7d, series.get(pool("n", 1)));
            assertEquals(2d, hand.read("codetag.live.calls").get(pool("m", 1)));
        }
    }

    @Test
    @DisplayName("give a tag that grows its series with the next collection, and take away that of the one it replaces")
    void seriesComeAndGo() {
        owner.owning("m", 1, 100);
        final AllocTag grows = owner.owning("m", 2, 10);
        try (Hand hand = hand(1)) {
            assertEquals(Map.of(pool("m", 1), 100d, OTHER, 10d), hand.read("codetag.live.bytes"));
            grows.charge(500);
            hand.passTime();
            assertEquals(
                    Map.of(pool("m", 1), 100d, OTHER, 510d),
                    hand.read("codetag.live.bytes"),
                    "the collection that finds out does not change series half-way");
            assertEquals(Map.of(pool("m", 1), 1d, OTHER, 2d), hand.read("codetag.live.calls"));
            hand.passTime();
            assertEquals(Map.of(pool("m", 2), 510d, OTHER, 100d), hand.read("codetag.live.bytes"));
            assertEquals(Map.of(pool("m", 2), 2d, OTHER, 1d), hand.read("codetag.live.calls"));
        }
    }

    @Test
    @DisplayName("take away the series of a tag that is gone")
    void unloadedTag() {
        owner.owning("m", 1, 100);
        owner.tag("gone", 2);
        try (Hand hand = hand(50)) {
            assertTrue(hand.read("codetag.live.bytes").containsKey(pool("gone", 2)));
            owner.lastModule().unload();
            hand.passTime();
            hand.collect();
            hand.passTime();
            assertFalse(hand.read("codetag.live.bytes").containsKey(pool("gone", 2)));
            assertTrue(hand.read("codetag.live.bytes").containsKey(pool("m", 1)));
        }
    }

    @Test
    @DisplayName("show the memory of unloaded modules, and that of tags below zero as 0")
    void unloadedBytes() {
        owner.owning("m", 1, 100);
        owner.lastModule().unload();
        final AllocTag below = owner.owning("n", 2, 10);
        final int reference = below.charge(1);
        owner.profiler.discharge(reference, 500);
        try (Hand hand = hand(50)) {
            assertEquals(100, hand.sum("codetag.unloaded.bytes"));
            assertEquals(0d, hand.read("codetag.live.bytes").get(pool("n", 2)));
        }
    }

    @Test
    @DisplayName("show the state of profiling")
    void state() {
        owner.owning("m", 1, 100);
        try (Hand hand = hand(5)) {
            assertEquals(
                    Map.of("state=never", 0d, "state=cold", 0d, "state=on", 1d, "state=draining", 0d),
                    hand.read("codetag.state"));
            owner.profiler.record(false);
            hand.passTime();
            assertEquals(
                    Map.of("state=never", 0d, "state=cold", 0d, "state=on", 0d, "state=draining", 1d),
                    hand.read("codetag.state"));
        }
    }

    @Test
    @DisplayName("go away altogether when closed, from each registry, and cannot be bound after that")
    void closing() {
        final SimpleMeterRegistry second = new SimpleMeterRegistry();
        second.counter("somebody.elses");
        owner.owning("m", 1, 100);
        final Hand hand = hand(5);
        hand.metrics.bindTo(second);
        assertEquals(hand.registry.getMeters().size() + 1, second.getMeters().size());
        hand.close();
        hand.close();
        assertEquals(List.of(), hand.registry.getMeters());
        assertEquals(
                List.of("somebody.elses"),
                second.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .toList());
        hand.passTime();
        assertEquals(List.of(), hand.registry.getMeters());
        assertThrows(IllegalStateException.class, () -> hand.metrics.bindTo(second));
    }

    @Test
    @DisplayName("have a description each, a base unit except the state, and names that begin with codetag.")
    void described() {
        owner.owning("m", 1, 100);
        try (Hand hand = hand(5)) {
            for (Meter meter : hand.registry.getMeters()) {
                final Meter.Id id = meter.getId();
                assertTrue(id.getName().startsWith("codetag."), id::toString);
                assertFalse(id.getDescription().isBlank(), id::toString);
                final Set<String> units = Set.of("bytes", "calls", "tags", "allocators");
                assertTrue(id.getName().equals("codetag.state") || units.contains(id.getBaseUnit()), id::toString);
            }
        }
    }

    @Test
    @DisplayName("have the labels that were asked for, each of them")
    void commonLabels() {
        try (Hand hand = new Hand(
                CodetagMetrics.builder().tags(Tags.of("profiler", "second")), Source.of(owner.profiler, false))) {
            assertEquals(
                    Set.of("second"),
                    hand.registry.getMeters().stream()
                            .map(meter -> meter.getId().getTag("profiler"))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    @DisplayName("reach the registries of a composite, also one that is added later")
    void composite() {
        owner.owning("m", 1, 100);
        final CompositeMeterRegistry composite = new CompositeMeterRegistry();
        final SimpleMeterRegistry added = new SimpleMeterRegistry();
        try (CodetagMetrics metrics =
                CodetagMetrics.builder().profiler(owner.profiler).build()) {
            metrics.bindTo(composite);
            composite.add(added);
            assertEquals(100d, Hand.read(added, "codetag.live.bytes").get(pool("m", 1)));
        }
        assertEquals(List.of(), added.getMeters());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10_001})
    @DisplayName("refuse a number of series that is out of range, naming the range")
    void topOutOfRange(int top) {
        final Exception thrown = assertThrows(
                IllegalArgumentException.class, () -> CodetagMetrics.builder().top(top));
        assertEquals("top is " + top + "; accepted: 0 to 10000", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT1H0.001S"})
    @DisplayName("refuse an age that is out of range, naming the range")
    void ageOutOfRange(Duration age) {
        final Exception thrown = assertThrows(
                IllegalArgumentException.class, () -> CodetagMetrics.builder().maxAge(age));
        assertEquals("maxAge is " + age + "; accepted: 1 ms to 1 h", thrown.getMessage());
    }
}
