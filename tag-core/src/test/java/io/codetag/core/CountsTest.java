package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.spi.TagStripe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Counts are exact")
class CountsTest {
    private static final int PRODUCERS = 3;
    private static final int PAGES = 128;
    private static final int BLOCKS = 4_000;
    private static final int LEFT = 10;

    @ParameterizedTest(name = "{0} exclusive stripes")
    @ValueSource(ints = {0, 1, 2, 64})
    @DisplayName("when many threads use few tags and blocks are freed by other threads than those that allocated, with")
    void handedOver(int stripes) throws InterruptedException {
        try (Profiler profiler = Profiler.builder().stripes(stripes).build()) {
            final PageTagger tagger = profiler.attach(
                    Pools.flags("pool", new long[PRODUCERS * PAGES], 20).build());
            final List<AllocTag> tags = Declarations.onOneLine(profiler.space());
            final BlockingQueue<Long> live = new LinkedBlockingQueue<>();
            final List<BlockingQueue<Long>> free = new ArrayList<>();
            final List<Crowd.Body> bodies = new ArrayList<>();
            for (int producer = 0; producer < PRODUCERS; producer++) {
                final BlockingQueue<Long> own = new LinkedBlockingQueue<>();
                LongStream.range((long) producer * PAGES, (producer + 1L) * PAGES)
                        .forEach(own::add);
                free.add(own);
                bodies.add(number -> {
                    for (int i = 0; i < BLOCKS; i++) {
                        final long pfn = own.take();
                        tagger.add(pfn, 0, tags.get(i % 2));
                        live.put(pfn);
                    }
                });
                bodies.add(number -> {
                    for (int i = 0; i < BLOCKS - LEFT; i++) {
                        final long pfn = live.take();
                        tagger.sub(pfn, 0);
                        free.get((int) (pfn / PAGES)).put(pfn);
                    }
                });
            }
            Crowd.run(bodies);
            assertEquals(PRODUCERS * LEFT, profiler.totals().recorded().calls());
            while (!live.isEmpty()) {
                tagger.sub(live.take(), 0);
            }
            assertEquals(AllocCounts.ZERO, tags.get(0).counts());
            assertEquals(AllocCounts.ZERO, tags.get(1).counts());
        }
    }

