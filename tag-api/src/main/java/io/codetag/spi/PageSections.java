package io.codetag.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A sparse side table: a 2-byte slot for each page, in sections that are created when a page of theirs gets its first
 * code, and a 4-byte twin for codes that do not fit. Nothing that is there is ever moved or given back.
 *
 * <p>A slot holds the page's code; or {@link TagCodes#ESCAPED}, and then the store that owns the sections knows it. A
 * store that hands its sections to the tagger lets it read and write slots itself, in the fused operations, whose pages
 * have one owner at a time.
 *
 * <p><b>Thread safety.</b> Safe. Looking up takes no lock; creating does.
 *
 * @since 0.1
 */
public final class PageSections {
    /** Pages of one section. */
    public static final int SECTION_PAGES = 1 << 13;

    /** Pages whose slots share 64 bytes. */
    private static final int LINE_PAGES = 32;

    /** The length of a section's slots, and of its twin: of one line that nobody writes, and of its pages. */
    public static final int SECTION_LENGTH = LINE_PAGES + SECTION_PAGES;

    /** The most pages that can be addressed. */
    public static final long MAX_PAGES = 1L << 52;

    /*
     *   pfn:   | chunk, 30 bits | section in chunk, 9 bits | page in section, 13 bits |
     *
     *   root[chunk] --> | slots 0 | twin 0 | slots 1 | twin 1 | … | slots 511 | twin 511 |
     *                        |        |
     *                        |        +--> int[32 + 8 192], once a code of section 0 did not fit its slot
     *                        +-----------> char[32 + 8 192], once a page of section 0 got a code
     *
     * The first 32 are never written: every access reads the length of the array, just before them, and would wait for
     * its line whenever another thread had written the slot of one of the first pages.
     *
     * Publication: what is created is written with release semantics under this directory's lock, and read with acquire
     * semantics without it. The root is copied when it grows, also under the lock; whoever still holds the old one
     * misses only what was created since, and looks again under the lock before creating anything.
     *
     * Memory is taken before anything is changed: a thread that runs out of it leaves everything as it was.
     */
    private static final int SECTION_SHIFT = 13;
    private static final int CHUNK_SECTIONS = 1 << 9;
    private static final int CHUNK_SHIFT = SECTION_SHIFT + 9;
    private static final long CHUNK_PAGES = 1L << CHUNK_SHIFT;
    private static final VarHandle ROOT = rootHandle();
    private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(Object[][].class);
    private static final VarHandle SECTION = MethodHandles.arrayElementVarHandle(Object[].class);

    private static final long CHUNK_BYTES = HeapSizes.references(2L * CHUNK_SECTIONS);
    private static final long SLOTS_BYTES = HeapSizes.array(SECTION_LENGTH, Character.BYTES);
    private static final long TWIN_BYTES = HeapSizes.array(SECTION_LENGTH, Integer.BYTES);

    /** Read without the lock by {@link #rootAcquire} only. */
    private @Nullable Object[] @Nullable [] root = new @Nullable Object[0] @Nullable [];

    /** Bytes of chunks, slots and twins; written under the lock. */
    private volatile long sectionBytes;

    /** Makes a table without a section. */
    public PageSections() {}

    /**
     * Returns the slots of the section that a page is in.
     *
     * @param pfn the page, not below 0
     * @return its section's slots; null if there are none
     */
    public char @Nullable [] slots(long pfn) {
        final @Nullable Object @Nullable [] chunk = chunk(pfn);
        return chunk == null ? null : (char[]) SECTION.getAcquire(chunk, slotsIndex(pfn));
    }

    /**
     * Returns the slots of the section that a page is in, if this thread sees them; for callers that otherwise do what
     * creates them. What is there is read plainly: a new array is all zeros to every thread, so that who sees it before
     * what was done to it sees nothing missing but what it would create itself.
     *
     * @param pfn the page, not below 0
     * @return its section's slots; null if this thread sees none
     */
    public char @Nullable [] slotsIfSeen(long pfn) {
        final @Nullable Object[] @Nullable [] chunks = root;
        final int index = (int) (pfn >>> CHUNK_SHIFT); // of 30 bits
        if (index < chunks.length) {
            final @Nullable Object @Nullable [] chunk = chunks[index];
            return chunk == null ? null : (char[]) chunk[slotsIndex(pfn)];
        }
        return null;
    }

