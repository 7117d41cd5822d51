package io.codetag.moduletests.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.ChargeLease;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Profiling;
import io.codetag.StorageFacts;
import io.codetag.TagScope;
import io.codetag.spi.HeapSizes;
import io.codetag.spi.RecordingSwitch;
import io.codetag.spi.TagStripe;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Calls everything that tag-api has, needs nothing else, and prints what came of it. */
public final class UnprofiledProgram {
    private static final AllocTag TAG = AllocTags.here();
    private static final long WORD = 0x5a5a_0000_0000_0042L;
    private static final int ROUNDS = 100_000;

    private UnprofiledProgram() {}

    public static void main(String[] args) {
        final Set<Thread> threads = Thread.getAllStackTraces().keySet();
        print("before", state());
        print("scope-before", scope());
        print("charge-before", TAG.charge(4096));
        final long[] words = new long[64];
        Arrays.fill(words, WORD);
        final PageFlagsLayout layout = PageFlagsLayout.builder()
                .field("own", 0, 8)
                .field("top", 32, 32)
                .build();
        final PageTagger tagger = AllocTags.attach(PageSpec.builder("pool", 32, 4096)
                .flags(FlagWords.of(words), layout)
                .orders(pfn -> 0)
                .build());
        print("after", state());
        final StorageFacts facts = tagger.storage();
        print("store", facts.store() + ", " + facts.bytesOccupied() + " bytes, " + facts.reason());
        print("scope", scope());
        print("charge", TAG.charge(4096));
        for (int round = 0; round < ROUNDS; round++) {
            useEverything(tagger);
        }
        outOfRange(tagger);
        print("totals", tagger.totals());
        tagger.close();
        useEverything(tagger);
        print("words", Arrays.stream(words).allMatch(word -> word == WORD) ? "untouched" : "changed");
        print(
                "tag",
                TAG.counts() + ", code " + TAG.resolve().code() + ", "
                        + TAG.place().function());
        print("module", module());
        print("switch-on", switchedOn());
        print("start", AllocTags.start());
        print("heap", HeapSizes.referenceBytes() + " " + HeapSizes.array(1, Long.BYTES) + ' ' + HeapSizes.object(4));
        final Set<String> started = new TreeSet<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threads.contains(thread))
                .forEach(thread -> started.add(thread.getName()));
        print("threads", started);
    }

    private static void useEverything(PageTagger tagger) {
        tagger.add(0, 2, TAG);
        tagger.add(4, 2);
        tagger.split(0, 2, 0);
        tagger.trim(4, 2, 1);
        tagger.swap(8, 4, 1);
        tagger.clear(0);
        tagger.clear(8, 1);
        tagger.sub(1, 0);
        final TagStripe stripe = tagger.lease();
        long word = tagger.stamp(16, 3, WORD, TAG);
        word = tagger.stamp(stripe, 16, 3, word, TAG);
        final long copy = tagger.copyStamp(16, word, 20, 2, WORD);
        tagger.restamp(16, 3, 2, word);
        word = tagger.unstamp(20, 2, copy) ^ tagger.unstamp(stripe, 16, 2, word);
        tagger.release(stripe);
        if (word != 0) {
            throw new IllegalStateException("a word was changed: " + Long.toHexString(word));
        }
        tagger.allocationFailed(10);
        tagger.grow(64);
        AllocTags.discharge(TAG.charge(100), 100);
        AllocTags.discharge(3, 100);
        try (ChargeLease lease = AllocTags.lease()) {
            lease.discharge(lease.charge(TAG, 100), 100);
            lease.discharge(3, 100);
        }
    }

    private static void outOfRange(PageTagger tagger) {
        for (long pfn : new long[] {Long.MIN_VALUE, -1, 64, Long.MAX_VALUE}) {
            for (int order : new int[] {Integer.MIN_VALUE, -1, 0, 11, Integer.MAX_VALUE}) {
                tagger.add(pfn, order, TAG);
                tagger.sub(pfn, order);
                tagger.split(pfn, order, 0);
                tagger.trim(pfn, order, 0);
                tagger.swap(pfn, 0, order);
                tagger.clear(pfn, order);
                tagger.unstamp(pfn, order, tagger.stamp(pfn, order, WORD, TAG));
            }
        }
    }

    private static String scope() {
        try (TagScope outer = TAG.enter();
                TagScope inner = AllocTags.current().enter()) {
            return outer.equals(inner) ? "none" : "entered";
        }
    }

    private static String module() {
        final CodeModule module = CodeModule.load("plugin", List.of(CodeTag.of("a.B", "B.java", 1, "c")));
        return module.name() + ", " + module.tags().size() + " tag, loaded " + module.isLoaded() + ", unloaded "
                + module.unload() + ", core '"
                + CodeModule.of(UnprofiledProgram.class).name() + '\'';
    }

    private static String switchedOn() {
        try {
            Profiling.switchOn();
            return "done";
        } catch (IllegalStateException refused) {
            return refused.getMessage();
        }
    }

    private static String state() {
        return Profiling.state() + ", allocating " + RecordingSwitch.allocating() + ", freeing "
                + RecordingSwitch.freeing();
    }

    private static void print(String what, Object value) {
        System.out.println(what + ' ' + value);
    }
}
