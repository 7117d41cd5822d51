package io.codetag.testkit;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model of one tagger; each method does what that of {@link PageTagger} does. The fused operations take no flag
 * word: the model knows the reference. Made by {@link ReferenceModel#attach}.
 *
 * <p>The counts are sums of what the calls say. As long as every block is freed, split and trimmed with the order it has,
 * they are also those of the live references; {@link #recomputed} says the latter.
 *
 * <p><b>Thread safety.</b> None: one thread at a time.
 *
 * @since 0.1
 */
public final class PagesModel {
    private final ReferenceModel profiler;
    private final Map<Long, Reference> references = new HashMap<>();
    private final int pageSize;
    private final int maxOrder;
    private Predicate<AllocTag> admission = tag -> true;
    private AllocCounts total = AllocCounts.ZERO;
    private long pageCount;
    private long outOfRange;

    PagesModel(ReferenceModel profiler, PageSpec spec) {
        this.profiler = profiler;
        pageSize = spec.pageSize();
        maxOrder = spec.maxOrder();
        pageCount = spec.pageCount();
    }

    /**
     * Sets which allocations the overflow policy records; all unless set.
     *
     * @param admitted asked once for each allocation, after the tagger has recorded it, so that the tag has its code
     */
    public void admission(Predicate<AllocTag> admitted) {
        admission = admitted;
    }

    /**
     * Allocation of a block.
     *
     * @param pfn its first page
     * @param order log2 of its pages
     * @param tag who allocates
     */
    public void add(long pfn, int order, AllocTag tag) {
        if (profiler.isRecording() && inRange(pfn, order)) {
            final boolean recorded = profiler.isOwn(tag) && admission.test(tag);
            place(pfn, order, recorded ? new Reference(tag, order) : null);
        }
    }

    /**
     * Free of a block.
     *
     * @param pfn its first page
     * @param order log2 of its pages
     */
    public void sub(long pfn, int order) {
        if (inRange(pfn, order)) {
            count(references.remove(pfn), order, -1);
        }
    }

    /**
     * A block becomes several.
     *
     * @param pfn its first page
     * @param oldOrder log2 of its pages
     * @param newOrder log2 of the pages of each piece
     */
    public void split(long pfn, int oldOrder, int newOrder) {
        if (isResize(pfn, oldOrder, newOrder) && references.containsKey(pfn)) {
            final long end = pfn + (1L << oldOrder);
            for (long piece = pfn + (1L << newOrder); piece < end; piece += 1L << newOrder) {
                place(piece, newOrder, references.get(pfn));
            }
            resize(pfn, oldOrder, newOrder);
        }
    }

    /**
     * The tail of a block is freed.
     *
     * @param pfn its first page
     * @param oldOrder log2 of its pages
     * @param newOrder log2 of the pages that stay
     */
    public void trim(long pfn, int oldOrder, int newOrder) {
        if (isResize(pfn, oldOrder, newOrder)) {
            resize(pfn, oldOrder, newOrder);
        }
    }

    /**
     * Two blocks exchange their references.
     *
     * @param newPfn the first page of one
     * @param oldPfn the first page of the other
     * @param order log2 of the pages of each
     */
    public void swap(long newPfn, long oldPfn, int order) {
        if (inRange(newPfn, order) && inRange(oldPfn, order) && newPfn != oldPfn) {
            final Reference moving = references.remove(oldPfn);
            final Reference replaced = references.remove(newPfn);
            put(newPfn, moving);
            put(oldPfn, replaced);
        }
    }

    /**
     * A block becomes deliberately untracked.
     *
     * @param pfn its first page
     * @param order log2 of its pages
     */
    public void clear(long pfn, int order) {
        if (inRange(pfn, order)) {
            count(references.put(pfn, new Reference(null, order)), order, -1);
        }
    }

    /**
     * Fused allocation.
     *
     * @param pfn the block's first page
     * @param order log2 of its pages
     * @param tag who allocates
     */
    public void stamp(long pfn, int order, AllocTag tag) {
        add(pfn, order, tag);
    }

    /**
     * Fused free.
     *
     * @param pfn the block's first page
     * @param order log2 of its pages
     */
    public void unstamp(long pfn, int order) {
        sub(pfn, order);
    }

    /**
     * Fused copy of a reference to a new head.
     *
     * @param headPfn the block's first page
     * @param newPfn the first page of the new piece
     * @param newOrder log2 of the pages of the piece
     */
    public void copyStamp(long headPfn, long newPfn, int newOrder) {
        if (inRange(headPfn, 0) && inRange(newPfn, newOrder)) {
            place(newPfn, newOrder, references.get(headPfn));
        }
    }

    /**
     * Fused change of a block's order.
     *
     * @param pfn the block's first page
     * @param oldOrder log2 of its pages before
     * @param newOrder log2 of its pages from now on
     */
    public void restamp(long pfn, int oldOrder, int newOrder) {
        trim(pfn, oldOrder, newOrder);
    }

    /**
     * Extends the pages.
     *
     * @param newPageCount the new number of pages
     */
    public void grow(long newPageCount) {
        pageCount = newPageCount;
    }

    /** Credits every live reference. */
    public void close() {
        references.values().forEach(reference -> count(reference, reference.order(), -1));
        references.clear();
    }

    /**
     * Returns the tag of a page's reference.
     *
     * @param pfn the page
     * @return the tag; null if the page has no reference or is deliberately untracked
     */
    public @Nullable AllocTag tag(long pfn) {
        final Reference reference = references.get(pfn);
        return reference == null ? null : reference.tag();
    }

    /**
     * Says whether a page is deliberately untracked.
     *
     * @param pfn the page
     * @return whether its free is silent
     */
    public boolean isEmpty(long pfn) {
        final Reference reference = references.get(pfn);
        return reference != null && reference.tag() == null;
    }

    /**
     * Returns the counts of these pages.
     *
     * @return bytes and calls of all tags
     */
    public AllocCounts counts() {
        return total;
    }

    /**
     * Returns the counts of the live references of these pages, computed from the references alone.
     *
     * @return bytes and calls of all tags
     */
    public AllocCounts recomputed() {
        return recomputed(reference -> reference.tag() != null);
    }

    /**
     * Returns the counts of the live references of these pages to one tag, computed from the references alone.
     *
     * @param tag the tag
     * @return bytes and calls
     */
    public AllocCounts recomputed(AllocTag tag) {
        return recomputed(reference -> reference.tag() == tag);
    }

    private AllocCounts recomputed(Predicate<Reference> counted) {
        return references.values().stream()
                .filter(counted)
                .map(reference -> block(reference.order(), 1))
                .reduce(AllocCounts.ZERO, AllocCounts::plus);
    }

    /**
     * Returns how many calls were ignored since their pages or orders were out of range.
     *
     * @return calls
     */
    public long outOfRange() {
        return outOfRange;
    }

    private boolean inRange(long pfn, int order) {
        final boolean within = order >= 0 && order <= maxOrder && pfn >= 0 && pfn <= pageCount - (1L << order);
        outOfRange += within ? 0 : 1;
        return within;
    }

    private boolean isResize(long pfn, int oldOrder, int newOrder) {
        if (!inRange(pfn, oldOrder)) {
            return false;
        }
        final boolean smaller = newOrder >= 0 && newOrder <= oldOrder;
        outOfRange += smaller ? 0 : 1;
        return smaller && newOrder < oldOrder;
    }

    private void place(long pfn, int order, @Nullable Reference reference) {
        final Reference former = references.remove(pfn);
        put(pfn, reference == null ? null : reference.inOrder(order));
        count(reference, order, 1);
        count(former, order, -1);
    }

    private void resize(long pfn, int oldOrder, int newOrder) {
        final Reference reference = references.get(pfn);
        if (reference != null) {
            put(pfn, reference.inOrder(newOrder));
            count(reference, newOrder, 1);
            count(reference, oldOrder, -1);
        }
    }

    private void put(long pfn, @Nullable Reference reference) {
        if (reference != null) {
            references.put(pfn, reference);
        }
    }

    private void count(@Nullable Reference reference, int order, int calls) {
        if (reference != null && reference.tag() != null) {
            final AllocCounts change = block(order, calls);
            profiler.count(reference.tag(), change);
            total = total.plus(change);
        }
    }

    private AllocCounts block(int order, int calls) {
        return new AllocCounts(calls * ((long) pageSize << order), calls);
    }

    /** What a page remembers; no tag means deliberately untracked. A page without a reference has none of these. */
    private record Reference(@Nullable AllocTag tag, int order) {
        Reference inOrder(int newOrder) {
            return new Reference(tag, newOrder);
        }
    }
}
