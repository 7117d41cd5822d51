package io.codetag.testkit;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import io.codetag.TagSpace;
import io.codetag.spi.ProfilerEngine;
import io.codetag.spi.TagCodes;
import io.codetag.spi.TagDeclaration;
import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The least that a tagger needs behind it: ids in the order of first use, one shared stripe for each allocator. */
final class PlainProfiler extends ProfilerEngine {
    final TagSpace space = new TagSpace();
    private final Set<PlainPages.Defect> defects = EnumSet.noneOf(PlainPages.Defect.class);
    private final List<PlainPages> attached = new ArrayList<>();
    private final ConcurrentMap<Integer, AllocCounts> charged = new ConcurrentHashMap<>();
    private int nextCode = TagCodes.FIRST_TAG;
    private volatile boolean recording = true;

    PlainProfiler(PlainPages.Defect... defects) {
        this.defects.addAll(List.of(defects));
        space.connect(this);
    }

    List<AllocTag> tags(int count) {
        final List<CodeTag> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(CodeTag.of("com.acme.Tags", "Tags.java", i + 1, "tag" + i));
        }
        return space.load("tags", places).tags();
    }

    @Override
    public PageTagger attach(PageSpec spec, String callerPackage) {
        final TagStripe stripe = new TagStripe(spec.maxOrder() + 1, true);
        final var field = spec.layout() == null ? null : spec.layout().tagField(Long.SIZE);
        final PageTagger.Placement placement =
                field == null ? PageTagger.Placement.elsewhere() : PageTagger.Placement.inWord(field);
        return PageTagger.create(space, spec, placement.debug(true), new OneStripe(stripe), control -> {
            final PlainPages pages = new PlainPages(spec, field, stripe, defects, () -> recording);
            attached.add(pages);
            control.limit(field == null ? 0 : field.maxCode());
            pages.onRecording(on -> control.limit(on && field != null ? field.maxCode() : 0));
            return pages;
        });
    }

    @Override
    public synchronized int firstUse(AllocTag tag, TagDeclaration declaration, String allocatorPackage) {
        return nextCode++;
    }

    @Override
    public void firstUseFailed() {
        throw new AssertionError("first use failed");
    }

    @Override
    public synchronized int[] load(String name, List<AllocTag> tags, List<CodeTag> places) {
        final int[] ids = new int[tags.size() + 1];
        for (int i = 1; i < ids.length; i++) {
            ids[i] = nextCode++;
        }
        return ids;
    }

    @Override
    public int moduleOf(Class<?> type) {
        return 0;
    }

    @Override
    public String moduleName(int module) {
        return "";
    }

    @Override
    public boolean unload(int module) {
        return false;
    }

    @Override
    public boolean isLoaded(int module) {
        return true;
    }

    @Override
    public int charge(int code, long bytes) {
        if (!recording) {
            return 0;
        }
        charged.merge(code, new AllocCounts(bytes, 1), AllocCounts::plus);
        return code;
    }

    @Override
    public void discharge(int code, long bytes) {
        charged.merge(code, new AllocCounts(-bytes, -1), AllocCounts::plus);
    }

    @Override
    public int charge(TagStripe stripe, int code, long bytes) {
        return charge(code, bytes);
    }

    @Override
    public void discharge(TagStripe stripe, int code, long bytes) {
        discharge(code, bytes);
    }

    @Override
    public TagStripes chargeStripes() {
        return new OneStripe(new TagStripe(2, true));
    }

    @Override
    public AllocCounts counts(int code) {
        return attached.stream()
                .map(pages -> pages.counts(code))
                .reduce(charged.getOrDefault(code, AllocCounts.ZERO), AllocCounts::plus);
    }

    @Override
    public CodeTag place(int code) {
        return null;
    }

    @Override
    public ProfilingState state() {
        return recording ? ProfilingState.ON : ProfilingState.DRAINING;
    }

    @Override
    public void record(boolean on) {
        recording = on;
        attached.forEach(pages -> pages.recording(on));
    }

    int codes() {
        return nextCode;
    }

    /** One shared stripe for everybody. */
    private static final class OneStripe extends TagStripes {
        private final TagStripe stripe;

        OneStripe(TagStripe stripe) {
            this.stripe = stripe;
        }

        @Override
        public TagStripe current() {
            return stripe;
        }

        @Override
        public TagStripe lease() {
            return stripe;
        }

        @Override
        public void release(TagStripe leased) {}
    }
}
