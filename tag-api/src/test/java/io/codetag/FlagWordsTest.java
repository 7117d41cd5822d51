package io.codetag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlagWordsTest {
    private static final int WORDS = 20;

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("an array", FlagWords.of(new long[WORDS])),
                Arguments.of("one chunk", FlagWords.ofChunks(new long[WORDS])),
                Arguments.of("chunks, the last shorter", FlagWords.ofChunks(new long[8], new long[8], new long[4])),
                Arguments.of("chunks of one word", FlagWords.ofChunks(chunksOfOne())),
                Arguments.of("one buffer", FlagWords.ofBuffers(direct(WORDS))),
                Arguments.of("buffers, the last shorter", FlagWords.ofBuffers(direct(8), direct(8), direct(4))),
                Arguments.of(
                        "buffers with positions, limits and byte orders of their own",
                        FlagWords.ofBuffers(
                                direct(16).position(9).limit(10),
                                direct(4).limit(0).order(ByteOrder.BIG_ENDIAN))),
                Arguments.of("slices", FlagWords.ofBuffers(direct(WORDS + 1).slice(8, WORDS * Long.BYTES))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    @DisplayName("every word is there, separate from the others, and changes by compareAndSet only")
    void everyWordIsThere(String form, FlagWords words) {
        assertEquals(WORDS, words.size());
        for (long pfn = 0; pfn < WORDS; pfn++) {
            assertEquals(0, words.get(pfn));
            assertFalse(words.compareAndSet(pfn, 1, 2), "the word is 0");
            assertTrue(words.compareAndSet(pfn, 0, ~pfn));
            assertFalse(words.compareAndSet(pfn, 0, 2), "the word is not 0 any more");
        }
        for (long pfn = 0; pfn < WORDS; pfn++) {
            assertEquals(~pfn, words.get(pfn), "page " + pfn + " of " + form);
        }
        final long[] read = new long[WORDS + 1];
        for (int from = 0; from <= WORDS; from++) {
            for (int count = 0; count <= WORDS - from; count++) {
                Arrays.fill(read, 7);
                words.read(from, read, count);
                for (int i = 0; i < read.length; i++) {
                    assertEquals(i < count ? ~(from + i) : 7, read[i], "page " + from + " and " + i + " of " + form);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    @DisplayName("a page without a word is refused, not taken for another")
    void refusesWhatIsNotThere(String form, FlagWords words) {
        assertThrows(IndexOutOfBoundsException.class, () -> words.get(WORDS), form);
        assertThrows(IndexOutOfBoundsException.class, () -> words.compareAndSet(WORDS, 0, 1), form);
        assertThrows(IndexOutOfBoundsException.class, () -> words.get(-1), form);
        assertThrows(IndexOutOfBoundsException.class, () -> words.read(WORDS - 1, new long[2], 2), form);
    }

    @Test
    @DisplayName("the words are the allocator's own memory")
    void sharesMemory() {
        final long[] array = new long[2];
        FlagWords.of(array).compareAndSet(1, 0, 7);
        assertEquals(7, array[1]);
        final long[] second = new long[2];
        FlagWords.ofChunks(array, second).compareAndSet(3, 0, 8);
        assertEquals(8, second[1]);
        final ByteBuffer buffer = direct(2);
        FlagWords.ofBuffers(buffer).compareAndSet(1, 0, 9);
        assertEquals(9, buffer.order(ByteOrder.nativeOrder()).getLong(8));
    }

    @Test
    @DisplayName("what an allocator does to its buffer's position, limit and byte order later changes nothing")
    void keepsItsOwnView() {
        final ByteBuffer buffer = direct(2);
        final FlagWords words = FlagWords.ofBuffers(buffer);
        words.compareAndSet(1, 0, 1);
        buffer.limit(0).order(ByteOrder.BIG_ENDIAN);
        assertEquals(1, words.get(1));
    }

    @Test
    @DisplayName("chunks of unequal length, or of a length that is no power of two, are refused")
    void refusesUnequalChunks() {
        assertRefused("at least one chunk", () -> FlagWords.ofChunks());
        assertRefused("chunk 1 has length 4", () -> FlagWords.ofChunks(new long[8], new long[4], new long[8]));
        assertRefused("chunk 1 has length 16", () -> FlagWords.ofChunks(new long[8], new long[16]));
        assertRefused("chunks have length 6", () -> FlagWords.ofChunks(new long[6], new long[6]));
        assertRefused("has length 0", () -> FlagWords.ofChunks(new long[0], new long[0]));
        assertEquals(6, FlagWords.ofChunks(new long[6]).size(), "one chunk may have any length");
    }

    @Test
    @DisplayName("buffers that are not direct, not aligned, read-only, too small or of unequal size are refused")
    void refusesUnfitBuffers() {
        assertRefused("at least one buffer", () -> FlagWords.ofBuffers());
        assertRefused("direct", () -> FlagWords.ofBuffers(ByteBuffer.allocate(64)));
        assertRefused("aligned", () -> FlagWords.ofBuffers(direct(4).slice(4, 16)));
        assertRefused("has length 32", () -> FlagWords.ofBuffers(direct(8), direct(4), direct(8)));
        assertRefused("length 48", () -> FlagWords.ofBuffers(direct(6), direct(6)));
        assertThrows(
                IllegalArgumentException.class,
                () -> FlagWords.ofBuffers(direct(4).asReadOnlyBuffer()),
                "read-only");
        assertThrows(
                IllegalArgumentException.class,
                () -> FlagWords.ofBuffers(ByteBuffer.allocateDirect(4), ByteBuffer.allocateDirect(4)),
                "4 bytes are no word");
    }

    private static void assertRefused(String why, Runnable attempt) {
        final String message =
                assertThrows(IllegalArgumentException.class, attempt::run).getMessage();
        assertTrue(message.contains(why), message);
    }

    private static long[][] chunksOfOne() {
        final long[][] chunks = new long[WORDS][];
        for (int i = 0; i < WORDS; i++) {
            chunks[i] = new long[1];
        }
        return chunks;
    }

    private static ByteBuffer direct(int words) {
        return ByteBuffer.allocateDirect(words * Long.BYTES);
    }
}
