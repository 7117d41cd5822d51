package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import io.codetag.testkit.ClaimModel.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A claim of bits, by the model,")
class ClaimModelTest {
    private static final int FIRST = 8;
    private static final int UNUSED = 12;

    private static PageSpec spec(boolean quiesces) {
        final PageFlagsLayout.Builder layout = PageFlagsLayout.builder()
                .field("below", 0, FIRST)
                .field("above", FIRST + UNUSED, Long.SIZE - FIRST - UNUSED);
        if (quiesces) {
            layout.quiescence(() -> {});
        }
        return PageSpec.builder("pages", 8, 64)
                .flags(FlagWords.of(new long[8]), layout.build())
                .build();
    }

    private static Field bits(int from, int count) {
        return new Field("bits " + from + " " + count, FIRST + from, count);
    }

    @Test
    @DisplayName("is an error where there are no words, in the allocator's own bits, and in what is claimed already")
    void errors() {
        final PageSpec plain = PageSpec.builder("plain", 8, 64).build();
        assertEquals(Answer.ERROR, new ClaimModel(plain, 0, true).claim(bits(0, 1), 0));
        final ClaimModel model = new ClaimModel(spec(true), UNUSED, true);
        assertEquals(Answer.ERROR, model.claim(bits(-1, 2), 0));
        assertEquals(Answer.ERROR, model.claim(bits(UNUSED - 1, 2), 0));
        assertEquals(Answer.GRANTED, model.claim(bits(6, 2), 0));
        assertEquals(Answer.ERROR, model.claim(bits(7, 3), 0));
    }

    @Test
    @DisplayName("is refused where it leaves less than two bits for tags, and where nobody knows who still uses them")
    void refused() {
        final ClaimModel model = new ClaimModel(spec(true), UNUSED, true);
        assertEquals(Answer.REFUSED, model.claim(bits(0, 1), 0));
        assertEquals(Answer.REFUSED, model.claim(bits(1, 11), 0));
        assertEquals(Answer.GRANTED, model.claim(bits(2, 1), 0));
        assertEquals(2, model.tagBits());
        final ClaimModel never = new ClaimModel(spec(false), 6, true);
        assertEquals(Answer.REFUSED, never.claim(bits(5, 3), 0));
        assertEquals(Answer.GRANTED, never.claim(bits(6, 6), 0));
    }

    @Test
    @DisplayName("without an overflow store is granted as long as every tag fits the bits that are left")
    void withoutOverflow() {
        final ClaimModel model = new ClaimModel(spec(true), UNUSED, false);
        assertEquals(Answer.REFUSED, model.claim(bits(4, 8), 16));
        assertEquals(Answer.GRANTED, model.claim(bits(4, 8), 15));
    }

    @Test
    @DisplayName("that is given back lets tags have as many bits as the other claims leave")
    void wayBack() {
        final ClaimModel model = new ClaimModel(spec(true), UNUSED, true);
        model.claim(bits(8, 4), 0);
        model.claim(bits(4, 2), 0);
        assertEquals(4, model.tagBits());
        model.giveBack(bits(4, 2));
        assertEquals(8, model.tagBits());
        model.giveBack(bits(8, 4));
        assertEquals(UNUSED, model.tagBits());
        assertEquals(0, new ClaimModel(spec(true), 0, true).tagBits(), "tags are elsewhere");
    }
}
