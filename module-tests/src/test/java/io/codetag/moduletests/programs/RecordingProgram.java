package io.codetag.moduletests.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Profiling;
import io.codetag.TagScope;
import io.codetag.core.AllocInfoText;
import io.codetag.core.Profiler;
import io.codetag.spi.HeapSizes;
import java.io.IOException;
import java.util.List;

/** Records in two allocators, one with flag words and one without, and prints where, and the report. */
public final class RecordingProgram {
    private static final AllocTag READ_AHEAD = AllocTags.here();
    private static final AllocTag INDEX = AllocTags.here();

    private RecordingProgram() {}

    public static void main(String[] args) throws IOException {
        final PageFlagsLayout layout =
                PageFlagsLayout.builder().field("own", 0, 16).build();
        try (PageTagger flags = AllocTags.attach(PageSpec.builder("with flags", 64, 4096)
                        .flags(FlagWords.of(new long[64]), layout)
                        .build());
                PageTagger plain = AllocTags.attach(
                        PageSpec.builder("without flags", 64, 4096).build())) {
            for (PageTagger tagger : List.of(flags, plain)) {
                System.out.println("store " + tagger.storage().allocator() + ": "
                        + tagger.storage().store());
                readAhead(tagger);
                index(tagger);
            }
            final int reference = INDEX.charge(100);
            AllocInfoText.V2_0.write(Profiler.get().snapshot(), (Appendable) System.out);
            AllocTags.discharge(reference, 100);
            free(flags);
            free(plain);
            System.out.println("left " + Profiler.get().snapshot().total().bytes());
        }
        System.out.println("state " + Profiling.state());
        System.out.println("heap " + HeapSizes.array(1, Long.BYTES) + ' ' + HeapSizes.object(4));
    }

    private static void readAhead(PageTagger tagger) {
        tagger.add(0, 3, READ_AHEAD);
        tagger.split(0, 3, 1);
    }

    @SuppressWarnings("try") // a scope is entered and left
    private static void index(PageTagger tagger) {
        try (TagScope scope = INDEX.enter()) {
            tagger.add(8, 0);
            tagger.add(9, 0);
        }
    }

    private static void free(PageTagger tagger) {
        for (int pfn = 0; pfn < 8; pfn += 2) {
            tagger.sub(pfn, 1);
        }
        tagger.sub(8, 0);
        tagger.sub(9, 0);
    }
}
