package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTagger;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An id never returns")
class IdRaceTest {
    private static final int ORDER = 9;
    private static final int ROUNDS = 25;

    /** The handle of the tag that is about to be recorded; whoever takes it is the last to hold it. */
    private static AllocTag last;

    private static void recordLast(PageTagger tagger, long pfn) {
        final AllocTag tag = last;
        last = null;
        tagger.add(pfn, 0, tag);
    }

    @Test
    @DisplayName("while its tag is being recorded, though nobody else holds the handle")
    void whileRecording() {
        final AtomicBoolean armed = new AtomicBoolean();
        final AtomicBoolean recycled = new AtomicBoolean();
        try (Profiler profiler = Profiler.builder().build()) {
            HookedStores.next(new StoreHook(() -> {
                for (int i = 0; armed.get() && i < 40 && !recycled.get(); i++) {
                    System.gc();
                    profiler.housekeep();
                    recycled.set(profiler.registry().record(3) == null);
                }
            }));
            final PageTagger tagger = profiler.attach(
                    Pools.plain("pool", 64).storage(HookedStores.NAME).build());
            loadOne(profiler);
            final AllocTag other = profiler.space().untagged().resolve();
            warmUp(tagger, other);
            armed.set(true);
            recordLast(tagger, 0);
            armed.set(false);
            assertFalse(recycled.get());
            assertEquals(new AllocCounts(Pools.PAGE, 1), profiler.counts(3));
        }
    }

    private static void loadOne(Profiler profiler) {
        last = profiler.load("plugin", IdReuseTest.places(1)).tags().get(0);
        assertEquals(3, last.code());
    }

    /** Has the JIT compile it, since compiled code keeps no argument that it needs no more. */
    private static void warmUp(PageTagger tagger, AllocTag other) {
        final AllocTag handle = last;
        for (int i = 0; i < 50_000; i++) {
            last = other;
            recordLast(tagger, 1);
            tagger.sub(1, 0);
        }
        last = handle;
    }

    @Test
    @DisplayName("while something is live, whatever splits, trims, moves and frees are under way in other threads")
    void whileLive() throws InterruptedException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        try (Profiler profiler = Profiler.builder().stripes(2).build()) {
            final PageTagger flags =
                    profiler.attach(Pools.flags("flags", 1 << 12, 20).build());
            final PageTagger ext = profiler.attach(Pools.plain("ext", 1 << 12).build());
            for (int round = 0; round < ROUNDS; round++) {
                final PageTagger tagger = round % 2 == 0 ? flags : ext;
                final int code = allocateAndDrop(profiler, tagger);
                final AtomicInteger left = new AtomicInteger(2);
                final Random random = new Random(seed + round);
                final int[] pages = random.ints(2).toArray();
                Crowd.run(List.of(
                        number -> breakUp(tagger, 0, new Random(pages[0]), left),
                        number -> breakUp(tagger, 1 << 11, new Random(pages[1]), left),
                        number -> {
                            while (left.get() > 0) {
                                profiler.housekeep();
                                final boolean returned = profiler.registry().record(code) == null;
                                assertTrue(!returned || left.get() <= 0, "seed " + seed + "L: returned while live");
                            }
                        }));
                PluginJar.collectUntil(() -> {
                    profiler.housekeep();
                    return profiler.registry().record(code) == null;
                });
                assertNull(profiler.registry().record(code));
            }
            assertEquals(AllocCounts.ZERO, profiler.totals().recorded());
            assertEquals(3, Declarations.one(profiler.space()).resolve().code());
        }
    }

    /** Allocates two blocks, and returns when the handle is gone. */
    private static int allocateAndDrop(Profiler profiler, PageTagger tagger) {
        final List<WeakReference<AllocTag>> handle = new ArrayList<>();
        final int code = allocate(profiler, tagger, handle);
        PluginJar.collectUntil(() -> handle.get(0).refersTo(null));
        return code;
    }

    private static int allocate(Profiler profiler, PageTagger tagger, List<WeakReference<AllocTag>> handle) {
        final AllocTag tag =
                profiler.load("plugin", IdReuseTest.places(1)).tags().get(0);
        handle.add(new WeakReference<>(tag));
        tagger.add(0, ORDER, tag);
        tagger.add(1 << 11, ORDER, tag);
        return tag.code();
    }

    /** Splits, trims, moves and frees a block until one page is left, tells that it is about to free that, and frees it. */
    private static void breakUp(PageTagger tagger, long base, Random random, AtomicInteger left) {
        final Deque<long[]> blocks = new ArrayDeque<>();
        blocks.add(new long[] {base, ORDER});
        while (!blocks.isEmpty()) {
            final long[] block = blocks.pollFirst();
            final int order = (int) block[1];
            final long spare = base + (1 << 10);
            if (random.nextInt(4) == 0) {
                tagger.swap(spare, block[0], order);
                tagger.swap(block[0], spare, order);
            }
            if (order > 0 && random.nextInt(8) == 0) {
                tagger.trim(block[0], order, order - 1);
                blocks.addFirst(new long[] {block[0], order - 1});
            } else if (order > 0) {
                final int newOrder = Math.max(0, order - 1 - random.nextInt(3));
                tagger.split(block[0], order, newOrder);
                for (long pfn = block[0]; pfn < block[0] + (1L << order); pfn += 1L << newOrder) {
                    blocks.addFirst(new long[] {pfn, newOrder});
                }
            } else {
                if (blocks.isEmpty()) {
                    left.decrementAndGet();
                }
                tagger.sub(block[0], 0);
            }
        }
    }
}
