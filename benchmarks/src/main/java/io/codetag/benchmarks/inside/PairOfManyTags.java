package io.codetag.benchmarks.inside;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.CodeTag;
import io.codetag.allocator.LocalPages;
import io.codetag.benchmarks.paired.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Allocates a page with one of many tags, at random, and frees it. */
final class PairOfManyTags implements Work {
    private static final int CHOICES = 1 << 16;
    private static final long SEED = 1;

    private final LocalPages local;
    private final AllocTag[] chosen = new AllocTag[CHOICES];
    private int next;

    PairOfManyTags(LocalPages local, int count) {
        this.local = local;
        final List<CodeTag> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(CodeTag.of("io.codetag.benchmarks.Many", "Many.java", i, "many"));
        }
        final List<AllocTag> tags = AllocTags.space().load("many", places).tags();
        final Random random = new Random(SEED);
        for (int i = 0; i < CHOICES; i++) {
            chosen[i] = tags.get(random.nextInt(count));
        }
    }

    @Override
    public void run(int pairs) {
        final LocalPages pages = local;
        for (int pair = 0; pair < pairs; pair++) {
            pages.free(pages.allocate(0, chosen[next++ & (CHOICES - 1)]));
        }
    }
}
