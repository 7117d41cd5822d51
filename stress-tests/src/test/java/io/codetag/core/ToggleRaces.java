package io.codetag.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An owner of a page while profiling goes off, drains, and comes on again. */
final class ToggleRaces {
    private ToggleRaces() {}

    /** A profiler and an allocator of one page of its own: a new profiler for each state, so there are few of them. */
    static class Attached {
        final Profiler profiler = Profiler.builder().headroom(0).build();
        final AllocTag tag = profiler.load("raced", List.of(CodeTag.of("com.acme.Pool", "Pool.java", 1, "take")))
                .tags()
                .get(0);
        final long[] words = new long[1];
        final PageTagger tagger = profiler.attach(PageSpec.builder("raced", 1, 4096)
                .flags(
                        FlagWords.of(words),
                        PageFlagsLayout.builder().field("low", 0, 8).build())
                .build());

        final int end() {
            final int calls = (int) tag.counts().calls();
            profiler.close();
            return calls;
        }
    }

    /** Allocated and freed by the fused form while profiling goes off and on. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "recorded or not, the free credited what was recorded")
    @State
    public static class FusedPair extends Attached {
        @Actor
        public void owner() {
            words[0] = tagger.stamp(0, 0, words[0], tag);
            words[0] = tagger.unstamp(0, 0, words[0]);
        }

        @Actor
        public void operator() {
            profiler.record(false);
            profiler.record(true);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r2 = (int) (words[0] >>> 8);
            r.r1 = end();
        }
    }

    /** A block that was recorded before is freed while profiling drains and is looked at. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "never cold with a live block: the free was credited")
    @State
    public static class Drain extends Attached {
        public Drain() {
            tagger.add(0, 0, tag);
        }

        @Actor
        public void owner() {
            tagger.sub(0, 0);
        }

        @Actor
        public void operator() {
            profiler.record(false);
            profiler.settle();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r2 = (int) (words[0] >>> 8);
            r.r1 = end();
        }
    }
}
