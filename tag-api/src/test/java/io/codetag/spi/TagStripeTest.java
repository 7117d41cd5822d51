package io.codetag.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
                stripe.take(stripe.chunk(row, code), code, code + 10L * row);
                stripe.take(stripe.chunk(row, code), code, 1);
                stripe.give(stripe.chunk(row, code), code, row);
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

    @Test
    @DisplayName("a chunk is created once and stays when others are added far beyond it")
    void chunksStay() {
        final TagStripe stripe = new TagStripe(2, false);
        final long[] first = stripe.chunk(1, 5);
        stripe.take(first, 5, 7);
        for (int code = 0; code < 100_000; code += 777) {
            stripe.chunk(1, code);
        }
        assertSame(first, stripe.chunk(1, 5));
        assertSame(first, stripe.chunk(1, 63), "64 codes share a chunk");
        assertEquals(7, stripe.taken(1, 5));
        assertEquals(0, stripe.taken(0, 5), "another row");
    }

    @Test
    @DisplayName("codes out of range have no chunk")
    void codesOutOfRange() {
        final TagStripe stripe = new TagStripe(1, false);
        assertNull(stripe.chunk(0, TagStripe.MAX_CODE + 1));
        assertNull(stripe.chunk(0, -1));
        assertNull(stripe.chunk(0, Integer.MAX_VALUE));
        assertNull(stripe.chunk(0, Integer.MIN_VALUE));
    }

    @Test
    @DisplayName("addTo adds one side of a row, weighted, and leaves out codes beyond the sums")
    void addsToSums() {
        final TagStripe stripe = new TagStripe(2, false);
        for (int code : new int[] {0, 1, 63, 64, 70, 200}) {
            stripe.take(stripe.chunk(1, code), code, code + 1L);
            stripe.give(stripe.chunk(1, code), code, 1);
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

    @Test
    @DisplayName("the bytes that a stripe says it occupies are those that it has on the heap")
    void bytesAreExact() {
        final TagStripe stripe = new TagStripe(11, true);
        assertExact(stripe);
        for (int code : new int[] {3, 4, 64, 255, 256, 5_000, 100_000}) {
            for (int row = 0; row < 11; row += 5) {
                stripe.chunk(row, code);
                assertExact(stripe);
            }
        }
        assertExact(new TagStripe(0, false));
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
                stripe.take(stripe.chunk(0, code), code, 2);
                stripe.give(stripe.chunk(0, code), code, 1);
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
        stripe.take(stripe.chunk(0, 9), 9, 1);
        final CyclicBarrier start = new CyclicBarrier(2);
        final ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            final Future<?> writing = writer.submit(() -> {
                start.await(1, TimeUnit.MINUTES);
                for (int i = 0; i < 1_000_000; i++) {
                    stripe.take(stripe.chunk(0, 9), 9, 1);
                    stripe.give(stripe.chunk(0, 9), 9, 1);
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

    private static void assertExact(TagStripe stripe) {
        assertEquals(GraphLayout.parseInstance(stripe).totalSize(), stripe.bytesOccupied());
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
