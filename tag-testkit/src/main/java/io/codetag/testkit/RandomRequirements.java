package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.spi.PageTagStore;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random use of a store, compared with a map. Part of {@link PageTagStoreContract}.
 *
 * @since 0.1
 */
public abstract class RandomRequirements extends ConcurrencyRequirements {
    private static final int STEPS = 20_000;
    private static final long[] SEEDS = {1, 2, 3, 20_260_101, -1};

    RandomRequirements() {}

    @Test
    @DisplayName("random use gives what a map gives, for seeds that are always the same")
    final void behavesLikeAMap() {
        for (long seed : SEEDS) {
            compareWithMap(seed);
        }
    }

    @Test
    @DisplayName("random use gives what a map gives, for a seed that is new in each run and printed")
    final void behavesLikeAMapForANewSeed() {
        final long seed = ThreadLocalRandom.current().nextLong();
        System.out.println(getClass().getSimpleName() + ": seed " + seed + "L");
        compareWithMap(seed);
    }

    /** Returns what a scan of a range sees. */
    static Map<Long, Integer> scanned(PageTagStore store, long fromPfn, long toPfn) {
        final TreeMap<Long, Integer> seen = new TreeMap<>();
        store.scan(fromPfn, toPfn, (pfn, code) -> {
            assertTrue(seen.isEmpty() || seen.lastKey() < pfn, () -> "page " + pfn + " after page " + seen.lastKey());
            assertNull(seen.put(pfn, code), () -> "page " + pfn + " was visited twice");
            return pfn + 1;
        });
        return seen;
    }

    private void compareWithMap(long seed) {
        final Random random = new Random(seed);
        final PageTagStore store = open(PAGES / 2);
        final int[] codes = palette(store);
        final TreeMap<Long, Integer> map = new TreeMap<>();
        long pages = PAGES / 2;
        for (int step = 0; step < STEPS; step++) {
            final long pfn = anyPage(random, pages);
            final int code = random.nextBoolean() ? anyCode(store, random) : codes[random.nextInt(codes.length)];
            final String where = "seed " + seed + "L, step " + step + ", page " + pfn + ", code " + code;
            switch (random.nextInt(200)) {
                case 0 -> {
                    final long end = Math.min(pages, pfn + random.nextInt(3_000));
                    store.clear(pfn, end);
                    map.subMap(pfn, end).clear();
                }
                case 1 -> {
                    final long end = Math.min(pages, pfn + random.nextInt(3_000));
                    assertEquals(map.subMap(pfn, end), scanned(store, pfn, end), where);
                }
                case 2 -> assertEquals(map, scanned(store, 0, pages), where);
                case 3 -> {
                    pages = Math.min(PAGES, pages + random.nextInt(1_000));
                    store.grow(pages);
                }
                default -> onePage(store, map, random.nextInt(4), pfn, code, where);
            }
        }
        assertEquals(map, scanned(store, 0, pages), "seed " + seed + "L, at the end");
    }

    private static void onePage(
            PageTagStore store, Map<Long, Integer> map, int operation, long pfn, int code, String where) {
        final int held = map.getOrDefault(pfn, 0);
        int now = code;
        switch (operation) {
            case 0 -> store.set(pfn, code);
            case 1 -> assertEquals(held, store.getAndSet(pfn, code), where);
            case 2 -> assertTrue(store.compareAndSet(pfn, held, code), where);
            default -> {
                assertEquals(held == code, store.compareAndSet(pfn, code, 3), where);
                now = held == code ? 3 : held;
            }
        }
        record(map, pfn, now);
        assertEquals(now, store.get(pfn), where);
    }

    private static void record(Map<Long, Integer> map, long pfn, int code) {
        if (code == 0) {
            map.remove(pfn);
        } else {
            map.put(pfn, code);
        }
    }

    /** Returns a page, often one of a few at edges, so that the same pages are met again. */
    private static long anyPage(Random random, long pages) {
        final long edge = new long[] {0, 8_192, 16_384, pages - 1}[random.nextInt(4)];
        return random.nextInt(10) == 0
                ? random.nextInt((int) pages)
                : Math.max(0, Math.min(pages - 1, edge + random.nextInt(64) - 32));
    }
}
