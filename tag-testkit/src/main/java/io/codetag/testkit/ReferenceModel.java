package io.codetag.testkit;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageSpec;
import io.codetag.TagSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a profiler has to say after the same calls, kept in plain maps: the calls and bytes of each tag, and what was
 * charged. The pages of each allocator are in a {@link PagesModel}.
 *
 * <p>The counts of this model are sums of what the calls say. As long as every block is freed, split and trimmed with
 * the order it has, they are also those of the live references; {@link PagesModel#recomputed} says the latter.
 *
 * <p><b>Thread safety.</b> None: one thread at a time.
 *
 * @since 0.1
 */
public final class ReferenceModel {
    private final TagSpace space;
    private final Map<AllocTag, AllocCounts> counts = new HashMap<>();
    private final Map<AllocTag, AllocCounts> charges = new HashMap<>();
    private final List<PagesModel> attached = new ArrayList<>();
    private AllocCounts charged = AllocCounts.ZERO;
    private boolean recording = true;

    /**
     * Makes a model that records.
     *
     * @param space the tag space; tags of another are not recorded
     */
    public ReferenceModel(TagSpace space) {
        this.space = space;
    }

    /**
     * Attaches an allocator.
     *
     * @param spec its pages
     * @return a model of its tagger
     */
    public PagesModel attach(PageSpec spec) {
        final PagesModel pages = new PagesModel(this, spec);
        attached.add(pages);
        return pages;
    }

    /**
     * Switches recording. While off, allocations and charges leave no trace, and what was recorded before is credited
     * when it is freed.
     *
     * @param on whether allocations are recorded from now on
     */
    public void recording(boolean on) {
        recording = on;
    }

    /**
     * Charges memory that is no page.
     *
     * @param tag who allocates
     * @param bytes how much
     * @return whether it was counted; only then it is to be discharged
     */
    public boolean charge(AllocTag tag, long bytes) {
        if (!recording || !isOwn(tag)) {
            return false;
        }
        final AllocCounts more = new AllocCounts(bytes, 1);
        counts.merge(tag, more, AllocCounts::plus);
        charges.merge(tag, more, AllocCounts::plus);
        charged = charged.plus(more);
        return true;
    }

    /**
     * Credits memory that is no page.
     *
     * @param tag who was charged
     * @param bytes how much was charged
     */
    public void discharge(AllocTag tag, long bytes) {
        final AllocCounts less = new AllocCounts(-bytes, -1);
        counts.merge(tag, less, AllocCounts::plus);
        charges.merge(tag, less, AllocCounts::plus);
        charged = charged.plus(less);
    }

    /**
     * Returns the counts of a tag.
     *
     * @param tag the tag
     * @return pages of all allocators, and charged memory
     */
    public AllocCounts counts(AllocTag tag) {
        return counts.getOrDefault(tag, AllocCounts.ZERO);
    }

    /**
     * Returns the counts of a tag, computed from the live references and charges alone: what a census finds.
     *
     * @param tag the tag
     * @return pages of all allocators, and charged memory
     */
    public AllocCounts recomputed(AllocTag tag) {
        return attached.stream()
                .map(pages -> pages.recomputed(tag))
                .reduce(charges.getOrDefault(tag, AllocCounts.ZERO), AllocCounts::plus);
    }

    /**
     * Returns the sum of what was charged and not discharged.
     *
     * @return bytes and calls
     */
    public AllocCounts charged() {
        return charged;
    }

    boolean isRecording() {
        return recording;
    }

    /** Says whether a tag can be recorded here. */
    boolean isOwn(AllocTag tag) {
        return tag.space() == space;
    }

    /** Counts pages of a tag. */
    void count(AllocTag tag, AllocCounts change) {
        counts.merge(tag, change, AllocCounts::plus);
    }
}
