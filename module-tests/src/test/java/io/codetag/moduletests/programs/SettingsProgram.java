package io.codetag.moduletests.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Profiling;
import io.codetag.StorageFacts;
import io.codetag.core.Profiler;
import io.codetag.spi.RecordingSwitch;
import java.util.ArrayList;
import java.util.List;

/** Prints something that each setting decides. */
public final class SettingsProgram {
    private static final AllocTag TAG = AllocTags.here();

    private SettingsProgram() {}

    public static void main(String[] args) {
        try (PageTagger tagger = AllocTags.attach(pages("as set").build());
                PageTagger flags =
                        AllocTags.attach(pages("flags").storage("pageflags").build())) {
            print("state", Profiling.state() + " " + RecordingSwitch.allocating() + ' ' + RecordingSwitch.freeing());
            tagger.add(0, 0, TAG);
            print("recorded", TAG.counts().bytes());
            print("switch-on", switchedOn());
            tagger.add(0, 0, TAG);
            print("recorded-on", TAG.counts().bytes());
            describe(tagger);
            describe(flags);
            print("bytes", tagger.storage().bytesOccupied());
            print("exclusive", exclusiveStripes(tagger));
            tagger.sub(Long.MAX_VALUE, 0); // a line in debug mode
            tagger.sub(0, 0);
        }
        builderComesFirst();
        Profiler.get().flush();
    }

    private static PageSpec.Builder pages(String name) {
        final PageFlagsLayout layout =
                PageFlagsLayout.builder().field("own", 0, 16).build();
        return PageSpec.builder(name, 64, 4096).flags(FlagWords.of(new long[64]), layout);
    }

    private static void describe(PageTagger tagger) {
        final StorageFacts facts = tagger.storage();
        print(
                "pool",
                facts.allocator() + ": " + facts.store() + ", " + facts.bits() + " bits, " + facts.policy() + ", "
                        + facts.neededTags() + " tags needed");
    }

    private static int exclusiveStripes(PageTagger tagger) {
        int count = 0;
        while (count < 1_000 && !tagger.lease().isShared()) {
            count++;
        }
        return count;
    }

    private static void builderComesFirst() {
        try (Profiler isolated = Profiler.builder()
                        .profiling("1")
                        .stripes(2)
                        .storage("auto")
                        .build();
                PageTagger tagger = isolated.attach(pages("isolated").build())) {
            final List<String> decided = new ArrayList<>();
            decided.add(isolated.state().toString());
            decided.add(tagger.storage().store());
            decided.add(exclusiveStripes(tagger) + " stripes");
            print("builder", decided);
        }
    }

    private static String switchedOn() {
        try {
            Profiling.switchOn();
            return "done";
        } catch (IllegalStateException refused) {
            return refused.getMessage();
        }
    }

    private static void print(String what, Object value) {
        System.out.println(what + ' ' + value);
    }
}
