package io.codetag.benchmarks.inside;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.CodeTag;
import io.codetag.allocator.LocalPages;
import io.codetag.benchmarks.paired.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Allocates a page with one of many tags, and frees it; all tags come, and in random order. */
final class PairOfManyTags implements Work {
    private static final int CHOICES = 1 << 17;
    private static final long SEED = 1;

    private final LocalPages local;
    private final AllocTag[] chosen;
    private int next;

    PairOfManyTags(LocalPages local, int count) {
        this.local = local;
        final List<CodeTag> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(CodeTag.of("io.codetag.benchmarks.Many", "Many.java", i, "many"));
        }
        final List<AllocTag> tags = AllocTags.space().load("many", places).tags();
        final List<AllocTag> choices = new ArrayList<>();
        for (int i = 0; i < CHOICES; i++) {
            choices.add(tags.get(i % count));
        }
        Collections.shuffle(choices, new Random(SEED));
        chosen = choices.toArray(new AllocTag[0]);
    }

    @Override
    public void run(int pairs) {
        final LocalPages pages = local;
        for (int pair = 0; pair < pairs; pair++) {
            pages.free(pages.allocate(0, chosen[next++ & (CHOICES - 1)]));
        }
    }
}
