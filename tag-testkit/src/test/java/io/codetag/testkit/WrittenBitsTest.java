package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WrittenBitsTest {
    private static final long MINE = 1;
    private static final long GIVEN_BACK = 2;
    private static final int ROUNDS = 200_000;
    private static final int PAGES = 8;

    @Test
    @DisplayName("what is written while other bits are forgotten is kept")
    void whileOthersAreForgotten() {
        final WrittenBits written = new WrittenBits();
        final AtomicBoolean done = new AtomicBoolean();
        Race.run(List.of(
                thread -> {
                    try {
                        for (int round = 1; round <= ROUNDS; round++) {
                            final long pfn = round % PAGES;
                            final long bit = round / PAGES & MINE;
                            written.store(pfn, bit | GIVEN_BACK, MINE);
                            assertEquals(bit, written.of(pfn) & MINE, "round " + round);
                        }
                    } finally {
                        done.set(true);
                    }
                },
                thread -> {
                    while (!done.get()) {
                        written.clear(GIVEN_BACK);
                    }
                }));
    }

    @Test
    @DisplayName("bits are those of the mask that was written last")
    void masks() {
        final WrittenBits written = new WrittenBits();
        written.store(7, 0b1111, 0b0110);
        written.store(7, 0b0000, 0b0010);
        assertEquals(0b0100, written.of(7));
        written.clear(0b0100);
        assertEquals(0, written.of(7));
        assertEquals(0, written.of(8));
    }
}
