package io.codetag.spi;

import io.codetag.BitClaim;
import io.codetag.PageFlagsLayout;
import io.codetag.PageTotals;
import io.codetag.StorageFacts;
import java.util.List;

/**
 * What a tagger asks of a profiler off its fast path: references in composed stores, policies, and what went wrong.
 *
 * <p>But for claims of bits, no method throws, blocks on another recording thread, or logs. A store that throws is taken
 * out of use.
 *
 * <p><b>Thread safety.</b> All methods may be called concurrently; for one page the allocator orders them.
 *
 * @since 0.1
 */
public abstract class PageEngine {
    /** What {@link #exchange} returns when nothing was stored because the store failed. */
    public static final int FAILED = -1;

    /** For profilers. */
    protected PageEngine() {}

    /**
     * Decides whether a new reference to a tag is recorded.
     *
     * @param code the tag's code, 0 for none
     * @return the code; 0 if the policy, the switch or a failure says no
     */
    public abstract int admit(int code);

    /**
     * Stores a reference in whatever store it belongs to and returns the one it replaced.
     *
     * @param pfn the page
     * @param code the new code: none, empty, or a tag's
     * @return the former code, never {@link TagCodes#ESCAPED}; or {@link #FAILED}
     */
    public abstract int exchange(long pfn, int code);

    /**
     * Reads a reference.
     *
     * @param pfn the page
     * @return its code, never {@link TagCodes#ESCAPED}
     */
    public abstract int get(long pfn);

    /**
     * Notes that references of two pages are about to be exchanged. A profiler that looks for references one page after
     * the other has to know, since it may look at each page while the reference is at the other.
     */
    public void moving() {}

    /** Notes that what {@link #moving} announced has ended. */
    public void moved() {}

    /**
     * Stores a reference in the overflow store.
     *
     * @param pfn the page
     * @param code a tag's code
     * @return what belongs into the flag word: {@link TagCodes#ESCAPED}, or {@link TagCodes#NONE} if that failed
     */
    public abstract int escape(long pfn, int code);

    /**
     * Reads a reference in the overflow store.
     *
     * @param pfn the page
     * @return its code; 0 if there is none
     */
    public abstract int getEscaped(long pfn);

    /**
     * Takes a reference out of the overflow store.
     *
     * @param pfn the page
     * @return its code; 0 if there is none
     */
    public abstract int takeEscaped(long pfn);

    /**
     * Notes that a tag's counters could not be kept, for want of memory.
     *
     * @param code the tag's code
     */
    public abstract void inaccurate(int code);

    /**
     * Notes an allocation of a page whose reference was live; it has been credited.
     *
     * @param pfn the page
     * @param order the order of the new block
     * @param code the tag that was credited
     */
    public abstract void addedOntoLive(long pfn, int order, int code);

    /**
     * Notes a free of a page that had no reference.
     *
     * @param pfn the page
     * @param order the order of the block
     */
    public abstract void freedNone(long pfn, int order);

    /**
     * Notes a call with a page or an order out of range; it was ignored.
     *
     * @param pfn the page
     * @param order the order
     */
    public abstract void outOfRange(long pfn, int order);

    /**
     * Notes that the allocator could not serve a request.
     *
     * @param order log2 of the pages that were asked for
     */
    public abstract void allocationFailed(int order);

    /**
     * Returns the package whose frames are no call sites.
     *
     * @return the allocator's package
     */
    public abstract String allocatorPackage();

    /**
     * Extends the pages.
     *
     * @param pageCount the new number of pages
     */
    public abstract void grow(long pageCount);

    /**
     * Claims bits of the flag word for the allocator, as {@link io.codetag.PageTagger#claimBits} says.
     *
     * @param field the bits
     * @return what became of the claim
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public abstract BitClaim claimBits(PageFlagsLayout.Field field) throws InterruptedException;

    /**
     * Takes claimed bits back, as {@link io.codetag.PageTagger#returnBits} says.
     *
     * @param field the bits
     * @throws InterruptedException if the waiting thread was interrupted
     */
    public abstract void returnBits(PageFlagsLayout.Field field) throws InterruptedException;

    /**
     * Returns the bits that were claimed and not given back.
     *
     * @return the fields; unmodifiable
     */
    public abstract List<PageFlagsLayout.Field> claimedBits();

    /**
     * Says where references are kept.
     *
     * @return the facts at this moment
     */
    public abstract StorageFacts storage();

    /**
     * Sums up these pages.
     *
     * @return the totals at this moment
     */
    public abstract PageTotals totals();

    /** Credits every live reference and gives the stores back. */
    public abstract void close();
}
