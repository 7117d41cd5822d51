package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.OverflowPolicy;
import io.codetag.PageTagger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A module that does not fit and is loaded while recording is off")
class OverflowWhileOffTest {
    private static Profiler off(OverflowPolicy policy) {
        return Profiler.builder().profiling("0").headroom(0).overflow(policy).build();
    }

    @Test
    @DisplayName("disables the pages where that is the policy, with one warning, and switching on does not undo it")
    void disables() {
        try (Logs logs = Logs.capture();
                Profiler profiler = off(OverflowPolicy.DISABLE)) {
            final PageTagger tagger = profiler.attach(
                    Pools.flags("pool", 64, 4).storage("pageflags").build());
            final AllocTag fits =
                    profiler.load("first", IdReuseTest.places(3)).tags().get(0);
            assertNull(tagger.storage().disabledReason());
            profiler.load("second", IdReuseTest.places(40));
            assertNotNull(tagger.storage().disabledReason());
            for (int round = 0; round < 3; round++) {
                profiler.record(true);
                tagger.add(round, 0, fits);
                assertEquals(0, tagger.stamp(8 + round, 0, 0, fits));
                profiler.record(false);
            }
            assertEquals(AllocCounts.ZERO, fits.counts());
            assertNotNull(tagger.storage().disabledReason());
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-203]").size());
        }
    }

    @Test
    @DisplayName("has its references in the overflow store once it is on, and none is lost")
    void switches() {
        try (Profiler profiler = off(OverflowPolicy.SWITCH)) {
            final long[] words = new long[64];
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 4).build());
            final CodeModule module = profiler.load("large", IdReuseTest.places(40));
            assertEquals(0, tagger.storage().limit());
            profiler.record(true);
            words[0] = tagger.stamp(0, 0, words[0], module.tags().get(39));
            tagger.add(1, 0, module.tags().get(0));
            assertEquals(new AllocCounts(Pools.PAGE, 1), module.tags().get(39).counts());
            profiler.record(false);
            words[0] = tagger.unstamp(0, 0, words[0]);
            tagger.sub(1, 0);
            assertEquals(AllocCounts.ZERO, module.tags().get(39).counts());
            assertEquals(0, tagger.totals().calls());
        }
    }
}
