package io.codetag.testkit;

import io.codetag.AllocCounts;
import io.codetag.BitClaim;
import io.codetag.BlockOrders;
import io.codetag.FlagWords;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import io.codetag.PageTotals;
import io.codetag.StorageFacts;
import io.codetag.spi.PageEngine;
import io.codetag.spi.TagCodes;
import io.codetag.spi.TagStripe;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** References in a map, or in the flag word with a map for what does not fit; on demand with one defect. */
final class PlainPages extends PageEngine {
    private static final int CODES = 200;

    /** What can be wrong with the pages of a profiler; each is something that a program has to find. */
    enum Defect {
        /** Every thousandth reference is lost. */
        LOSES_REFERENCES,
        /** A page that is freed keeps its reference. */
        KEEPS_FREED,
        /** A deliberately untracked page is freed like one that has a tag. */
        CREDITS_EMPTY,
        /** Referring to one tag, pages far away are taken for referring to the next. */
        MIXES_UP_FAR_PAGES,
        /** Counts what is untracked by blocks rather than bytes. */
        MISCOUNTS_UNTRACKED,
        /** Writes the whole flag word. */
        TRAMPLES_NEIGHBOUR_BITS,
        /** Records while recording is off. */
        IGNORES_THE_SWITCH
    }

    private final ConcurrentMap<Long, Integer> references = new ConcurrentHashMap<>();
    private final PageSpec spec;
    private final Field field;
    private final TagStripe stripe;
    private final Set<Defect> defects;
    private final BooleanSupplier recording;
    private final AtomicLong exchanges = new AtomicLong();
    final AtomicLong outOfRange = new AtomicLong();
    private Consumer<Boolean> onRecording = on -> {};
    private long pageCount;

    PlainPages(PageSpec spec, Field field, TagStripe stripe, Set<Defect> defects, BooleanSupplier recording) {
        this.spec = spec;
        this.field = field;
        this.stripe = stripe;
        this.defects = defects;
        this.recording = recording;
        this.pageCount = spec.pageCount();
    }

    void onRecording(Consumer<Boolean> listener) {
        onRecording = listener;
    }

    void recording(boolean on) {
        onRecording.accept(on || defects.contains(Defect.IGNORES_THE_SWITCH));
    }

    AllocCounts counts(int code) {
        AllocCounts sum = AllocCounts.ZERO;
        for (int order = 0; order < stripe.rows(); order++) {
            final long calls = stripe.taken(order, code) - stripe.given(order, code);
            sum = sum.plus(new AllocCounts(calls * ((long) spec.pageSize() << order), calls));
        }
        return sum;
    }

    @Override
    public int admit(int code) {
        return recording.getAsBoolean() || defects.contains(Defect.IGNORES_THE_SWITCH) ? code : TagCodes.NONE;
    }

    @Override
    public int exchange(long pfn, int code) {
        if (defects.contains(Defect.LOSES_REFERENCES) && exchanges.incrementAndGet() % 1_000 == 0) {
            return TagCodes.NONE;
        }
        if (defects.contains(Defect.KEEPS_FREED) && code == TagCodes.NONE) {
            return get(pfn);
        }
        final int former = field == null ? put(pfn, code) : exchangeInWord(pfn, code);
        if (defects.contains(Defect.CREDITS_EMPTY) && former == TagCodes.EMPTY) {
            return TagCodes.FIRST_TAG;
        }
        if (defects.contains(Defect.MIXES_UP_FAR_PAGES) && pfn > 3_000 && former > TagCodes.FIRST_TAG) {
            return former - 1;
        }
        return former;
    }

    @Override
    public int get(long pfn) {
        final int code = field == null ? TagCodes.ESCAPED : (int) field.get(words().get(pfn));
        return code == TagCodes.ESCAPED ? getEscaped(pfn) : code;
    }

    @Override
    public int escape(long pfn, int code) {
        put(pfn, code);
        return TagCodes.ESCAPED;
    }

    @Override
    public int getEscaped(long pfn) {
        return references.getOrDefault(pfn, TagCodes.NONE);
    }

    @Override
    public int takeEscaped(long pfn) {
        return put(pfn, TagCodes.NONE);
    }

    private int exchangeInWord(long pfn, int code) {
        final boolean fits = code <= field.maxCode();
        final int slot = fits ? TagCodes.NONE : put(pfn, code);
        final long word = words().get(pfn);
        final long kept = defects.contains(Defect.TRAMPLES_NEIGHBOUR_BITS) ? 0 : word;
        if (!words().compareAndSet(pfn, word, field.set(kept, fits ? code : TagCodes.ESCAPED))) {
            throw new AssertionError("somebody else owns page " + pfn);
        }
        final int former = (int) field.get(word);
        return former != TagCodes.ESCAPED ? former : fits ? takeEscaped(pfn) : slot;
    }

    private int put(long pfn, int code) {
        final Integer former = code == TagCodes.NONE ? references.remove(pfn) : references.put(pfn, code);
        return former == null ? TagCodes.NONE : former;
    }

    private FlagWords words() {
        return spec.flags();
    }

    @Override
    public PageTotals totals() {
        AllocCounts sum = AllocCounts.ZERO;
        for (int code = 0; code < CODES; code++) {
            sum = sum.plus(counts(code));
        }
        final BlockOrders orders = spec.orders();
        return new PageTotals(
                spec.name(),
                sum.bytes(),
                sum.calls(),
                orders == null ? OptionalLong.empty() : OptionalLong.of(untracked(orders)));
    }

    private long untracked(BlockOrders orders) {
        long bytes = 0;
        for (long pfn = 0; pfn < pageCount; pfn++) {
            final int order = orders.orderAt(pfn);
            if (order >= 0 && get(pfn) < TagCodes.FIRST_TAG) {
                bytes += defects.contains(Defect.MISCOUNTS_UNTRACKED) ? 1 : (long) spec.pageSize() << order;
            }
        }
        return bytes;
    }

    @Override
    public void inaccurate(int code) {
        throw new AssertionError("no memory for code " + code);
    }

    @Override
    public void addedOntoLive(long pfn, int order, int code) {}

    @Override
    public void freedNone(long pfn, int order) {}

    @Override
    public void outOfRange(long pfn, int order) {
        outOfRange.incrementAndGet();
    }

    @Override
    public void allocationFailed(int order) {}

    @Override
    public String allocatorPackage() {
        return "com.acme.pool";
    }

    @Override
    public void grow(long newPageCount) {
        pageCount = newPageCount;
    }

    @Override
    public BitClaim claimBits(Field field) {
        if (spec.layout() == null) {
            throw new IllegalArgumentException("these pages have no flag words");
        }
        return new BitClaim(field, false, 0, "these tags keep their bits");
    }

    @Override
    public void returnBits(Field field) {
        throw new UnsupportedOperationException("these pages have no flag words");
    }

    @Override
    public List<Field> claimedBits() {
        return List.of();
    }

    @Override
    public StorageFacts storage() {
        return new StorageFacts(
                spec.name(), "map", 0, 0, CODES, CODES, OverflowPolicy.SPILL, "map", CODES, false, null, 0, "plain");
    }

    @Override
    public void close() {}
}
