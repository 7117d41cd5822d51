package io.codetag.testkit;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.TagSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a profiler has to say after the same calls, kept in plain maps: the calls and bytes of each tag, those of each
 * allocator's pages, and the reference of each page.
 *
 * <p>The counts of this model are sums of what the calls say. As long as every block is freed, split and trimmed with
 * the order it has, they are also those of the live references; {@link Pages#recomputed} says the latter.
 *
 * <p><b>Thread safety.</b> None: one thread at a time.
 *
 * @since 0.1
 */
public final class ReferenceModel {
    private final TagSpace space;
    private final Map<AllocTag, AllocCounts> counts = new HashMap<>();
    private final Map<AllocTag, AllocCounts> charges = new HashMap<>();
    private final List<Pages> attached = new ArrayList<>();
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
    public Pages attach(PageSpec spec) {
        final Pages pages = new Pages(spec);
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
        if (!recording || tag.space() != space) {
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

    /** What a page remembers; no tag means deliberately untracked. A page without a reference has none of these. */
    private record Reference(@Nullable AllocTag tag, int order) {
        Reference inOrder(int newOrder) {
            return new Reference(tag, newOrder);
        }
    }

    /**
     * A model of one tagger; each method does what that of {@link PageTagger} does. The fused operations take no flag
     * word: the model knows the reference.
     *
     * @since 0.1
     */
    public final class Pages {
        private final Map<Long, Reference> references = new HashMap<>();
        private final int pageSize;
        private final int maxOrder;
        private Predicate<AllocTag> admission = tag -> true;
        private AllocCounts total = AllocCounts.ZERO;
        private long pageCount;
        private long outOfRange;

        private Pages(PageSpec spec) {
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
            if (recording && inRange(pfn, order)) {
                final boolean recorded = tag.space() == space && admission.test(tag);
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
                counts.merge(reference.tag(), change, AllocCounts::plus);
                total = total.plus(change);
            }
        }

        private AllocCounts block(int order, int calls) {
            return new AllocCounts(calls * ((long) pageSize << order), calls);
        }
    }
}
