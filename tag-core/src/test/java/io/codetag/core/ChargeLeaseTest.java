package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.ChargeLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Leased counters for charges")
class ChargeLeaseTest {
    @Test
    @DisplayName("count what the tag itself counts, and credit each other's references")
    void asWithout() {
        try (Profiler profiler = Profiler.builder().build();
                ChargeLease lease = profiler.space().lease();
                ChargeLease other = profiler.space().lease()) {
            final AllocTag tag = Declarations.one(profiler.space());
            final int first = lease.charge(tag, 1_000);
            final int second = tag.charge(20);
            final int third = other.charge(tag, 0);
            assertEquals(tag.code(), first);
            assertEquals(new AllocCounts(1_020, 3), tag.counts());
            assertEquals(tag.counts(), profiler.totals().charged());
            profiler.discharge(first, 1_000);
            lease.discharge(second, 20);
            assertEquals(new AllocCounts(0, 1), tag.counts());
            lease.discharge(third, 0);
            assertEquals(AllocCounts.ZERO, tag.counts());
        }
    }

    @Test
    @DisplayName("ignore what is no size, no reference and no tag of theirs")
    void misuse() {
        try (Profiler profiler = Profiler.builder().build();
                Profiler foreign = Profiler.builder().build();
                ChargeLease lease = profiler.space().lease()) {
            final AllocTag tag = Declarations.one(profiler.space());
            final int reference = lease.charge(tag, 7);
            assertEquals(0, lease.charge(tag, -1));
            final AllocTag elsewhere = foreign.here();
            assertEquals(0, lease.charge(elsewhere, 8));
            assertEquals(AllocCounts.ZERO, elsewhere.counts());
            for (int none : new int[] {0, 1, 2, -7, tag.code() + 1, 200, 1 << 20, Integer.MIN_VALUE + tag.code()}) {
                lease.discharge(none, 7);
            }
            lease.discharge(reference, -7);
            assertEquals(new AllocCounts(7, 1), profiler.totals().charged());
            lease.discharge(reference, 7);
            assertEquals(AllocCounts.ZERO, profiler.totals().charged());
        }
    }

