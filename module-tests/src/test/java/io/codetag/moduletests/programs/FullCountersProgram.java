package io.codetag.moduletests.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.CodeTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocFilter;
import io.codetag.core.Profiler;
import java.util.List;
import java.util.stream.IntStream;

/** Has many tags counted for the first time while there is no memory for their counters. */
public final class FullCountersProgram {
    /** What one chunk of a stripe counts for. */
    private static final int TAGS_PER_CHUNK = 256;

    private static final int CHUNKS = 8;
    private static final int USED_PER_CHUNK = 8;
    private static final int TAGS = CHUNKS * USED_PER_CHUNK;

    private static final int WARM_UP = 1_000;

    private FullCountersProgram() {}

    public static void main(String[] args) {
        final PageTagger tagger = AllocTags.attach(PageSpec.builder("pool", 1 << 13, 4096)
                .orders(pfn -> pfn < TAGS ? 0 : -1)
                .build());
        final Profiler profiler = Profiler.get();
        final List<AllocTag> loaded = profiler.load(
                        "many",
                        IntStream.range(0, CHUNKS * TAGS_PER_CHUNK)
                                .mapToObj(i -> CodeTag.of(
                                        "com.acme.Many",
                                        "Many.java",
                                        i + 1,
                                        i % TAGS_PER_CHUNK < USED_PER_CHUNK ? "site" : "unused"))
                                .toList())
                .tags();
        final List<AllocTag> tags = loaded.stream()
                .filter(tag -> tag.place().function().equals("site"))
                .toList();
        // With memory first, so that no class and no section is missing afterwards; and as often as it takes until the
        // JVM has adapted its method handles: it would else try to get memory at every call, with collections each.
        for (int i = 0; i < WARM_UP; i++) {
            record(tagger, tags.get(0));
        }
        profiler.flush();
        int thrown = 0;
        for (int i = 0; i < TAGS; i++) {
            if (i % USED_PER_CHUNK == 0) {
                Memory.fill(); // again, since what others have left behind by now is enough for a chunk
            }
            try {
                tagger.add(i, 0, tags.get(i));
                if (i % 4 == 0) {
                    AllocTags.discharge(tags.get(i).charge(8), 8);
                }
            } catch (Throwable failure) {
                thrown++;
            }
        }
        Memory.release();
        profiler.flush();
        System.out.println("thrown " + thrown);
        report(profiler, tagger, tags);
        for (int i = 0; i < TAGS; i++) {
            tagger.sub(i, 0);
        }
        System.out.println("live " + tagger.totals().calls());
        tagger.add(0, 0, tags.get(7));
        System.out.println("again " + tags.get(7).counts());
    }

    private static void record(PageTagger tagger, AllocTag tag) {
        tagger.add(0, 0, tag);
        tagger.sub(0, 0);
        AllocTags.discharge(tag.charge(8), 8);
    }

    private static void report(Profiler profiler, PageTagger tagger, List<AllocTag> tags) {
        int counted = 0;
        int marked = 0;
        int silent = 0;
        for (AllocEntry entry : profiler.snapshot(AllocFilter.ALL).entries()) {
            if (entry.place().function().equals("site")) {
                counted += entry.calls() == 1 ? 1 : 0;
                marked += entry.calls() == 0 && !entry.accurate() ? 1 : 0;
                silent += entry.calls() == 0 && entry.accurate() ? 1 : 0;
            }
        }
        System.out.println("counted-or-marked " + (counted + marked == tags.size()));
        System.out.println("some-marked " + (marked > 0));
        System.out.println("silent " + silent);
        System.out.println("balanced "
                + (tagger.totals().bytes() + tagger.totals().untracked().orElseThrow() == TAGS * 4096L));
    }
}
