package io.codetag;

import static io.codetag.spi.TagCodes.EMPTY;
import static io.codetag.spi.TagCodes.ESCAPED;
import static io.codetag.spi.TagCodes.FIRST_TAG;
import static io.codetag.spi.TagCodes.NONE;

import io.codetag.spi.PageEngine;
import io.codetag.spi.PageSections;
import io.codetag.spi.RecordingSwitch;
import io.codetag.spi.TagCodes;
import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an allocator calls: keeps a reference to a tag for each live block, and the tag's counters.
 *
 * <table>
 * <caption>What each operation does</caption>
 * <tr><th>operation</th><th>bytes</th><th>calls</th><th>reference</th></tr>
 * <tr><td>add</td><td>+ size</td><td>+ 1</td><td>stored on the head page, then counted</td></tr>
 * <tr><td>sub</td><td>- size</td><td>- 1</td><td>cleared, then credited to the recorded tag</td></tr>
 * <tr><td>split</td><td>0</td><td>+ pieces - 1</td><td>copied to every new head</td></tr>
 * <tr><td>trim</td><td>- rest</td><td>0</td><td>the head keeps it, with the new order</td></tr>
 * <tr><td>swap</td><td>0</td><td>0</td><td>exchanged, also when only one side has one</td></tr>
 * <tr><td>clear</td><td>- size if any</td><td>- 1 if any</td><td>empty: its free is silent</td></tr>
 * </table>
 *
 * <p>The <em>fused</em> operations are for an allocator whose owner rewrites a page's flag word anyway: {@code stamp} at
 * allocation, {@code unstamp} at free, {@code copyStamp} for each new head at a split followed by one {@code restamp} of
 * the old head, {@code restamp} alone for a trim. They return the word for the allocator to store. Where references do
 * not sit in the flag word they return it as it came. Both families may be mixed as long as a page's word is not
 * written by others during a fused operation.
 *
 * <p>Wherever a {@link TagStripe} is taken, it is one that the calling thread leased by {@link #lease()}; the same
 * operation without it looks up the thread's own.
 *
 * <p>Where the profiler takes a census, nothing is counted here: the references say what is live, and a reader finds
 * them by the orders that the allocator tells.
 *
 * <p><b>Errors.</b> Nothing here throws, whatever is passed as page and order: what is out of range is ignored and
 * counted. Free of a page without a reference does nothing, so a double free through add and sub is harmless. An
 * allocation onto a live reference credits that one first, with the order of the new block.
 *
 * <p><b>Thread safety.</b> For one page the allocator orders the calls. Different pages are concurrent.
 *
 * @since 0.1
 */
public final class PageTagger implements AutoCloseable {
    private static final long NOTHING = Long.MIN_VALUE;

    /** Tags that a slot of two bytes has room for. */
    private static final long SLOT_TAGS = TagCodes.addressableTags(Character.MAX_VALUE);

    private static final VarHandle MASK;
    private static final VarHandle STAMPABLE;
    private static final VarHandle SLOTTABLE;
    private static final VarHandle COPYABLE;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            MASK = lookup.findVarHandle(PageTagger.class, "mask", long.class);
            STAMPABLE = lookup.findVarHandle(PageTagger.class, "stampable", long.class);
            SLOTTABLE = lookup.findVarHandle(PageTagger.class, "slottable", long.class);
            COPYABLE = lookup.findVarHandle(PageTagger.class, "copyable", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TagSpace space;
    private final PageEngine engine;
    private final TagStripes stripes;
    private final boolean fused;
    private final boolean debug;
    private final boolean census;

    /** The slots of the main store, if it lets them be read and written here. */
    private final @Nullable PageSections sections;

    /** The flag words, if references sit in them. */
    private final @Nullable FlagWords words;

    private final int shift;

    /** The reference to code 1 as it is in the word: multiplying needs no certain register, shifting does. */
    private final long unit;

    /** The reference to the first tag as it is in the word. */
    private final long firstReference;

    /** What is taken off a ticket to compare it with {@link #stampable}. */
    private final long origin;

    /**
     * The bits of the flag word that hold a reference. They narrow and widen with the claims of the allocator, while no
     * word has a code in the bits that change hands. Written opaque and read plain: what began before a change has ended
     * before the next step, and who learns that it has also sees the change.
     */
    private long mask;

    /**
     * For each order the last page at which a block of it may begin, not below 0 if there is any; looked up, since that is
     * shorter than to compute it. Plain, since an allocator publishes a page to its users after growing.
     */
    private long[] lastPfns;

    /**
     * How many tags may be stamped into the flag word at this moment, plus {@link Long#MIN_VALUE}, so that one signed
     * comparison of a ticket less {@link #origin} tells a tag without an id, one of another space, and one that does not
     * fit. Written opaque and read plain: whoever sees an old value stores a reference that is still valid.
     */
    private long stampable = NOTHING;

    /** How many tags the flag word has room for, also while none is stamped: a split copies what is there. Opaque. */
    @SuppressWarnings("UnusedVariable") // read through its VarHandle
    private int copyable;

    /** The mask; 0 in debug mode, where the engine looks at each free, and where no reference sits in the word. */
    private long creditable;

    /** As {@link #stampable}, for slots of {@link #sections}. */
    private long slottable = NOTHING;

    /** How many tags new references may be to, wherever they are stored, plus {@link Long#MIN_VALUE}. */
    private volatile long limit = NOTHING;

    private PageTagger(
            TagSpace space,
            PageSpec spec,
            Placement placement,
            TagStripes stripes,
            Function<Control, PageEngine> engine) {
        final PageFlagsLayout.Field field = placement.field;
        this.space = space;
        this.origin = space.ticket(FIRST_TAG) + Long.MIN_VALUE;
        this.lastPfns = lastPfns(spec.pageCount(), spec.maxOrder());
        this.fused = field != null;
        this.debug = placement.debug;
        this.sections = debug ? null : placement.sections;
        this.words = fused && !debug ? spec.flags() : null;
        this.shift = field == null ? 0 : field.shift();
        this.unit = 1L << shift;
        this.firstReference = FIRST_TAG * unit;
        this.mask = field == null ? 0 : field.mask();
        this.creditable = debug ? 0 : mask;
        this.copyable = field == null ? 0 : TagCodes.addressableTags(field.maxCode());
        this.stripes = stripes;
        this.census = !stripes.isCounting();
        this.engine = engine.apply(new Control());
    }

    /**
     * Makes a tagger; for profilers only.
     *
     * @param space the tag space whose handles it records
     * @param spec the pages
     * @param placement where the main store keeps references
     * @param stripes the counters
     * @param engine makes the part off the fast path, and is given the control over the new tagger
     * @return the tagger
     */
    public static PageTagger create(
            TagSpace space,
            PageSpec spec,
            Placement placement,
            TagStripes stripes,
            Function<Control, PageEngine> engine) {
        if (stripes.isCounting()) {
            RecordingSwitch.count();
        } else {
            RecordingSwitch.takeCensus();
        }
        return new PageTagger(space, spec, placement, stripes, engine);
    }

    static PageTagger inert(TagSpace space, PageSpec spec) {
        return new PageTagger(
                space, spec, Placement.elsewhere(), InertEngine.STRIPES, control -> new InertEngine(spec));
    }

    /**
     * Records the allocation of a block.
     *
     * @param pfn its first page
     * @param order log2 of its pages
     * @param tag who allocates
     */
    public void add(long pfn, int order, AllocTag tag) {
        if (RecordingSwitch.allocating()) {
            add(stripes.current(), pfn, order, tag);
        }
    }

    /**
     * Records the allocation of a block.
     *
     * @param stripe a stripe leased by the calling thread
     * @param pfn its first page
     * @param order log2 of its pages
     * @param tag who allocates
     */
    public void add(TagStripe stripe, long pfn, int order, AllocTag tag) {
        if (!RecordingSwitch.allocating()) {
            return;
        }
        try {
            final FlagWords flags = words;
            if (flags == null || !addToWord(flags, stripe, pfn, order, tag)) {
                addSlowly(stripe, pfn, order, tag);
            }
        } finally {
            Reference.reachabilityFence(tag); // its id must not return before it is counted
        }
    }

    /**
     * Records the allocation of a block by the current tag.
     *
     * @param pfn its first page
     * @param order log2 of its pages
     */
    public void add(long pfn, int order) {
        if (RecordingSwitch.allocating()) {
            add(pfn, order, space.current());
        }
    }

    /**
     * Credits the free of a block.
     *
     * @param pfn its first page
     * @param order log2 of its pages
     */
    public void sub(long pfn, int order) {
        if (RecordingSwitch.freeing()) {
            sub(stripes.current(), pfn, order);
        }
    }

    /**
     * Credits the free of a block.
     *
     * @param stripe a stripe leased by the calling thread
     * @param pfn its first page
     * @param order log2 of its pages
     */
    public void sub(TagStripe stripe, long pfn, int order) {
        if (RecordingSwitch.freeing()) {
            final FlagWords flags = words;
            if (flags == null || !subFromWord(flags, stripe, pfn, order)) {
                subSlowly(stripe, pfn, order);
            }
        }
    }

    /**
     * Records that a block became several smaller ones, all live.
     *
     * @param pfn its first page
     * @param oldOrder log2 of its pages
     * @param newOrder log2 of the pages of each piece, at most {@code oldOrder}
     */
    public void split(long pfn, int oldOrder, int newOrder) {
        if (RecordingSwitch.freeing() && resizable(pfn, oldOrder, newOrder)) {
            final int code = engine.get(pfn);
            if (code == NONE) {
                return;
            }
            final TagStripe stripe = stripes.current();
            final long end = pfn + (1L << oldOrder);
            for (long piece = pfn + (1L << newOrder); piece < end; piece += 1L << newOrder) {
                place(stripe, piece, newOrder, code);
            }
            resize(stripe, code, oldOrder, newOrder);
        }
    }

    /**
     * Records that the tail of a block was freed.
     *
     * @param pfn its first page
     * @param oldOrder log2 of its pages
     * @param newOrder log2 of the pages that stay, at most {@code oldOrder}
     */
    public void trim(long pfn, int oldOrder, int newOrder) {
        if (RecordingSwitch.freeing() && resizable(pfn, oldOrder, newOrder)) {
            resize(stripes.current(), engine.get(pfn), oldOrder, newOrder);
        }
    }

    /**
     * Exchanges the references of two blocks of one order, as migration does. Nothing is counted.
     *
     * @param newPfn the first page of one block
     * @param oldPfn the first page of the other
     * @param order log2 of the pages of each
     */
    public void swap(long newPfn, long oldPfn, int order) {
        if (!RecordingSwitch.freeing()) {
            return;
        }
        if (!inRange(newPfn, order) || !inRange(oldPfn, order)) {
            engine.outOfRange(inRange(newPfn, order) ? oldPfn : newPfn, order);
            return;
        }
        engine.moving();
        try {
            final int moving = engine.get(oldPfn);
            if (newPfn != oldPfn && moving != engine.get(newPfn)) {
                final int replaced = engine.exchange(newPfn, moving);
                if (replaced != PageEngine.FAILED) {
                    engine.exchange(oldPfn, replaced);
                }
            }
        } finally {
            engine.moved();
        }
    }

    /**
     * Marks a page as deliberately untracked; what it had is credited as a block of one page.
     *
     * @param pfn the page
     */
    public void clear(long pfn) {
        clear(pfn, 0);
    }

    /**
     * Marks a block as deliberately untracked; what it had is credited.
     *
     * @param pfn its first page
     * @param order log2 of its pages
     */
    public void clear(long pfn, int order) {
        if (RecordingSwitch.freeing()) {
            if (inRange(pfn, order)) {
                credit(stripes.current(), order, engine.exchange(pfn, EMPTY));
            } else {
                engine.outOfRange(pfn, order);
            }
        }
    }

    /**
     * Fused allocation with the thread's own stripe.
     *
     * @param pfn the block's first page
     * @param order log2 of its pages
     * @param word the flag word about to be stored
     * @param tag who allocates
     * @return the word to store
     */
    public long stamp(long pfn, int order, long word, AllocTag tag) {
        return RecordingSwitch.allocating() ? stamp(stripes.current(), pfn, order, word, tag) : word;
    }

    /**
     * Fused allocation.
     *
     * @param stripe a stripe leased by the calling thread
     * @param pfn the block's first page
     * @param order log2 of its pages
     * @param word the flag word about to be stored
     * @param tag who allocates
     * @return the word to store
     */
    public long stamp(TagStripe stripe, long pfn, int order, long word, AllocTag tag) {
        if (!RecordingSwitch.allocating()) {
            return word;
        }
        try {
            final long ticket = tag.ticket();
            if (ticket - origin < stampable && (word & mask) == 0 && inRange(pfn, order)) {
                final int code = (int) ticket;
                if (uncounted() || stripe.takeNear(order, code)) {
                    return word | code * unit;
                }
            }
            return stampFar(stripe, pfn, order, word, tag);
        } finally {
            Reference.reachabilityFence(tag); // its id must not return before it is counted
        }
    }

    /**
     * Fused free with the thread's own stripe.
     *
     * @param pfn the block's first page
     * @param order log2 of its pages
     * @param word the flag word about to be stored
     * @return the word to store
     */
    public long unstamp(long pfn, int order, long word) {
        return RecordingSwitch.freeing() ? unstamp(stripes.current(), pfn, order, word) : word;
    }

    /**
     * Fused free.
     *
     * @param stripe a stripe leased by the calling thread
     * @param pfn the block's first page
     * @param order log2 of its pages
     * @param word the flag word about to be stored
     * @return the word to store
     */
    public long unstamp(TagStripe stripe, long pfn, int order, long word) {
        if (!RecordingSwitch.freeing()) {
            return word;
        }
        final long bits = creditable;
        final long reference = word & bits;
        if (reference >= firstReference) { // a field may end at the sign bit; a code that large is looked at slowly
            if (inRange(pfn, order) && (uncounted() || stripe.giveNear(order, (int) (reference >>> shift)))) {
                return word ^ reference;
            }
        } else if (reference == 0 && bits != 0) {
            return word;
        }
        return unstampFar(stripe, pfn, order, word);
    }

    /**
     * Fused copy of a block's reference to a new head, at a split; counts the new piece.
     *
     * @param headPfn the block's first page
     * @param headWord its flag word
     * @param newPfn the first page of the new piece
     * @param newOrder log2 of the pages of the piece
     * @param newWord the flag word of the piece about to be stored
     * @return the word to store
     */
    public long copyStamp(long headPfn, long headWord, long newPfn, int newOrder, long newWord) {
        if (!RecordingSwitch.freeing()) {
            return newWord;
        }
        if (!inRange(headPfn, 0) || !inRange(newPfn, newOrder)) {
            engine.outOfRange(newPfn, newOrder);
            return newWord;
        }
        final int code = codeOf(headPfn, headWord);
        final TagStripe stripe = stripes.current();
        if (!fused) {
            return placed(stripe, newPfn, newOrder, newWord, code);
        }
        creditFormer(stripe, newPfn, newOrder, newWord);
        // A reference that sits in the word is copied there while there is room, whatever the limit for new ones is.
        final boolean escaped = (int) ((headWord & maskOpaque()) >>> shift) == ESCAPED
                || Integer.compareUnsigned(code - FIRST_TAG, copyableOpaque()) >= 0;
        return stampCode(stripe, newPfn, newOrder, newWord & ~maskOpaque(), code, escaped);
    }

    /**
     * Fused change of a block's order, after a split or for a trim. The word stays as it is.
     *
     * @param pfn the block's first page
     * @param oldOrder log2 of its pages before
     * @param newOrder log2 of its pages from now on, at most {@code oldOrder}
     * @param word its flag word
     */
    public void restamp(long pfn, int oldOrder, int newOrder, long word) {
        if (RecordingSwitch.freeing() && resizable(pfn, oldOrder, newOrder)) {
            resize(stripes.current(), codeOf(pfn, word), oldOrder, newOrder);
        }
    }

    /**
     * Reports that the allocator could not serve a request: the ten largest tags are logged. Waits for no lock, may be
     * called at any moment, and skips the log while an earlier one is being written.
     *
     * @param order log2 of the pages that were asked for
     */
    public void allocationFailed(int order) {
        engine.allocationFailed(order);
    }

    /**
     * Leases a stripe of counters to an object that one thread at a time owns, such as an allocator's per-thread cache.
     *
     * @return a stripe, to be given back by {@link #release}
     */
    public TagStripe lease() {
        return stripes.lease();
    }

    /**
     * Gives a leased stripe back. Its last use has to happen before.
     *
     * @param stripe the stripe
     */
    public void release(TagStripe stripe) {
        stripes.release(stripe);
    }

    /**
     * Extends the range of pages, without a new choice of storage. Not to be called concurrently with itself.
     *
     * @param newPageCount the new number of pages, not less than before; flag words have to be there already
     * @throws IllegalArgumentException if it is less than before, or there are fewer flag words
     */
    public void grow(long newPageCount) {
        final long before = lastPfns[0] + 1;
        if (newPageCount < before) {
            throw new IllegalArgumentException(
                    "an allocator of " + before + " pages cannot be grown to " + newPageCount);
        }
        engine.grow(newPageCount);
        final long[] last = lastPfns(newPageCount, lastPfns.length - 1);
        VarHandle.storeStoreFence(); // who meets the new array without having been told of the growth sees it filled
        lastPfns = last;
    }

    /**
     * Claims bits of the flag word for the allocator while the program runs. Tags give way: references that no longer
     * fit move to the overflow store, beside allocation, free and split, which go on. Waits for that; a claim of bits
     * that tags do not use is granted at once.
     *
     * <p>The tag field keeps its lowest bit and narrows from the top: it gives up every bit from the lowest claimed one
     * upwards. It keeps at least 2 bits. Once a claim is granted the allocator may write the bits, and no operation of
     * this tagger changes them; until then they have to stay 0.
     *
     * <p>Called without a lock that the allocator's {@link Quiescence} needs. One claim at a time: others wait.
     *
     * @param field the bits, which no field of the layout and no earlier claim covers
     * @return whether the bits are the allocator's now, and why not
     * @throws IllegalArgumentException if the allocator has no flag words or the bits are in use
     * @throws InterruptedException if the waiting thread was interrupted; the bits are the tags' as before
     */
    public BitClaim claimBits(PageFlagsLayout.Field field) throws InterruptedException {
        return engine.claimBits(field);
    }

    /**
     * Gives claimed bits back. They are 0 in every word, and nobody writes them any more. As far as other claims allow,
     * the tag field widens again, and new references return to it.
     *
     * @param field what was granted
     * @throws IllegalArgumentException if this field was not granted
     * @throws IllegalStateException if the bits are not 0 in every word
     * @throws InterruptedException if the waiting thread was interrupted; the bits are still the allocator's
     */
    public void returnBits(PageFlagsLayout.Field field) throws InterruptedException {
        engine.returnBits(field);
    }

    /**
     * Returns the bits that were claimed and not given back.
     *
     * @return the fields, in the order of their claims; unmodifiable
     */
    public List<PageFlagsLayout.Field> claimedBits() {
        return engine.claimedBits();
    }

    /**
     * Says where references are kept, and why.
     *
     * @return the facts at this moment
     */
    public StorageFacts storage() {
        return engine.storage();
    }

    /**
     * Sums up these pages. Reads the order of every allocated block to find what is untracked.
     *
     * @return the totals at this moment
     */
    public PageTotals totals() {
        return engine.totals();
    }

    /**
     * Detaches the allocator: every live reference is credited, and logged once. Later calls do nothing.
     */
    @Override
    public void close() {
        limit = NOTHING;
        STAMPABLE.setOpaque(this, NOTHING);
        SLOTTABLE.setOpaque(this, NOTHING);
        engine.close();
    }

    private long maskOpaque() {
        return (long) MASK.getOpaque(this);
    }

    private boolean isStampable(int code) {
        return fused && space.ticket(code) - origin < limit;
    }

    private int copyableOpaque() {
        return (int) COPYABLE.getOpaque(this);
    }

    private boolean inRange(long pfn, int order) {
        final long[] last = lastPfns;
        return order >= 0 && order < last.length && pfn >= 0 && pfn <= last[order];
    }

    private static long[] lastPfns(long pageCount, int maxOrder) {
        final long[] last = new long[maxOrder + 1];
        Arrays.setAll(last, order -> pageCount - (1L << order));
        return last;
    }

    private boolean resizable(long pfn, int oldOrder, int newOrder) {
        if (!inRange(pfn, oldOrder) || newOrder < 0 || newOrder > oldOrder) {
            engine.outOfRange(pfn, inRange(pfn, oldOrder) ? newOrder : oldOrder);
            return false;
        }
        return newOrder != oldOrder;
    }

    /**
     * Returns the code to record for an allocation; 0 if it stays untracked. The profiler is asked after whatever may
     * wait: first use, and creating a chunk. A virtual thread that waits is not seen by who switches profiling off.
     */
    private int admitted(TagStripe stripe, int order, AllocTag tag) {
        final int code = tag.space() == space ? tag.code(engine.allocatorPackage()) : NONE;
        if (code < FIRST_TAG) {
            return NONE;
        }
        final boolean countable = uncounted() || stripe.prepare(order, code);
        final int admitted = engine.admit(code);
        if (admitted != NONE && !countable) { // no memory: untracked
            engine.inaccurate(code);
            return NONE;
        }
        return admitted;
    }

    /** Says whether nothing is counted here. A constant to the JIT as long as all taggers of the process agree. */
    private boolean uncounted() {
        return RecordingSwitch.census() && (!RecordingSwitch.counting() || census);
    }

    /** Counts one taken if there is a counter for it; a reference is stored only once it is counted. */
    private boolean took(TagStripe stripe, int order, int code) {
        if (uncounted() || stripe.takeNear(order, code)) {
            return true;
        }
        return order >= 0 && order < lastPfns.length && stripe.take(order, code, 1);
    }

    /** Counts one given back if there is a counter for it. */
    private boolean gave(TagStripe stripe, int order, int code) {
        if (uncounted() || stripe.giveNear(order, code)) {
            return true;
        }
        return order >= 0 && order < lastPfns.length && stripe.give(order, code, 1);
    }

    /** Stamps where the reference goes into a slot, and where its counter is not near. */
    private long stampFar(TagStripe stripe, long pfn, int order, long word, AllocTag tag) {
        final long ticket = tag.ticket();
        final int code = (int) ticket;
        final PageSections table = sections;
        if (table != null) {
            if (ticket - origin < slottable && inRange(pfn, order) && putIntoSlot(table, stripe, pfn, order, code)) {
                return word;
            }
        } else if (ticket - origin < stampable
                && (word & mask) == 0
                && inRange(pfn, order)
                && took(stripe, order, code)) {
            return word | code * unit;
        }
        return stampSlowly(stripe, pfn, order, word, tag);
    }

    private long unstampFar(TagStripe stripe, long pfn, int order, long word) {
        final PageSections table = sections;
        if (table != null) {
            if (inRange(pfn, order) && takeFromSlot(table, stripe, pfn, order)) {
                return word;
            }
        } else if (creditable != 0) {
            final long reference = word & creditable;
            if (reference >= firstReference
                    && inRange(pfn, order)
                    && gave(stripe, order, (int) (reference >>> shift))) {
                return word ^ reference;
            }
        }
        return unstampSlowly(stripe, pfn, order, word);
    }

    /** Counts a block and stores its reference, if its slot is there and empty; false if nothing was done. */
    private boolean putIntoSlot(PageSections table, TagStripe stripe, long pfn, int order, int code) {
        final char[] slots = table.slotsIfSeen(pfn);
        final int page = PageSections.page(pfn);
        if (slots == null || slots[page] != NONE || !took(stripe, order, code)) {
            return false;
        }
        slots[page] = (char) code;
        return true;
    }

    /** Credits the tag that a slot refers to, if any, and empties it; false if the store has to be asked. */
    private boolean takeFromSlot(PageSections table, TagStripe stripe, long pfn, int order) {
        final char[] slots = table.slotsIfSeen(pfn);
        if (slots == null) {
            return false;
        }
        final int page = PageSections.page(pfn);
        final int code = slots[page];
        if (code >= FIRST_TAG && gave(stripe, order, code)) {
            slots[page] = NONE;
            return true;
        }
        return code == NONE;
    }

    /**
     * Puts a reference into the flag word of a block that has none, by one compare-and-set, then counts it. If the
     * allocator's own code throws, the same is tried once more by way of the engine, which knows what to do about it.
     *
     * @return false if nothing was done
     */
    private boolean addToWord(FlagWords flags, TagStripe stripe, long pfn, int order, AllocTag tag) {
        final long ticket = tag.ticket();
        if (ticket - origin >= stampable || !inRange(pfn, order)) {
            return false;
        }
        final int code = (int) ticket;
        if (!uncounted() && !stripe.isPrepared(order, code)) {
            return false;
        }
        try {
            long word;
            do {
                word = flags.get(pfn);
                if ((word & mask) != 0) {
                    return false;
                }
            } while (!flags.compareAndSet(pfn, word, word | code * unit));
        } catch (RuntimeException | Error thrown) {
            return false;
        }
        if (!uncounted()) {
            stripe.take(order, code, 1);
        }
        return true;
    }

    /** Takes a reference out of the flag word, by one compare-and-set, then credits it; false if nothing was done. */
    private boolean subFromWord(FlagWords flags, TagStripe stripe, long pfn, int order) {
        if (!inRange(pfn, order)) {
            return false;
        }
        long word;
        long reference;
        try {
            do {
                word = flags.get(pfn);
                reference = word & mask;
                if (reference < firstReference) {
                    return reference == 0;
                }
            } while (!flags.compareAndSet(pfn, word, word ^ reference));
        } catch (RuntimeException | Error thrown) {
            return false;
        }
        credit(stripe, order, (int) (reference >>> shift));
        return true;
    }

    private void addSlowly(TagStripe stripe, long pfn, int order, AllocTag tag) {
        if (inRange(pfn, order)) {
            place(stripe, pfn, order, admitted(stripe, order, tag));
        } else {
            engine.outOfRange(pfn, order);
        }
    }

    private void subSlowly(TagStripe stripe, long pfn, int order) {
        if (inRange(pfn, order)) {
            remove(stripe, pfn, order);
        } else {
            engine.outOfRange(pfn, order);
        }
    }

    /** Returns the code of a live block whose word the caller has at hand. */
    private int codeOf(long pfn, long word) {
        if (!fused) {
            return engine.get(pfn);
        }
        final int code = (int) ((word & maskOpaque()) >>> shift);
        return code == ESCAPED ? engine.getEscaped(pfn) : code; // the word may not be stored yet
    }

    /** Stores a reference by way of the store, then counts it; what it replaced is credited. */
    private void place(TagStripe stripe, long pfn, int order, int wanted) {
        final boolean counted = wanted >= FIRST_TAG && !uncounted();
        final int code = counted && !prepared(stripe, order, wanted) ? NONE : wanted; // no memory: untracked
        final int former = engine.exchange(pfn, code);
        if (former == PageEngine.FAILED) {
            return;
        }
        if (counted && code != NONE) {
            stripe.take(order, code, 1);
        }
        if (former >= FIRST_TAG) {
            credit(stripe, order, former);
            engine.addedOntoLive(pfn, order, former);
        }
    }

    private long placed(TagStripe stripe, long pfn, int order, long word, int code) {
        place(stripe, pfn, order, code);
        return word;
    }

    private void remove(TagStripe stripe, long pfn, int order) {
        final int former = engine.exchange(pfn, NONE);
        if (former == NONE) {
            engine.freedNone(pfn, order);
        } else {
            credit(stripe, order, former);
        }
    }

    private void credit(TagStripe stripe, int order, int code) {
        if (code >= FIRST_TAG && !uncounted() && prepared(stripe, order, code)) {
            stripe.give(order, code, 1);
        }
    }

    /** Counts the block in its new order before it is taken off its old one, so that it is never missing. */
    private void resize(TagStripe stripe, int code, int oldOrder, int newOrder) {
        if (code >= FIRST_TAG && !uncounted() && prepared(stripe, newOrder, code)) {
            stripe.take(newOrder, code, 1);
            credit(stripe, oldOrder, code);
        }
    }

    /** Makes room for the counter of a tag; if there is no memory for it, the tag is inexact from now on. */
    private boolean prepared(TagStripe stripe, int order, int code) {
        if (stripe.prepare(order, code)) {
            return true;
        }
        engine.inaccurate(code);
        return false;
    }

    private long stampSlowly(TagStripe stripe, long pfn, int order, long word, AllocTag tag) {
        if (!inRange(pfn, order)) {
            engine.outOfRange(pfn, order);
            return word;
        }
        if (!fused) {
            return placed(stripe, pfn, order, word, admitted(stripe, order, tag));
        }
        creditFormer(stripe, pfn, order, word);
        final int code = admitted(stripe, order, tag);
        return stampCode(stripe, pfn, order, word & ~maskOpaque(), code, !isStampable(code));
    }

    /** Credits what a word about to be written still refers to. */
    private void creditFormer(TagStripe stripe, long pfn, int order, long word) {
        if ((word & maskOpaque()) != 0) {
            final int former = takeFrom(pfn, word);
            credit(stripe, order, former);
            if (former >= FIRST_TAG) {
                engine.addedOntoLive(pfn, order, former);
            }
        }
    }

    /** Puts a reference into a flag word without one, or into the overflow store, and counts it. */
    private long stampCode(TagStripe stripe, long pfn, int order, long word, int code, boolean escaped) {
        if (code < FIRST_TAG) {
            return word | (long) code << shift;
        }
        final boolean counted = !uncounted();
        final int stored = counted && !prepared(stripe, order, code) ? NONE : escaped ? engine.escape(pfn, code) : code;
        if (counted && stored != NONE) {
            stripe.take(order, code, 1);
        }
        return word | (long) stored << shift;
    }

    private long unstampSlowly(TagStripe stripe, long pfn, int order, long word) {
        if (!inRange(pfn, order)) {
            engine.outOfRange(pfn, order);
            return word;
        }
        if (!fused) {
            remove(stripe, pfn, order);
            return word;
        }
        final int code = takeFrom(pfn, word);
        if (code == NONE) {
            engine.freedNone(pfn, order);
        }
        credit(stripe, order, code);
        return word & ~maskOpaque();
    }

    private int takeFrom(long pfn, long word) {
        final int code = (int) ((word & maskOpaque()) >>> shift);
        return code == ESCAPED ? engine.takeEscaped(pfn) : code;
    }

    /**
     * Where the main store keeps references, for a profiler that makes a tagger.
     *
     * @since 0.1
     */
    public static final class Placement {
        private final PageFlagsLayout.@Nullable Field field;
        private final @Nullable PageSections sections;
        private boolean debug;

        private Placement(PageFlagsLayout.@Nullable Field field, @Nullable PageSections sections) {
            this.field = field;
            this.sections = sections;
        }

        /**
         * References are in the flag word.
         *
         * @param field the field of the word
         * @return a placement
         */
        public static Placement inWord(PageFlagsLayout.Field field) {
            return new Placement(field, null);
        }

        /**
         * References are in slots that the tagger may read and write.
         *
         * @param sections the slots
         * @return a placement
         */
        public static Placement inSlots(PageSections sections) {
            return new Placement(null, sections);
        }

        /**
         * References are where only the engine finds them.
         *
         * @return a placement
         */
        public static Placement elsewhere() {
            return new Placement(null, null);
        }

        /**
         * Has the engine look at every operation, so that it can tell of each that an allocator should not have called.
         *
         * @param everything whether it does
         * @return this
         */
        public Placement debug(boolean everything) {
            debug = everything;
            return this;
        }
    }

    /**
     * The profiler's control over a tagger; whoever made the tagger holds it.
     *
     * @since 0.1
     */
    public final class Control {
        private Control() {}

        /**
         * Sets the largest code that may be stamped into the flag word.
         *
         * @param code the code; 0 stamps none
         */
        public void limit(int code) {
            final long tags = TagCodes.addressableTags(code);
            limit = NOTHING + tags;
            STAMPABLE.setOpaque(PageTagger.this, NOTHING + (fused && !debug ? tags : 0));
            SLOTTABLE.setOpaque(PageTagger.this, NOTHING + (sections == null ? 0 : Math.min(tags, SLOT_TAGS)));
        }

        /**
         * Sets the largest code that the flag word has room for, so that a split copies no larger one.
         *
         * @param code the code
         */
        public void capacity(int code) {
            COPYABLE.setOpaque(PageTagger.this, fused ? TagCodes.addressableTags(code) : 0);
        }

        /**
         * Sets the bits of the flag word that hold a reference. No word may have a code in the bits that change hands.
         *
         * @param field the field, with the shift that it always had
         */
        public void field(PageFlagsLayout.Field field) {
            if (fused) {
                MASK.setOpaque(PageTagger.this, field.mask());
                creditable = creditable == 0 ? 0 : field.mask();
            }
        }
    }
}
