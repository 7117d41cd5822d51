package io.codetag.spi;

import io.codetag.CodeTag;
import io.codetag.PageFlagsLayout.Field;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one code for each page. A store knows nothing of tags, counters or reserved codes: it stores numbers.
 *
 * <p><b>Thread safety.</b> All methods may be called concurrently, also for the same page. {@link #get} is an acquire
 * read, {@link #set} a release write; {@link #compareAndSet} and {@link #getAndSet} are atomic and have volatile
 * semantics. Whatever shares memory with a code (other bits of a flag word, neighbouring pages) must survive.
 *
 * <p><b>Memory.</b> Opening allocates nothing that depends on the number of pages; memory is taken when pages are first
 * touched. {@link #bytesOccupied()} says how much.
 *
 * <p><b>Errors.</b> The caller has checked that {@code 0 <= pfn < pageCount} and {@code 0 <= code <= maxCode()}. A
 * store that throws is taken out of use for good: the profiler disables profiling of those pages and says why.
 *
 * <p>{@code PageTagStoreContract} of {@code codetag-testkit} tests all of this; a backend's test is one subclass.
 *
 * @since 0.1
 */
public interface PageTagStore extends AutoCloseable {
    /**
     * Returns the largest code this store can hold.
     *
     * @return the largest code, at least 3; constant but for {@link #resize}
     */
    int maxCode();

    /**
     * Returns the memory this store holds at this moment, on the heap and off it, in bytes; memory that belongs to the
     * allocator, such as its flag words, does not count.
     *
     * @return bytes, 0 or more
     */
    long bytesOccupied();

    /**
     * Reads a page's code.
     *
     * @param pfn the page
     * @return its code, 0 if none was set
     */
    int get(long pfn);

    /**
     * Writes a page's code.
     *
     * @param pfn the page
     * @param code the new code
     */
    void set(long pfn, int code);

    /**
     * Writes a page's code if it holds the expected one.
     *
     * @param pfn the page
     * @param expected the code it has to hold
     * @param code the new code
     * @return whether it was written; never false by accident
     */
    boolean compareAndSet(long pfn, int expected, int code);

    /**
     * Writes a page's code and returns the one it replaced.
     *
     * @param pfn the page
     * @param code the new code
     * @return the former code
     */
    int getAndSet(long pfn, int code);

    /**
     * Sets the codes of a range of pages to 0. Each page is cleared atomically, the range is not.
     *
     * @param fromPfn the first page
     * @param toPfn the page after the last
     */
    void clear(long fromPfn, long toPfn);

    /**
     * Visits the non-zero codes of a range in ascending order. Codes that change meanwhile may be seen or missed; no
     * page is visited twice.
     *
     * @param fromPfn the first page
     * @param toPfn the page after the last
     * @param visitor receives each page with a code; its return value says where to go on
     */
    void scan(long fromPfn, long toPfn, CodeVisitor visitor);

    /**
     * Extends the store to more pages; codes stay as they are. Not called concurrently with itself.
     *
     * @param pageCount the new number of pages, not less than before
     */
    void grow(long pageCount);

    /**
     * Returns the slots in which this store keeps codes, for a tagger that reads and writes them itself in the fused
     * operations: plainly, and only those of pages whose owner is the calling thread.
     *
     * @return the sections, always the same; null if the tagger has to ask this store
     */
    default @Nullable PageSections sections() {
        return null;
    }

    /**
     * Changes how many bits of the flag word hold a code, for a store whose provider named such a field. The lowest bit
     * stays. Called while no page has a code in the bits that change hands; operations under way on other pages may
     * still use the former width, and the profiler waits for them before the bits are put to another use. Asked with
     * the present field, it changes nothing.
     *
     * @param field the bits to use from now on
     * @return whether this store can do that; a store that says no keeps its bits while it is open
     */
    default boolean resize(Field field) {
        return false;
    }

    /**
     * Tells the name behind a code before, or shortly after, the code is first stored. A store that outlives the
     * process may write it down. Called by a daemon thread of the profiler, never under an allocator's lock.
     *
     * @param code the code
     * @param tag the place it stands for from now on
     */
    default void named(int code, CodeTag tag) {}

    /** Gives the memory back. No other method is called afterwards. */
    @Override
    default void close() {}
}
