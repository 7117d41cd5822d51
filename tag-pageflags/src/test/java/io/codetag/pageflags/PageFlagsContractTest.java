package io.codetag.pageflags;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The contract, over every form of flag words, each with another place and width of the tag field. */
class PageFlagsContractTest {
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

    @Nested
    @DisplayName("12 bits in the middle of a long[]")
    class InArray extends PageFlagsContract {
        InArray() {
            super(allBut(16, 12), 64);
        }

        @Override
        FlagWords words(int pages) {
            return FlagWords.of(new long[pages]);
        }
    }

    @Nested
    @DisplayName("31 bits at the top of chunks")
    class InChunks extends PageFlagsContract {
        InChunks() {
            super(allBut(33, 31), 64);
        }

        @Override
        FlagWords words(int pages) {
            final List<long[]> chunks = new ArrayList<>();
            for (int left = pages; left > 0; left -= 4_096) {
                chunks.add(new long[Math.min(left, 4_096)]);
            }
            return FlagWords.ofChunks(chunks.toArray(long[][]::new));
        }
    }

    @Nested
    @DisplayName("a budget of 2 bits of direct buffers")
    class InBuffers extends PageFlagsContract {
        InBuffers() {
            super(allBut(62, 2), 2);
        }

        @Override
        FlagWords words(int pages) {
            final List<ByteBuffer> buffers = new ArrayList<>();
            for (int left = pages; left > 0; left -= 8_192) {
                buffers.add(ByteBuffer.allocateDirect(Math.min(left, 8_192) * Long.BYTES));
            }
            return FlagWords.ofBuffers(buffers.toArray(ByteBuffer[]::new));
        }
    }

    @Nested
    @DisplayName("31 of the 64 bits of words of the allocator's own form")
    class InOwnWords extends PageFlagsContract {
        InOwnWords() {
            super(PageFlagsLayout.builder().build(), 64);
        }

        @Override
        FlagWords words(int pages) {
            return new SparseFlagWords(pages);
        }
    }
}
