package io.codetag.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

class TagStripeTest {
    @ParameterizedTest(name = "shared: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("counts what is taken and what is given apart, for each row and each code")
    void countsApart(boolean shared) {
        final TagStripe stripe = new TagStripe(3, shared);
        assertEquals(shared, stripe.isShared());
        assertEquals(3, stripe.rows());
        for (int code : new int[] {0, 3, 63, 64, 65, 1_000, TagStripe.MAX_CODE}) {
            for (int row = 0; row < 3; row++) {
                assertTrue(stripe.prepare(row, code));
                assertTrue(stripe.take(row, code, code + 10L * row));
                assertTrue(stripe.take(row, code, 1));
                assertTrue(stripe.give(row, code, row));
            }
        }
        for (int code : new int[] {0, 3, 63, 64, 65, 1_000, TagStripe.MAX_CODE}) {
            for (int row = 0; row < 3; row++) {
                assertEquals(code + 10L * row + 1, stripe.taken(row, code), "taken of code " + code);
                assertEquals(row, stripe.given(row, code), "given of code " + code);
            }
        }
        assertEquals(0, stripe.taken(1, 4), "a code of an existing chunk");
        assertEquals(0, stripe.taken(1, 500_000), "a code of a chunk that is not there");
        assertEquals(0, stripe.given(1, 500_000), "a code of a chunk that is not there");
    }

    @ParameterizedTest(name = "shared: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("what was counted stays when room is made far beyond it, and nothing is counted without room")
    void countsStay(boolean shared) {
        final TagStripe stripe = new TagStripe(2, shared);
        assertFalse(stripe.isPrepared(1, 5));
        assertFalse(stripe.take(1, 5, 7));
        assertFalse(stripe.give(1, 5, 7));
        assertTrue(stripe.prepare(1, 5));
        assertTrue(stripe.isPrepared(1, 255), "256 codes share a chunk");
        assertFalse(stripe.isPrepared(1, 256));
        assertTrue(stripe.take(1, 5, 7));
        for (int code = 0; code < 100_000; code += 777) {
            assertTrue(stripe.prepare(1, code));
            assertEquals(7, stripe.taken(1, 5), "after room for code " + code);
        }
        assertEquals(0, stripe.given(1, 5));
        assertEquals(0, stripe.taken(0, 5), "another row");
    }

    @Test
    @DisplayName("codes out of range have no room")
    void codesOutOfRange() {
        final TagStripe stripe = new TagStripe(1, false);
        assertTrue(stripe.prepare(0, TagStripe.MAX_CODE));
        for (int code : new int[] {TagStripe.MAX_CODE + 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertFalse(stripe.prepare(0, code));
            assertFalse(stripe.isPrepared(0, code));
            assertFalse(stripe.take(0, code, 1));
            assertFalse(stripe.give(0, code, 1));
        }
        assertTrue(stripe.isPrepared(0, TagStripe.MAX_CODE));
    }

    @Test
    @DisplayName("of codes that are used one after the other all are near, and each keeps its own counts")
    void neighboursAreNear() {
        final int codes = 5_000;
        final TagStripe stripe = new TagStripe(1, false);
        for (int code = 0; code < codes; code++) {
            stripe.prepare(0, code);
            assertTrue(stripe.takeNear(0, code), "code " + code);
            stripe.take(0, code, code);
            assertTrue(stripe.giveNear(0, code), "code " + code);
        }
        final long[] taken = new long[codes];
        final long[] given = new long[codes];
        stripe.addTo(0, true, 1, 0, taken, new long[codes]);
        stripe.addTo(0, false, 1, 0, given, new long[codes]);
        for (int code = 0; code < codes; code++) {
            assertEquals(code + 1, taken[code]);
            assertEquals(code + 1, stripe.taken(0, code));
            assertEquals(1, given[code]);
            assertEquals(1, stripe.given(0, code));
        }
    }

    @Test
    @DisplayName("of 1 024 codes each is near, whichever is used; beyond them those that would cost little memory")
    void codesFarApart() {
        for (int code : new int[] {0, 255, 256, 600, 1_023}) {
            final TagStripe stripe = new TagStripe(1, false);
            stripe.prepare(0, code);
            assertTrue(stripe.takeNear(0, code), "code " + code);
        }
        final TagStripe stripe = new TagStripe(1, false);
        for (int code = 0; code < 1 << 20; code += 1 << 14) {
            stripe.prepare(0, code);
            stripe.take(0, code, 1);
        }
        assertTrue(stripe.giveNear(0, 0));
        assertFalse(stripe.giveNear(0, 1 << 14));
        assertTrue(stripe.bytesOccupied() < 400_000, () -> stripe.bytesOccupied() + " bytes for 64 tags");
        final TagStripe inShared = new TagStripe(1, true);
        inShared.prepare(0, 0);
        assertFalse(inShared.takeNear(0, 0), "nobody is alone there");
    }

    @Test
    @DisplayName("so they are where blocks are only given back, as by a thread that frees what others allocate")
    void neighboursGivenBackAreNear() {
        final TagStripe stripe = new TagStripe(1, false);
        for (int code = 0; code < 5_000; code++) {
            stripe.prepare(0, code);
            assertTrue(stripe.giveNear(0, code), "code " + code);
        }
    }

    @Test
    @DisplayName("near counters of a row take no more than 2 MiB")
    void nearCountersEnd() {
        final TagStripe stripe = new TagStripe(1, false);
        for (int code = 0; code < 1 << 18; code += 256) {
            assertTrue(stripe.prepare(0, code));
            assertTrue(stripe.take(0, code, 1));
        }
        assertTrue(stripe.takeNear(0, (1 << 17) - 1));
        assertFalse(stripe.takeNear(0, 1 << 17));
        assertExact(stripe, true);
    }

    @Test
    @DisplayName("random codes are counted as a map counts them, while chunks are joined")
    void countsLikeMap() {
        final long seed = 20_261_124;
        final Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            final TagStripe stripe = new TagStripe(2, false);
            final Map<Integer, long[]> model = new HashMap<>();
            stripe.prepare(0, 0);
            stripe.prepare(1, 0);
            final int bound = 1 << (8 + random.nextInt(10));
            for (int step = 0; step < 400; step++) {
                final int code = random.nextInt(1 + random.nextInt(bound));
                final int row = random.nextInt(2);
                final boolean taken = random.nextBoolean();
                stripe.prepare(row, code);
                if (!(taken ? stripe.takeNear(row, code) : stripe.giveNear(row, code))) {
                    assertTrue(taken ? stripe.take(row, code, 1) : stripe.give(row, code, 1));
                }
                model.computeIfAbsent(2 * code + row, key -> new long[2])[taken ? 0 : 1]++;
            }
            for (Map.Entry<Integer, long[]> entry : model.entrySet()) {
                final int code = entry.getKey() / 2;
                final int row = entry.getKey() % 2;
                assertEquals(entry.getValue()[0], stripe.taken(row, code), "seed " + seed + ", taken of " + code);
                assertEquals(entry.getValue()[1], stripe.given(row, code), "seed " + seed + ", given of " + code);
            }
            assertExact(stripe, true);
        }
    }

    @Test
    @DisplayName("addTo adds one side of a row, weighted, and leaves out codes beyond the sums")
    void addsToSums() {
        final TagStripe stripe = new TagStripe(2, false);
        for (int code : new int[] {0, 1, 63, 64, 70, 200}) {
            stripe.prepare(1, code);
            stripe.take(1, code, code + 1L);
            stripe.prepare(1, code);
            stripe.give(1, code, 1);
        }
        final long[] taken = new long[71];
        final long[] calls = new long[71];
        stripe.addTo(1, true, 100, 1, taken, calls);
        final long[] expected = new long[71];
        for (int code : new int[] {0, 1, 63, 64, 70}) {
            expected[code] = 100 * (code + 1L);
        }
        assertArrayEquals(expected, taken);
        stripe.addTo(1, false, -100, -1, taken, calls);
        for (int code : new int[] {0, 1, 63, 64, 70}) {
            expected[code] -= 100;
        }
        assertArrayEquals(expected, taken);
        assertArrayEquals(LongStream.of(expected).map(bytes -> bytes / 100).toArray(), calls);
        stripe.addTo(0, true, 1, 1, taken, calls);
        assertArrayEquals(expected, taken, "an unused row adds nothing");
        stripe.addTo(1, true, 1, 1, new long[0], new long[0]);
        final long[] one = new long[1];
        stripe.addTo(1, true, 1, 0, one, new long[1]);
        assertEquals(1, one[0]);
    }

    @ParameterizedTest(name = "shared: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("the bytes that a stripe says it occupies are those that it has on the heap")
    void bytesAreExact(boolean shared) {
        final TagStripe stripe = new TagStripe(11, shared);
        assertExact(stripe, false);
        for (int code : new int[] {3, 4, 64, 255, 256, 5_000, 100_000}) {
            for (int row = 0; row < 11; row += 5) {
                stripe.prepare(row, code);
                assertExact(stripe, false);
            }
        }
        assertExact(new TagStripe(0, false), true);
    }

    @Test
    @DisplayName("several threads count in a shared stripe, also while its chunks are created, and nothing is lost")
    void sharedStripeCountsEverything() throws Exception {
        final int threads = 4;
        final int steps = 50_000;
        final int codes = 2_000;
        final TagStripe stripe = new TagStripe(1, true);
        race(threads, () -> {
            for (int i = 0; i < steps; i++) {
                final int code = i * 31 % codes;
                stripe.prepare(0, code);
                stripe.take(0, code, 2);
                stripe.give(0, code, 1);
            }
        });
        final long[] sums = new long[codes];
        final long[] calls = new long[codes];
        stripe.addTo(0, true, 1, 0, sums, calls);
        stripe.addTo(0, false, -1, 0, sums, calls);
        long live = 0;
        for (long sum : sums) {
            live += sum;
        }
        assertEquals((long) threads * steps, live);
    }

    @Test
    @DisplayName("who reads what was given before what was taken never sees less than is live")
    void readersNeverSeeLess() throws Exception {
        final TagStripe stripe = new TagStripe(1, false);
        stripe.prepare(0, 9);
        stripe.take(0, 9, 1);
        final CyclicBarrier start = new CyclicBarrier(2);
        final ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            final Future<?> writing = writer.submit(() -> {
                start.await(1, TimeUnit.MINUTES);
                for (int i = 0; i < 1_000_000; i++) {
                    stripe.take(0, 9, 1);
                    stripe.give(0, 9, 1);
                }
                return null;
            });
            start.await(1, TimeUnit.MINUTES);
            while (!writing.isDone()) {
                final long given = stripe.given(0, 9);
                final long taken = stripe.taken(0, 9);
                assertTrue(taken - given >= 1, () -> taken + " taken, " + given + " given");
            }
            writing.get(1, TimeUnit.MINUTES);
        } finally {
            writer.shutdownNow();
        }
        assertEquals(1, stripe.taken(0, 9) - stripe.given(0, 9));
        assertFalse(stripe.isShared());
    }

    @Test
    @DisplayName("not even while the counters move to a larger chunk")
    void readersNeverSeeLessWhileChunksAreJoined() throws Exception {
        final int rounds = 500;
        final int watched = 9;
        final TagStripe[] stripes = new TagStripe[rounds];
        for (int round = 0; round < rounds; round++) {
            stripes[round] = new TagStripe(1, false);
            stripes[round].prepare(0, watched);
            stripes[round].take(0, watched, 1);
        }
        final AtomicInteger current = new AtomicInteger();
        final CyclicBarrier start = new CyclicBarrier(2);
        final ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            final Future<?> writing = writer.submit(() -> {
                start.await(1, TimeUnit.MINUTES);
                for (int round = 0; round < rounds; round++) {
                    current.set(round);
                    for (int code = 0; code < 2_048; code += 32) {
                        stripes[round].prepare(0, code);
                        stripes[round].take(0, code, 1);
                        stripes[round].take(0, watched, 1);
                        stripes[round].give(0, watched, 1);
                    }
                }
                return null;
            });
            start.await(1, TimeUnit.MINUTES);
            while (!writing.isDone()) {
                final TagStripe stripe = stripes[current.get()];
                final long given = stripe.given(0, watched);
                final long taken = stripe.taken(0, watched);
                assertTrue(taken - given >= 1, () -> taken + " taken, " + given + " given");
            }
            writing.get(1, TimeUnit.MINUTES);
        } finally {
            writer.shutdownNow();
        }
        for (TagStripe stripe : stripes) {
            assertEquals(1, stripe.taken(0, watched) - stripe.given(0, watched));
        }
    }

    /** Rows of which nothing is near refer to one empty array, which is no stripe's own. */
    private static void assertExact(TagStripe stripe, boolean everyRowIsNear) {
        final long common = stripe.isShared() || everyRowIsNear ? 0 : sizeOf(new long[0]);
        assertEquals(sizeOf(stripe) - common, stripe.bytesOccupied());
    }

    private static long sizeOf(Object object) {
        return GraphLayout.parseInstance(object).totalSize();
    }

    private static void race(int threads, Runnable body) throws Exception {
        final CyclicBarrier start = new CyclicBarrier(threads);
        final ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            final List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    body.run();
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get(1, TimeUnit.MINUTES);
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
