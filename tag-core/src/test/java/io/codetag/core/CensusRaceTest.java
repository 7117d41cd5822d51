package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A census beside threads that allocate, free, split and move")
class CensusRaceTest {
    private static final int OWNERS = 2;
    private static final int SHARE = 64;
    private static final int PAGES = OWNERS * SHARE;
    private static final int MAX_ORDER = 4;
    private static final int STEPS = 40_000;

    @ParameterizedTest(name = "{0}, {1} bits, {2}")
    @CsvSource({
        "pageflags, 20, SWITCH",
        "pageflags, 2, SPILL",
        "pageflags, 3, SWITCH",
        "pageext, 0, SWITCH",
        "hooked, 0, SWITCH"
    })
    @DisplayName("never finds more than the pages that there are, and once they are quiet exactly what is live:")
    void bounded(String storage, int bits, OverflowPolicy policy) throws InterruptedException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        try (Profiler profiler = Profiler.builder()
                .storage(storage)
                .accounting("census")
                .overflow(policy)
                .headroom(0)
                .build()) {
            final AtomicIntegerArray orders = new AtomicIntegerArray(PAGES);
            for (int pfn = 0; pfn < PAGES; pfn++) {
                orders.set(pfn, -1);
            }
            final PageSpec.Builder spec =
                    bits == 0 ? Pools.plain("pool", PAGES) : Pools.flags("pool", new long[PAGES], bits);
            final PageTagger tagger = profiler.attach(spec.maxOrder(MAX_ORDER)
                    .orders(pfn -> orders.get((int) pfn))
                    .build());
            final List<AllocTag> tags =
                    profiler.load("tags", IdReuseTest.places(8)).tags();
            final AtomicInteger running = new AtomicInteger(OWNERS);
            final List<Owner> owners = new ArrayList<>();
            final List<Crowd.Body> bodies = new ArrayList<>();
            for (int i = 0; i < OWNERS; i++) {
                final Owner owner = new Owner(tagger, orders, tags, i * SHARE, new Random(seed + i));
                owners.add(owner);
                bodies.add(number -> {
                    try {
                        owner.run();
                    } finally {
                        running.decrementAndGet();
                    }
                });
            }
            bodies.add(number -> read(profiler, tagger, running));
            Crowd.run(bodies);
            for (AllocTag tag : tags) {
                assertEquals(
                        owners.stream().map(owner -> owner.live(tag)).reduce(AllocCounts.ZERO, AllocCounts::plus),
                        tag.counts(),
                        "seed " + seed + "L");
            }
            owners.forEach(Owner::freeAll);
            assertEquals(AllocCounts.ZERO, profiler.snapshot().total());
        }
    }

    private static void read(Profiler profiler, PageTagger tagger, AtomicInteger running) {
        while (running.get() > 0) {
            assertFits(profiler.snapshot().total());
            assertFits(new AllocCounts(tagger.totals().bytes(), tagger.totals().calls()));
        }
        assertNull(tagger.storage().disabledReason(), "these pages are still profiled");
    }

    private static void assertFits(AllocCounts counts) {
        assertTrue(counts.bytes() >= 0 && counts.bytes() <= (long) PAGES * Pools.PAGE, () -> "found " + counts);
        assertTrue(counts.calls() >= 0 && counts.calls() <= PAGES, () -> "found " + counts);
    }

    /** A thread's share of the pages, and a plain map of what it has live. */
    private static final class Owner {
        private final PageTagger tagger;
        private final AtomicIntegerArray orders;
        private final List<AllocTag> tags;
        private final int base;
        private final Random random;
        private final Map<Integer, AllocTag> blocks = new HashMap<>();

        Owner(PageTagger tagger, AtomicIntegerArray orders, List<AllocTag> tags, int base, Random random) {
            this.tagger = tagger;
            this.orders = orders;
            this.tags = tags;
            this.base = base;
            this.random = random;
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                final int pfn = base + random.nextInt(SHARE);
                if (!blocks.containsKey(pfn)) {
                    allocate(pfn, random.nextInt(MAX_ORDER + 1));
                } else if (random.nextInt(4) > 0) {
                    free(pfn);
                } else if (random.nextBoolean()) {
                    split(pfn, random.nextInt(orders.get(pfn) + 1));
                } else {
                    move(pfn, base + random.nextInt(SHARE));
                }
            }
        }

        AllocCounts live(AllocTag tag) {
            return blocks.entrySet().stream()
                    .filter(block -> block.getValue() == tag)
                    .map(block -> new AllocCounts((long) Pools.PAGE << orders.get(block.getKey()), 1))
                    .reduce(AllocCounts.ZERO, AllocCounts::plus);
        }

        void freeAll() {
            List.copyOf(blocks.keySet()).forEach(this::free);
        }

        /** Blocks need not begin at a multiple of their size. */
        private void allocate(int pfn, int order) {
            if (isFree(pfn, order)) {
                final AllocTag tag = tags.get(random.nextInt(tags.size()));
                blocks.put(pfn, tag);
                if (random.nextBoolean()) { // before or after: the allocator's own business
                    orders.set(pfn, order);
                    tagger.add(pfn, order, tag);
                } else {
                    tagger.add(pfn, order, tag);
                    orders.set(pfn, order);
                }
            }
        }

        private void free(int pfn) {
            blocks.remove(pfn);
            tagger.sub(pfn, orders.getAndSet(pfn, -1));
        }

        private void split(int pfn, int newOrder) {
            final int order = orders.get(pfn);
            tagger.split(pfn, order, newOrder);
            for (int piece = pfn + (1 << newOrder); piece < pfn + (1 << order); piece += 1 << newOrder) {
                blocks.put(piece, blocks.get(pfn));
                orders.set(piece, newOrder);
            }
            orders.set(pfn, newOrder);
        }

        private void move(int pfn, int target) {
            final int order = orders.get(pfn);
            if (isFree(target, order)) {
                tagger.swap(target, pfn, order);
                orders.set(pfn, -1);
                orders.set(target, order);
                blocks.put(target, blocks.remove(pfn));
            }
        }

        private boolean isFree(int pfn, int order) {
            if (pfn + (1 << order) > base + SHARE) {
                return false;
            }
            for (int other : blocks.keySet()) {
                if (other < pfn + (1 << order) && pfn < other + (1 << orders.get(other))) {
                    return false;
                }
            }
            return true;
        }
    }
}
