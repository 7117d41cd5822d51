package io.codetag;

import io.codetag.spi.PageEngine;
import io.codetag.spi.TagCodes;
import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands behind the taggers of a process without a profiler. */
final class InertEngine extends PageEngine {
    static final TagStripes STRIPES = new InertStripes();

    private final PageSpec spec;
    private final List<PageFlagsLayout.Field> claimed = new CopyOnWriteArrayList<>();

    InertEngine(PageSpec spec) {
        this.spec = spec;
    }

    @Override
    public int admit(int code) {
        return TagCodes.NONE;
    }

    @Override
    public int exchange(long pfn, int code) {
        return FAILED;
    }

    @Override
    public int get(long pfn) {
        return TagCodes.NONE;
    }

    @Override
    public int escape(long pfn, int code) {
        return TagCodes.NONE;
    }

    @Override
    public int getEscaped(long pfn) {
        return TagCodes.NONE;
    }

    @Override
    public int takeEscaped(long pfn) {
        return TagCodes.NONE;
    }

    @Override
    public void inaccurate(int code) {}

    @Override
    public void addedOntoLive(long pfn, int order, int code) {}

    @Override
    public void freedNone(long pfn, int order) {}

    @Override
    public void outOfRange(long pfn, int order) {}

    @Override
    public void allocationFailed(int order) {}

    @Override
    public String allocatorPackage() {
        return "";
    }

    @Override
    public void grow(long pageCount) {}

    @Override
    public synchronized BitClaim claimBits(PageFlagsLayout.Field field) {
        PageFlagsLayout layout = spec.layout();
        if (layout == null) {
            throw new IllegalArgumentException("allocator '" + spec.name() + "' has no flag words");
        }
        for (PageFlagsLayout.Field earlier : claimed) {
            layout = layout.with(earlier);
        }
        layout.with(field); // refuses what is in use
        claimed.add(field);
        return new BitClaim(field, true, 0, "there is no profiler");
    }

    @Override
    public synchronized void returnBits(PageFlagsLayout.Field field) {
        if (!claimed.remove(field)) {
            throw new IllegalArgumentException("allocator '" + spec.name() + "' did not claim " + field);
        }
    }

    @Override
    public List<PageFlagsLayout.Field> claimedBits() {
        return List.copyOf(claimed);
    }

    @Override
    public StorageFacts storage() {
        return new StorageFacts(
                spec.name(),
                "none",
                0,
                0,
                0,
                0,
                OverflowPolicy.DISABLE,
                null,
                0,
                false,
                "there is no profiler",
                0,
                "there is no profiler; put codetag-core and a backend beside codetag-api");
    }

    @Override
    public PageTotals totals() {
        return new PageTotals(spec.name(), 0, 0, OptionalLong.empty());
    }

    @Override
    public void close() {}

    /** One stripe for all: nothing is ever counted in it. */
    private static final class InertStripes extends TagStripes {
        private final TagStripe none = new TagStripe(0, true);

        @Override
        public TagStripe current() {
            return none;
        }

        @Override
        public TagStripe lease() {
            return none;
        }

        @Override
        public void release(TagStripe stripe) {}
    }
}