    /**
     * Returns the twin of the section that a page is in.
     *
     * @param pfn the page, not below 0
     * @return its section's twin; null if there is none
     */
    public int @Nullable [] twin(long pfn) {
        final @Nullable Object @Nullable [] chunk = chunk(pfn);
        return chunk == null ? null : (int[]) SECTION.getAcquire(chunk, slotsIndex(pfn) + 1);
    }

    /**
     * Returns the slots of the section that a page is in, created if needed.
     *
     * @param pfn the page, 0 to {@link #MAX_PAGES} - 1
     * @return its section's slots
     * @throws OutOfMemoryError if there is no memory for them; nothing has changed then
     */
    public synchronized char[] createSlots(long pfn) {
        final @Nullable Object[] chunk = createChunk(pfn);
        final int index = slotsIndex(pfn);
        char[] slots = (char[]) chunk[index];
        if (slots == null) {
            slots = new char[SECTION_LENGTH];
            SECTION.setRelease(chunk, index, slots);
            sectionBytes += SLOTS_BYTES;
        }
        return slots;
    }

    /**
     * Returns the twin of the section that a page is in, created if needed.
     *
     * @param pfn the page, 0 to {@link #MAX_PAGES} - 1
     * @return its section's twin
     * @throws OutOfMemoryError if there is no memory for it; nothing has changed then
     */
    public synchronized int[] createTwin(long pfn) {
        final @Nullable Object[] chunk = createChunk(pfn);
        final int index = slotsIndex(pfn) + 1;
        int[] twin = (int[]) chunk[index];
        if (twin == null) {
            twin = new int[SECTION_LENGTH];
            SECTION.setRelease(chunk, index, twin);
            sectionBytes += TWIN_BYTES;
        }
        return twin;
    }

    /**
     * Returns where to look for the next section after that of a page which has none.
     *
     * @param pfn the page
     * @return the first page of what comes after the gap; {@link Long#MAX_VALUE} if nothing does
     */
    public long afterMissing(long pfn) {
        if (pfn >>> CHUNK_SHIFT >= rootAcquire().length) {
            return Long.MAX_VALUE;
        }
        final long pages = chunk(pfn) == null ? CHUNK_PAGES : SECTION_PAGES;
        return (pfn | (pages - 1)) + 1;
    }

    /**
     * Returns the memory of this table.
     *
     * @return bytes on the heap, of this object and of all that it created
     */
    public long bytesOccupied() {
        return HeapSizes.object(HeapSizes.referenceBytes() + Long.BYTES)
                + HeapSizes.references(rootAcquire().length)
                + sectionBytes;
    }

    /**
     * Says why so many pages cannot be addressed.
     *
     * @param pageCount more than {@link #MAX_PAGES}
     * @return a sentence
     */
    public static String tooManyPages(long pageCount) {
        return "there are " + pageCount + " pages, and a side table addresses at most " + MAX_PAGES;
    }

    /**
     * Returns where a page is in its section.
     *
     * @param pfn the page
     * @return an index of slots and twin
     */
    public static int page(long pfn) {
        return LINE_PAGES + ((int) pfn & (SECTION_PAGES - 1));
    }

    private @Nullable Object @Nullable [] chunk(long pfn) {
        final @Nullable Object[] @Nullable [] chunks = rootAcquire();
        final long index = pfn >>> CHUNK_SHIFT;
        return index < chunks.length ? (Object[]) CHUNK.getAcquire(chunks, (int) index) : null;
    }

    private synchronized @Nullable Object[] createChunk(long pfn) {
        final int index = (int) (pfn >>> CHUNK_SHIFT);
        @Nullable Object[] @Nullable [] chunks = root;
        if (index >= chunks.length) {
            chunks = new @Nullable Object[Math.max(1, Integer.highestOneBit(index) << 1)] @Nullable [];
            System.arraycopy(root, 0, chunks, 0, root.length);
            ROOT.setRelease(this, chunks);
        }
        @Nullable Object @Nullable [] chunk = chunks[index];
        if (chunk == null) {
            chunk = new @Nullable Object[2 * CHUNK_SECTIONS];
            CHUNK.setRelease(chunks, index, chunk);
            sectionBytes += CHUNK_BYTES;
        }
        return chunk;
    }

    private @Nullable Object[] @Nullable [] rootAcquire() {
        return (@Nullable Object[] @Nullable []) ROOT.getAcquire(this);
    }

    private static int slotsIndex(long pfn) {
        return ((int) (pfn >>> SECTION_SHIFT) & (CHUNK_SECTIONS - 1)) << 1;
    }

    private static VarHandle rootHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(PageSections.class, "root", Object[][].class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