    @Test
    @DisplayName("count nothing while profiling is off, and credit then as well")
    void whileOff() {
        try (Profiler profiler = Profiler.builder().build();
                ChargeLease lease = profiler.space().lease()) {
            final AllocTag tag = Declarations.one(profiler.space());
            final int before = lease.charge(tag, 5);
            profiler.record(false);
            assertEquals(0, lease.charge(tag, 5));
            lease.discharge(before, 5);
            assertEquals(AllocCounts.ZERO, tag.counts());
            profiler.record(true);
            assertNotEquals(0, lease.charge(tag, 6));
            assertEquals(new AllocCounts(6, 1), tag.counts());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @DisplayName("count for more tags than are near, of their own and shared. Of their own are")
    void manyTags(int exclusive) {
        final int count = 3 * 256 + 5;
        try (Profiler profiler = Profiler.builder().stripes(exclusive).build();
                ChargeLease lease = profiler.space().lease()) {
            final List<AllocTag> tags =
                    profiler.load("many", IdReuseTest.places(count)).tags();
            for (int i = 0; i < count; i++) {
                assertEquals(tags.get(i).code(), lease.charge(tags.get(i), i));
            }
            for (int i = 0; i < count; i++) {
                assertEquals(new AllocCounts(i, 1), tags.get(i).counts());
                lease.discharge(tags.get(i).code(), i);
                assertEquals(AllocCounts.ZERO, tags.get(i).counts());
            }
        }
    }

    @Test
    @DisplayName("are given back when the lease is closed, which still counts, by those of the thread")
    void closed() {
        try (Profiler profiler = Profiler.builder().stripes(2).build()) {
            final AllocTag tag = Declarations.one(profiler.space());
            tag.charge(1);
            final ChargeLease first = profiler.space().lease();
            final int reference = first.charge(tag, 2);
            final long bytes = profiler.totals().ownBytes();
            first.close();
            first.close();
            for (int i = 0; i < 100; i++) {
                try (ChargeLease next = profiler.space().lease()) {
                    next.discharge(next.charge(tag, 3), 3);
                }
            }
            assertEquals(bytes, profiler.totals().ownBytes());
            assertEquals(new AllocCounts(3, 2), tag.counts());
            first.charge(tag, 4);
            first.discharge(reference, 2);
            assertEquals(new AllocCounts(5, 2), tag.counts());
        }
    }

    @Test
    @DisplayName("are exact when threads credit each other's memory, and never read less than nothing")
    void handedOver() throws InterruptedException {
        final int threads = 4;
        try (Profiler profiler = Profiler.builder().stripes(3).build()) {
            final List<AllocTag> tags =
                    profiler.load("some", IdReuseTest.places(5)).tags();
            final Queue<int[]> live = new ConcurrentLinkedQueue<>();
            final CountDownLatch writing = new CountDownLatch(threads);
            final List<Crowd.Body> bodies = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                bodies.add(thread -> {
                    try (ChargeLease lease = profiler.space().lease()) {
                        exchange(lease, tags, live, new SplittableRandom(thread));
                    } finally {
                        writing.countDown();
                    }
                });
            }
            bodies.add(thread -> {
                do {
                    for (AllocTag tag : tags) {
                        final AllocCounts counts = tag.counts();
                        assertTrue(counts.bytes() >= 0 && counts.calls() >= 0, counts::toString);
                    }
                } while (writing.getCount() > 0);
            });
            Crowd.run(bodies);
            long bytes = 0;
            for (int[] charge : live) {
                bytes += charge[1];
            }
            assertEquals(new AllocCounts(bytes, live.size()), profiler.totals().charged());
        }
    }

    @Test
    @DisplayName("are never two leases' at a time, also after one was closed twice")
    void closedTwice() throws InterruptedException {
        try (Profiler profiler = Profiler.builder().stripes(4).build()) {
            final AllocTag tag = Declarations.one(profiler.space());
            final ChargeLease closed = profiler.space().lease();
            closed.charge(tag, 0);
            closed.close();
            closed.close();
            Crowd.run(3, thread -> {
                try (ChargeLease lease = profiler.space().lease()) {
                    for (int i = 0; i < 100_000; i++) {
                        lease.charge(tag, 1);
                    }
                }
            });
            assertEquals(new AllocCounts(300_000, 300_001), tag.counts());
        }
    }

    @Test
    @DisplayName("may be handed from thread to thread")
    void leaseHandedOn() throws InterruptedException {
        try (Profiler profiler = Profiler.builder().build();
                ChargeLease lease = profiler.space().lease()) {
            final AllocTag tag = Declarations.one(profiler.space());
            for (int i = 0; i < 20; i++) {
                final Thread thread = new Thread(() -> {
                    for (int charge = 0; charge < 1_000; charge++) {
                        lease.charge(tag, 3);
                    }
                });
                thread.start();
                thread.join();
            }
            assertEquals(new AllocCounts(60_000, 20_000), tag.counts());
        }
    }

    @Test
    @DisplayName("are exact on virtual threads, whichever threads carry them")
    void virtualThreads() throws Exception {
        final int charges = 200;
        try (Profiler profiler = Profiler.builder().stripes(2).build()) {
            final AllocTag tag = Declarations.one(profiler.space());
            final List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 20; i++) { // more than there are counters with one writer
                threads.add(VirtualThreads.start(() -> {
                    try (ChargeLease lease = profiler.space().lease()) {
                        for (int charge = 1; charge <= charges; charge++) {
                            lease.charge(tag, 3);
                            LockSupport.parkNanos(1); // lets go of its carrier
                            lease.discharge(lease.charge(tag, charge), charge);
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(new AllocCounts(3L * 20 * charges, 20L * charges), tag.counts());
        }
    }

    private static void exchange(ChargeLease lease, List<AllocTag> tags, Queue<int[]> live, SplittableRandom random) {
        for (int i = 0; i < 50_000; i++) {
            final int[] charge = random.nextBoolean() ? live.poll() : null;
            if (charge != null) {
                lease.discharge(charge[0], charge[1]);
            } else {
                final int bytes = random.nextInt(1_000);
                live.add(new int[] {lease.charge(tags.get(random.nextInt(tags.size())), bytes), bytes});
            }
        }
    }
}
