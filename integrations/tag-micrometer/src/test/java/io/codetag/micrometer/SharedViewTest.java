package io.codetag.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.core.AllocInfo;
import io.codetag.core.ProfilerTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("One snapshot")
class SharedViewTest {
    private final Owner owner = new Owner();
    private final AtomicInteger snapshots = new AtomicInteger();
    private final Source counting = new Counting(Source.of(owner.profiler, false), snapshots);

    @Test
    @DisplayName("serves all meters of a collection, and the next collection takes a new one")
    void onePerCollection() {
        for (int line = 1; line <= 100; line++) {
            owner.owning("m", line, line);
        }
        try (Hand hand = new Hand(CodetagMetrics.builder(), counting)) {
            final int bound = snapshots.get();
            assertEquals(hand.registry.getMeters().size(), hand.collect());
            assertEquals(bound + 1, snapshots.get());
            hand.collect();
            assertEquals(bound + 1, snapshots.get(), "the same collection still");
            hand.passTime();
            hand.collect();
            assertEquals(bound + 2, snapshots.get());
        }
    }

    @Test
    @DisplayName("is taken by nobody while nobody collects")
    void idle() {
        try (Hand hand = new Hand(CodetagMetrics.builder(), counting)) {
            final int bound = snapshots.get();
            owner.owning("m", 1, 5);
            hand.passTime();
            hand.passTime();
            assertEquals(bound, snapshots.get());
        }
    }

    @Test
    @DisplayName("serves all threads that collect at once")
    void concurrently() throws Exception {
        owner.owning("m", 1, 5);
        final int threads = 8;
        final ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Hand hand = new Hand(CodetagMetrics.builder(), counting)) {
            final int bound = snapshots.get();
            final CyclicBarrier start = new CyclicBarrier(threads);
            final Callable<Double> collector = () -> {
                start.await();
                return hand.sum("codetag.live.bytes");
            };
            final List<Callable<Double>> collectors = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                collectors.add(collector);
            }
            for (Future<Double> sum : pool.invokeAll(collectors)) {
                assertEquals(5d, sum.get());
            }
            assertEquals(bound + 1, snapshots.get());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Counts snapshots. */
    private record Counting(Source source, AtomicInteger snapshots) implements Source {
        @Override
        public AllocInfo snapshot() {
            snapshots.incrementAndGet();
            return source.snapshot();
        }

        @Override
        public ProfilerTotals totals() {
            return source.totals();
        }

        @Override
        public List<StorageFacts> storage() {
            return source.storage();
        }

        @Override
        public ProfilingState state() {
            return source.state();
        }
    }
}
