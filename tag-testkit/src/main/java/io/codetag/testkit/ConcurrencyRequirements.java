package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codetag.spi.PageTagStore;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a store has to keep while several threads use it. Part of {@link PageTagStoreContract}.
 *
 * @since 0.1
 */
public abstract class ConcurrencyRequirements extends StoreFixture {
    private static final int THREADS = 4;
    private static final int ROUNDS = 40;
    private static final int MOST_TRIES = 1_000_000;

    ConcurrencyRequirements() {}

    @Test
    @DisplayName("of threads that take a page's code by getAndSet(0), exactly one gets it")
    final void oneWinnerTakesACode() {
        final int pages = 256;
        final PageTagStore store = open(PAGES);
        for (int round = 0; round < ROUNDS; round++) {
            final int[] codes =
                    new Random(round).ints(pages, 1, store.maxCode()).toArray();
            for (int i = 0; i < pages; i++) {
                store.set(i, codes[i]);
            }
            final AtomicIntegerArray winners = new AtomicIntegerArray(pages);
            Race.run(THREADS, thread -> {
                for (int i = 0; i < pages; i++) {
                    final int pfn = (thread & 1) == 0 ? i : pages - 1 - i;
                    final int taken = store.getAndSet(pfn, 0);
                    if (taken != 0) {
                        assertEquals(codes[pfn], taken, "page " + pfn);
                        winners.incrementAndGet(pfn);
                    }
                }
            });
            for (int pfn = 0; pfn < pages; pfn++) {
                assertEquals(1, winners.get(pfn), "winners of page " + pfn + " in round " + round);
                assertEquals(0, store.get(pfn), "page " + pfn);
            }
        }
    }

    @Test
    @DisplayName("a code put in by getAndSet comes out once: by another getAndSet, or at the end")
    final void nothingIsLostOrDoubled() {
        final int steps = 20_000;
        final PageTagStore store = open(PAGES);
        final int[] codes = palette(store);
        final AtomicLong balance = new AtomicLong();
        Race.run(THREADS, thread -> {
            final Random random = new Random(thread);
            long own = 0;
            for (int i = 0; i < steps; i++) {
                final int code = codes[random.nextInt(codes.length)];
                own += code - (long) store.getAndSet(random.nextInt(3), code);
            }
            balance.addAndGet(own);
        });
        assertEquals((long) store.get(0) + store.get(1) + store.get(2), balance.get(), "sum of what is left");
    }

    @Test
    @DisplayName("every successful compareAndSet of several threads counts once")
    final void compareAndSetsCountOnce() {
        final int steps = 5_000;
        final PageTagStore store = open(PAGES);
        final int[] codes = palette(store);
        Race.run(THREADS, thread -> {
            int done = 0;
            for (int tries = 0; done < steps; tries++) {
                assertTrue(tries < MOST_TRIES, "compareAndSet succeeded " + done + " times of " + tries);
                final int current = indexOf(codes, store.get(7));
                done += store.compareAndSet(7, codes[current], codes[(current + 1) % codes.length]) ? 1 : 0;
            }
        });
        assertEquals(codes[THREADS * steps % codes.length], store.get(7));
    }

    @Test
    @DisplayName("a compareAndSet never fails because a neighbouring page changes")
    final void neighboursMakeNoCompareAndSetFail() {
        final int steps = 20_000;
        final PageTagStore store = open(PAGES);
        final int[] codes = palette(store);
        Race.run(THREADS, thread -> {
            for (int i = 0; i < steps; i++) {
                final int from = codes[i % codes.length];
                final int to = codes[(i + 1) % codes.length];
                assertTrue(store.compareAndSet(thread, from, to), "page " + thread + " from " + from + " to " + to);
            }
        });
    }

    @Test
    @DisplayName("a page's code survives concurrent writers of the pages beside it")
    final void pagesSurviveTheirNeighbours() {
        final PageTagStore store = open(PAGES);
        final int pages = 64;
        Race.run(THREADS, thread -> {
            final Random random = new Random(thread);
            final int[] own = new int[pages];
            for (int i = 0; i < 40_000; i++) {
                final int slot = random.nextInt(pages);
                final long pfn = 8_192 - THREADS * pages / 2 + (long) slot * THREADS + thread;
                final int code = anyCode(store, random);
                if (random.nextBoolean()) {
                    assertEquals(own[slot], store.getAndSet(pfn, code), "page " + pfn);
                } else {
                    assertEquals(own[slot], store.get(pfn), "page " + pfn);
                    store.set(pfn, code);
                }
                own[slot] = code;
            }
        });
    }

