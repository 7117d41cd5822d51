package io.codetag.pageflags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFlagsStoreTest {
    @ParameterizedTest(name = "shift {0}, {1} bits")
    @CsvSource({"0,2", "0,31", "1,31", "16,12", "31,2", "33,31", "40,20", "62,2"})
    @DisplayName("a code changes its own bits of the word and no other, wherever the field is")
    void changesItsOwnBitsOnly(int shift, int bits) {
        final Field field = new Field("tag", shift, bits);
        final Random random = new Random(shift * 64L + bits);
        for (int i = 0; i < 1_000; i++) {
            final long[] words = {random.nextLong(), random.nextLong(), random.nextLong()};
            final long[] before = words.clone();
            final PageFlagsStore store = new PageFlagsStore(FlagWords.of(words), field);
            final int code = random.nextInt() & store.maxCode();
            assertEquals((int) field.get(before[1]), store.get(1));
            switch (i % 4) {
                case 0 -> store.set(1, code);
                case 1 -> assertEquals((int) field.get(before[1]), store.getAndSet(1, code));
                case 2 -> assertTrue(store.compareAndSet(1, (int) field.get(before[1]), code));
                default -> store.clear(1, 2);
            }
            assertEquals(i % 4 == 3 ? field.set(before[1], 0) : field.set(before[1], code), words[1]);
            assertEquals(before[0], words[0]);
            assertEquals(before[2], words[2]);
        }
    }

    @Test
    @DisplayName("a narrower field leaves the bits that it gave up alone, and a wider one uses them again")
    void resized() {
        final long[] words = {-1L};
        final Field wide = new Field("tag", 8, 12);
        final PageFlagsStore store = new PageFlagsStore(FlagWords.of(words), wide);
        store.set(0, 5);
        assertTrue(store.resize(new Field("tag", 8, 4)));
        assertEquals(15, store.maxCode());
        words[0] |= 0xFFL << 12; // claimed by somebody else
        assertEquals(5, store.getAndSet(0, 9));
        store.clear(0, 1);
        assertEquals(~(0xFL << 8), words[0]);
        words[0] &= ~wide.mask();
        assertTrue(store.resize(wide));
        assertEquals(4095, store.maxCode());
        store.set(0, 4095);
        assertEquals(-1L, words[0]);
        assertThrows(IllegalArgumentException.class, () -> store.resize(new Field("tag", 9, 4)));
    }

    @Test
    @DisplayName("a counter in the field below and one in the field above survive while codes change")
    void countersBesideTheFieldSurvive() throws Exception {
        final int steps = 100_000;
        final PageFlagsLayout layout = PageFlagsLayout.builder()
                .field("below", 0, 20)
                .field("above", 32, 20)
                .field("top", 52, 12)
                .build();
        final Field tag = layout.tagField(64);
        final FlagWords words = FlagWords.of(new long[1]);
        final PageFlagsStore store = new PageFlagsStore(words, tag);
        final List<Runnable> bodies = new ArrayList<>();
        for (Field counter : layout.fields().subList(0, 2)) {
            bodies.add(() -> {
                for (int i = 0; i < steps; ) {
                    final long word = words.get(0);
                    i += words.compareAndSet(0, word, counter.set(word, counter.get(word) + 1)) ? 1 : 0;
                }
            });
        }
        bodies.add(() -> {
            int held = 0;
            for (int i = 0; i < steps; i++) {
                final int next = (i * 7) & store.maxCode();
                assertEquals(held, store.getAndSet(0, next));
                assertTrue(store.compareAndSet(0, next, ~next & store.maxCode()));
                held = ~next & store.maxCode();
            }
            store.clear(0, 1);
        });
        race(bodies);
        assertEquals(steps, layout.fields().get(0).get(words.get(0)), "counter below");
        assertEquals(steps, layout.fields().get(1).get(words.get(0)), "counter above");
        assertEquals(0, layout.fields().get(2).get(words.get(0)), "nobody's bits");
        assertEquals(0, store.get(0), "code");
    }

    @Test
    @DisplayName("a store over flag words takes no memory of its own")
    void takesNoMemory() {
        final PageFlagsStore store = new PageFlagsStore(FlagWords.of(new long[100]), new Field("tag", 0, 31));
        store.set(99, Integer.MAX_VALUE);
        assertEquals(0, store.bytesOccupied());
    }

    private static void race(List<Runnable> bodies) throws Exception {
        final CyclicBarrier start = new CyclicBarrier(bodies.size());
        final ExecutorService threads = Executors.newFixedThreadPool(bodies.size());
        try {
            final List<Future<?>> running = new ArrayList<>();
            for (Runnable body : bodies) {
                running.add(threads.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    body.run();
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
