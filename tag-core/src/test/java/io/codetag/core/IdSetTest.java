package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The ids in use")
class IdSetTest {
    /** Four levels, each looked at once for the search and at most three times for a change. */
    private static final int WORDS_OF_A_STEP = 16;

    @ParameterizedTest(name = "seed {0}, up to {1} ids")
    @CsvSource({"1, 10", "2, 64", "3, 65", "4, 4096", "5, 4097", "6, 300000"})
    @DisplayName("have the lowest free one, the end and the number that a plain set of bits has:")
    void likeBits(long seed, int most) {
        final SplittableRandom random = new SplittableRandom(seed);
        final IdSet ids = new IdSet();
        final BitSet bits = new BitSet();
        for (int round = 0; round < 20; round++) {
            for (int wanted = random.nextInt(most); wanted > 0; wanted--) {
                final int lowest = bits.nextClearBit(0);
                assertEquals(lowest, ids.lowestFree(), () -> "seed " + seed);
                ids.add(lowest);
                bits.set(lowest);
            }
            for (int freed = random.nextInt(most); freed > 0; freed--) {
                final int id = random.nextInt(most);
                ids.remove(id);
                bits.clear(id);
                if (freed % 16 == 0) {
                    assertEquals(bits.nextClearBit(0), ids.lowestFree(), () -> "seed " + seed);
                }
            }
            assertEquals(bits.length(), ids.end(), () -> "seed " + seed);
            assertEquals(bits.cardinality(), ids.size(), () -> "seed " + seed);
        }
    }

    @Test
    @DisplayName("cost a bounded number of looks each, be it the first or the last of four million")
    void boundedWork() {
        final IdSet ids = new IdSet();
        for (int id = 0; id < TagRegistry.MAX_TAGS; id++) {
            assertEquals(id, ids.lowestFree());
            final long before = ids.wordsRead();
            ids.add(ids.lowestFree());
            assertTrue(ids.wordsRead() - before <= WORDS_OF_A_STEP);
        }
        assertEquals(TagRegistry.MAX_TAGS, ids.lowestFree());
    }

    @Test
    @DisplayName("cost no more when one hole at the very bottom is filled again and again before the next at the top")
    void holesAtTheBottom() {
        final IdSet ids = new IdSet();
        for (int id = 0; id < 200_000; id++) {
            ids.add(id);
        }
        final long before = ids.wordsRead();
        for (int i = 0; i < 1_000; i++) {
            ids.remove(0);
            assertEquals(0, ids.lowestFree());
            ids.add(0);
            assertEquals(200_000 + i, ids.lowestFree());
            ids.add(200_000 + i);
        }
        assertTrue(ids.wordsRead() - before <= 3 * 1_000 * WORDS_OF_A_STEP, "looked at " + (ids.wordsRead() - before));
    }

    @Test
    @DisplayName("cost no more when they are given back from the top: what a search for the end passes is passed once")
    void givenBackFromTheTop() {
        final IdSet ids = new IdSet();
        for (int id = 0; id < 200_000; id++) {
            ids.add(id);
        }
        final long before = ids.wordsRead();
        for (int id = 1; id < 199_999; id++) {
            ids.remove(id);
        }
        ids.remove(199_999);
        assertEquals(1, ids.end());
        assertTrue(ids.wordsRead() - before <= 200_000L * WORDS_OF_A_STEP);
    }
}