    @Test
    @DisplayName("threads that touch the same untouched pages first lose no code and take memory once")
    final void firstTouchIsSafe() {
        final long last = PAGES - 1;
        for (int round = 0; round < ROUNDS; round++) {
            final PageTagStore store = open(PAGES);
            Race.run(THREADS, thread -> {
                store.set(thread, 1 + thread % 3);
                store.set(last - thread, Math.min(store.maxCode(), 70_000 + thread));
            });
            for (int thread = 0; thread < THREADS; thread++) {
                assertEquals(1 + thread % 3, store.get(thread));
                assertEquals(Math.min(store.maxCode(), 70_000 + thread), store.get(last - thread));
            }
            final PageTagStore alone = open(PAGES);
            for (int thread = 0; thread < THREADS; thread++) {
                alone.set(thread, 1 + thread % 3);
                alone.set(last - thread, Math.min(store.maxCode(), 70_000 + thread));
            }
            assertEquals(alone.bytesOccupied(), store.bytesOccupied(), "bytes");
        }
    }

    @Test
    @DisplayName("a scan beside writers is ascending, sees no page twice and misses no page that is quiet")
    final void scanBesideWriters() {
        final PageTagStore store = open(PAGES);
        final int quiet = 3;
        for (long pfn = 0; pfn < PAGES; pfn += quiet) {
            store.set(pfn, 3);
        }
        final AtomicInteger scanning = new AtomicInteger(1);
        final Race.Body writer = thread -> {
            final Random random = new Random(7);
            while (scanning.get() != 0) {
                final long pfn = random.nextInt((int) PAGES);
                if (pfn % quiet != 0) {
                    store.set(pfn, random.nextBoolean() ? 0 : anyCode(store, random));
                }
            }
        };
        final Race.Body scanner = thread -> {
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    assertQuietPagesSeen(store, quiet);
                }
            } finally {
                scanning.set(0);
            }
        };
        Race.run(List.of(writer, scanner));
    }

    @Test
    @DisplayName("pages keep their codes while the store grows beside writers")
    final void growsBesideWriters() {
        final PageTagStore store = open(PAGES / 4);
        final Race.Body writer = thread -> {
            for (int i = 0; i < 10_000; i++) {
                final long pfn = i % (PAGES / 4);
                final int code = 1 + i % 3;
                store.set(pfn, code);
                assertEquals(code, store.get(pfn), "page " + pfn);
            }
        };
        final Race.Body grower = thread -> {
            for (long pages = PAGES / 4; pages <= PAGES; pages += 100) {
                store.grow(pages);
                store.set(pages - 1, 3);
            }
        };
        Race.run(List.of(writer, grower));
        assertEquals(3, store.get(PAGES - 1));
    }

    @Test
    @DisplayName("bits beside a code survive writers of codes, and codes survive the owners of those bits")
    final void neighbourBitsSurvive() {
        final PageTagStore store = open(PAGES);
        final NeighbourBits bits = neighbours(store);
        assumeTrue(bits != null, "no bits share memory with the codes of this backend");
        if (bits != null) {
            raceWithNeighbourBits(store, bits);
        }
    }

    private static void raceWithNeighbourBits(PageTagStore store, NeighbourBits bits) {
        final int pages = 4;
        final long before = bits.get(0);
        bits.flip(0, -1);
        final long mask = before ^ bits.get(0);
        bits.flip(0, -1);
        Race.run(THREADS, thread -> {
            final Random random = new Random(thread);
            final long own = mask & (0x1111_1111_1111_1111L << thread);
            final long[] expected = new long[pages];
            int code = 0;
            for (int i = 0; i < 40_000; i++) {
                final int pfn = i % pages;
                assertEquals(expected[pfn], bits.get(pfn) & own, "bits of page " + pfn);
                final long flipped = random.nextLong() & own;
                bits.flip(pfn, flipped);
                expected[pfn] ^= flipped;
                final int next = anyCode(store, random);
                assertEquals(code, store.getAndSet(thread, next), "code of page " + thread);
                code = next;
            }
        });
    }

    private static void assertQuietPagesSeen(PageTagStore store, int quiet) {
        final long[] state = {-1, 0};
        store.scan(0, PAGES, (pfn, code) -> {
            assertTrue(pfn > state[0], () -> "page " + pfn + " after page " + state[0]);
            assertTrue(code != 0, () -> "page " + pfn + " has no code");
            state[0] = pfn;
            state[1] += pfn % quiet == 0 ? 1 : 0;
            return pfn + 1;
        });
        assertEquals((PAGES + quiet - 1) / quiet, state[1], "quiet pages seen");
    }

    private static int indexOf(int[] codes, int code) {
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == code) {
                return i;
            }
        }
        throw new AssertionError("code " + code + " was never written");
    }
}