    @Test
    @DisplayName("when two threads stamp and unstamp on leased stripes, and what is live is seen by both")
    void leased() throws InterruptedException {
        final long[] words = new long[64];
        final AtomicLong expected = new AtomicLong();
        try (Profiler profiler = Profiler.builder().stripes(2).build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 20).build());
            final AllocTag tag = Declarations.one(profiler.space());
            Crowd.run(2, number -> {
                final TagStripe stripe = tagger.lease();
                final Random random = new Random(number);
                final int base = number * 32;
                long live = 0;
                for (int i = 0; i < 200_000; i++) {
                    final int pfn = base + random.nextInt(32);
                    if (words[pfn] == 0) {
                        words[pfn] = tagger.stamp(stripe, pfn, 0, 0, tag);
                        live++;
                    } else {
                        words[pfn] = tagger.unstamp(stripe, pfn, 0, words[pfn]);
                        live--;
                    }
                }
                tagger.release(stripe);
                expected.addAndGet(live);
            });
            assertEquals(new AllocCounts(expected.get() * Pools.PAGE, expected.get()), tag.counts());
        }
    }

    @Test
    @DisplayName("when hundreds of threads come and go")
    void comingAndGoing() throws InterruptedException {
        try (Profiler profiler = Profiler.builder().stripes(3).build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.plain("pool", 1 << 16).build());
            final AllocTag tag = Declarations.one(profiler.space());
            for (int round = 0; round < 20; round++) {
                final int base = round << 10;
                Crowd.run(16, number -> {
                    for (int i = 0; i < 64; i++) {
                        tagger.add(base + number * 64L + i, 0, tag);
                        if (i % 2 == 0) {
                            tagger.sub(base + number * 64L + i, 0);
                        }
                    }
                });
            }
            assertEquals(20 * 16 * 32, tag.counts().calls());
        }
    }

    @Test
    @DisplayName("and never read as less than what is live while a block is split, trimmed and moved")
    void neverLess() throws InterruptedException {
        final AtomicInteger phase = new AtomicInteger(); // odd while the block is live
        final int rounds = 4_000;
        try (Profiler profiler = Profiler.builder().stripes(1).build()) {
            final PageTagger tagger = profiler.attach(
                    PageSpec.builder("pool", 1L << 31, Pools.PAGE).maxOrder(30).build());
            final AllocTag tag = Declarations.one(profiler.space()).resolve();
            final Crowd.Body owner = number -> {
                for (int round = 0; round < rounds; round++) {
                    tagger.add(0, 30, tag);
                    phase.incrementAndGet();
                    for (int order = 30; order > 2; order--) {
                        tagger.trim(0, order, order - 1);
                    }
                    tagger.swap(1L << 30, 0, 2);
                    tagger.split(1L << 30, 2, 0);
                    for (int page = 3; page > 0; page--) {
                        tagger.sub((1L << 30) + page, 0);
                    }
                    phase.incrementAndGet();
                    tagger.sub(1L << 30, 0);
                }
            };
            final Crowd.Body reader = number -> {
                int seen = 0;
                while (phase.get() < 2 * rounds) {
                    final int before = phase.get();
                    final AllocCounts counts = tag.counts();
                    if (before % 2 == 1 && phase.get() == before) {
                        assertTrue(counts.calls() >= 1 && counts.bytes() >= Pools.PAGE, () -> "read " + counts);
                        seen++;
                    }
                    assertTrue(counts.calls() >= 0 && counts.bytes() >= 0, () -> "read " + counts);
                }
                assertTrue(seen > 0);
            };
            Crowd.run(List.of(owner, reader));
            assertEquals(AllocCounts.ZERO, tag.counts());
        }
    }

    @Test
    @DisplayName("and what comes and goes while a reader is kept waiting is not read as live")
    void readerKeptWaiting() {
        final int code = 7;
        final CounterLedger counted = CounterLedger.ofPages(Pools.PAGE, 0, 1);
        final TagStripe stripe = counted.stripes().lease();
        stripe.prepare(0, code);
        stripe.take(0, code, 1);
        final Runnable comeAndGo = () -> {
            for (int i = 0; i < 1_000; i++) {
                stripe.take(0, code, 1);
                stripe.give(0, code, 1);
            }
        };
        final long[] bytes = new long[code + 1];
        final long[] calls = new long[code + 1];
        Readings.live(List.of(new WaitingReading(counted, comeAndGo)), bytes, calls);
        assertEquals(1, calls[code]);
        assertEquals(Pools.PAGE, bytes[code]);
        assertEquals(
                new AllocCounts(Pools.PAGE, 1), Readings.live(List.of(new WaitingReading(counted, comeAndGo)), code));
    }

    @Test
    @DisplayName("and bytes and calls are of one moment")
    void ofOneMoment() throws InterruptedException {
        final int code = 7;
        final CounterLedger counted = CounterLedger.ofPages(Pools.PAGE, 0, 1);
        final TagStripe stripe = counted.stripes().lease();
        final AtomicBoolean done = new AtomicBoolean();
        Crowd.run(List.of(
                number -> {
                    for (int i = 0; i < 3_000_000; i++) {
                        stripe.take(0, code, 1);
                        stripe.give(0, code, 1);
                    }
                    done.set(true);
                },
                number -> {
                    while (!done.get()) {
                        final long[] bytes = new long[code + 1];
                        final long[] calls = new long[code + 1];
                        counted.subtractGiven(bytes, calls);
                        assertEquals(Pools.PAGE * calls[code], bytes[code]);
                        Readings.live(List.of(counted), bytes, calls);
                        assertEquals(Pools.PAGE * calls[code], bytes[code]);
                    }
                }));
    }

    /** Something happens the first time that what was taken is read. */
    private static final class WaitingReading implements Reading {
        private final Reading reading;
        private Runnable meanwhile;

        WaitingReading(Reading reading, Runnable meanwhile) {
            this.reading = reading;
            this.meanwhile = meanwhile;
        }

        private void pause() {
            final Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
        }

        @Override
        public void subtractGiven(long[] bytes, long[] calls) {
            reading.subtractGiven(bytes, calls);
        }

        @Override
        public void addTaken(long[] bytes, long[] calls) {
            pause();
            reading.addTaken(bytes, calls);
        }

        @Override
        public AllocCounts given(int code) {
            return reading.given(code);
        }

        @Override
        public AllocCounts taken(int code) {
            pause();
            return reading.taken(code);
        }
    }
}
