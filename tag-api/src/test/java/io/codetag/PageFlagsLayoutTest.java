package io.codetag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.PageFlagsLayout.Field;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFlagsLayoutTest {
    @Test
    @DisplayName("tells its fields in their order, and the bits that none covers")
    void tellsFieldsAndUnusedBits() {
        final PageFlagsLayout layout = PageFlagsLayout.builder()
                .field("order", 4, 4)
                .field("state", 0, 4)
                .field("refs", 48, 16)
                .build();
        assertEquals(
                List.of(new Field("order", 4, 4), new Field("state", 0, 4), new Field("refs", 48, 16)),
                layout.fields());
        assertEquals(0x0000_FFFF_FFFF_FF00L, layout.unusedMask());
        assertThrows(UnsupportedOperationException.class, () -> layout.fields().clear());
    }

    @Test
    @DisplayName("the tag field is the longest run of unused bits, its lower part, up to the budget and 31 bits")
    void tagFieldIsTheLongestRun() {
        final PageFlagsLayout layout = PageFlagsLayout.builder()
                .field("a", 5, 3)
                .field("b", 20, 4)
                .field("c", 40, 20)
                .build();
        assertEquals(new Field("tag", 24, 16), layout.tagField(64), "of runs of 5, 12, 16 and 4 bits");
        assertEquals(new Field("tag", 24, 16), layout.tagField(16));
        assertEquals(new Field("tag", 24, 7), layout.tagField(7));
        assertEquals(new Field("tag", 24, 2), layout.tagField(2));
        assertNull(layout.tagField(1), "1 bit holds no tag");
        assertNull(layout.tagField(0));
        assertEquals(
                new Field("tag", 0, 31), PageFlagsLayout.builder().build().tagField(64), "codes are positive ints");
    }

    @ParameterizedTest(name = "bits {0} to {0} + {1} unused")
    @CsvSource({"0,2", "0,31", "1,30", "62,2", "33,31", "61,3", "32,32", "0,64"})
    @DisplayName("the tag field is found wherever the unused bits are")
    void findsTheRunAnywhere(int shift, int bits) {
        assertEquals(
                new Field("tag", shift, Math.min(31, bits)), allBut(shift, bits).tagField(64));
    }

    @Test
    @DisplayName("of runs of equal length the lowest is taken")
    void lowestOfEqualRuns() {
        final PageFlagsLayout layout =
                PageFlagsLayout.builder().field("middle", 24, 16).build();
        assertEquals(new Field("tag", 0, 24), layout.tagField(64));
    }

    @Test
    @DisplayName("a word with one unused bit or none has no tag field")
    void noTagField() {
        assertNull(PageFlagsLayout.builder().field("all", 0, 64).build().tagField(64));
        assertNull(PageFlagsLayout.builder().field("most", 0, 63).build().tagField(64));
        assertNull(PageFlagsLayout.builder().field("most", 1, 63).build().tagField(64));
    }

    @Test
    @DisplayName("fields that overlap are refused, naming both and their bits")
    void refusesOverlap() {
        final PageFlagsLayout.Builder builder = PageFlagsLayout.builder().field("state", 4, 4);
        assertRefused(
                "field refs (bits 7 to 10) overlaps field state (bits 4 to 7)", () -> builder.field("refs", 7, 4));
        assertRefused("field low (bits 0 to 4) overlaps field state", () -> builder.field("low", 0, 5));
        assertRefused("overlaps", () -> builder.field("all", 0, 64));
        builder.field("below", 0, 4).field("above", 8, 56);
        assertEquals(0, builder.build().unusedMask(), "neighbours do not overlap");
    }

    @Test
    @DisplayName("bits that a word does not have are refused")
    void refusesBitsOutside() {
        assertRefused("field f has shift 60 and 5 bits; a flag word has bits 0 to 63", () -> new Field("f", 60, 5));
        assertRefused("bits 0 to 63", () -> new Field("f", 0, 65));
        assertRefused("bits 0 to 63", () -> new Field("f", -1, 4));
        assertRefused("bits 0 to 63", () -> new Field("f", 0, 0));
        assertRefused("bits 0 to 63", () -> new Field("f", 64, 1));
        assertRefused("bits 0 to 63", () -> new Field("f", Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertRefused("bits 0 to 63", () -> PageFlagsLayout.builder().field("f", 32, 33));
    }

    @Test
    @DisplayName("two fields of one name, and fields without a name, are refused")
    void refusesNames() {
        final PageFlagsLayout.Builder builder = PageFlagsLayout.builder().field("state", 0, 4);
        assertRefused("two fields of the flag word are named state", () -> builder.field("state", 8, 4));
        assertRefused("needs a name", () -> builder.field(" ", 8, 4));
        assertThrows(NullPointerException.class, () -> builder.field(null, 8, 4));
    }

    @Test
    @DisplayName("a field reads and writes its own bits, unsigned, and drops what does not fit")
    void fieldReadsAndWrites() {
        final Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            final int shift = random.nextInt(64);
            final Field field = new Field("f", shift, 1 + random.nextInt(64 - shift));
            final long word = random.nextLong();
            final long value = random.nextLong();
            final long written = field.set(word, value);
            final long fitting = field.bits() == 64 ? value : value & ((1L << field.bits()) - 1);
            assertEquals(fitting, field.get(written), () -> field.toString());
            assertEquals(word & ~field.mask(), written & ~field.mask(), () -> field.toString());
            assertEquals(field.bits(), Long.bitCount(field.mask()));
            assertEquals(field.shift(), Long.numberOfTrailingZeros(field.mask()));
        }
    }

    @Test
    @DisplayName("the largest code of a field is all its bits, and at most the largest int")
    void largestCode() {
        assertEquals(1, new Field("f", 0, 1).maxCode());
        assertEquals(3, new Field("f", 62, 2).maxCode());
        assertEquals(4_095, new Field("f", 16, 12).maxCode());
        assertEquals((1 << 30) - 1, new Field("f", 0, 30).maxCode());
        assertEquals(Integer.MAX_VALUE, new Field("f", 0, 31).maxCode());
        assertEquals(Integer.MAX_VALUE, new Field("f", 0, 64).maxCode());
    }

    @Test
    @DisplayName("the handshake for yielding bits is the one that was given, or none")
    void quiescence() {
        final Quiescence handshake = () -> {};
        assertSame(
                handshake,
                PageFlagsLayout.builder().quiescence(handshake).build().quiescence());
        assertNull(PageFlagsLayout.builder().build().quiescence());
    }

    @Test
    @DisplayName("a layout does not change with its builder")
    void isImmutable() {
        final PageFlagsLayout.Builder builder = PageFlagsLayout.builder().field("a", 0, 4);
        final PageFlagsLayout layout = builder.build();
        builder.field("b", 4, 4);
        assertEquals(1, layout.fields().size());
        assertEquals(~0xFL, layout.unusedMask());
    }

    private static PageFlagsLayout allBut(int shift, int bits) {
        final PageFlagsLayout.Builder layout = PageFlagsLayout.builder();
        if (shift > 0) {
            layout.field("below", 0, shift);
        }
        if (shift + bits < Long.SIZE) {
            layout.field("above", shift + bits, Long.SIZE - shift - bits);
        }
        return layout.build();
    }

    private static void assertRefused(String why, Runnable attempt) {
        final String message =
                assertThrows(IllegalArgumentException.class, attempt::run).getMessage();
        assertTrue(message.contains(why), message);
    }
}
