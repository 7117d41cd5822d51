package io.codetag.core;

import static io.codetag.spi.TagCodes.ESCAPED;
import static io.codetag.spi.TagCodes.FIRST_TAG;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import io.codetag.WordOrders;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at references in flag words, several words at a time. A word that tells the order too needs no second look.
 *
 * <p>The field is that of the moment at which this object was made: it is used no longer than bits cannot change hands.
 */
final class WordScan implements PageScan {
    /*
     * Words are copied to a piece of memory that stays in the first-level cache. In the flag words themselves each
     * read would have to be one that other threads' writes are seen by, which keeps the JIT from shaping the loop.
     */
    private static final int WORDS = 512;

    private final FlagWords words;
    private final References references;
    private final @Nullable WordOrders wordOrders;
    private final OrderLookUp orders;
    private final int maxOrder;
    private final int shift;
    private final long mask;

    WordScan(PageSpec spec, References references, Field field) {
        this.words = Objects.requireNonNull(spec.flags());
        this.references = references;
        this.wordOrders = spec.wordOrders();
        this.orders = new OrderLookUp(Objects.requireNonNull(spec.orders()));
        this.maxOrder = spec.maxOrder();
        this.shift = field.shift();
        this.mask = field.mask();
    }

    @Override
    public long count(long fromPfn, long toPfn, long endPfn, long[] tally) {
        final WordOrders byWord = wordOrders;
        final long[] copy = new long[WORDS];
        long pfn = fromPfn;
        while (pfn < toPfn) {
            final int count = (int) Math.min(WORDS, toPfn - pfn);
            words.read(pfn, copy, count);
            pfn += byWord == null
                    ? countCopied(copy, count, pfn, endPfn, tally)
                    : countCopied(byWord, copy, count, pfn, endPfn, tally);
        }
        return pfn;
    }

    @Override
    public long firstTagged(long fromPfn, long toPfn) {
        final long[] copy = new long[WORDS];
        for (long pfn = fromPfn; pfn < toPfn; pfn += WORDS) {
            final int count = (int) Math.min(WORDS, toPfn - pfn);
            words.read(pfn, copy, count);
            for (int i = 0; i < count; i++) {
                final int code = code(copy[i]);
                if (code >= FIRST_TAG || (code == ESCAPED && references.getEscaped(pfn + i) >= FIRST_TAG)) {
                    return pfn + i;
                }
            }
        }
        return toPfn;
    }

    private int countCopied(long[] copy, int count, long pfn, long endPfn, long[] tally) {
        int i = 0;
        while (i < count) {
            final long word = copy[i];
            i += code(word) < ESCAPED ? 1 : 1 << countSlowly(pfn + i, word, endPfn, tally);
        }
        return i;
    }

    private int countCopied(WordOrders byWord, long[] copy, int count, long pfn, long endPfn, long[] tally) {
        int i = 0;
        while (i < count) {
            final long word = copy[i];
            final int code = code(word);
            if (code < FIRST_TAG || code >= tally.length) {
                i += code < ESCAPED ? 1 : 1 << countSlowly(pfn + i, word, endPfn, tally);
                continue;
            }
            final int order = orderOf(byWord, word);
            if (order == 0) {
                i = countPages(copy, i, count, tally);
            } else {
                i += 1 << counted(code, order, pfn + i, endPfn, tally);
            }
        }
        return i;
    }

    /** Counts words that differ in their tags only, from the first of them on; returns where another one comes. */
    private int countPages(long[] copy, int from, int to, long[] tally) {
        final int right = shift; // in registers, and not read anew after each cell that is written
        final long others = ~mask;
        final long bits = mask >>> shift;
        final long same = copy[from] & others;
        for (int i = from; i < to; i++) { // unrolled by the JIT
            final long word = copy[i];
            final int code = (int) ((word >>> right) & bits);
            if ((word & others) != same || code < FIRST_TAG || code >= tally.length) {
                return i;
            }
            tally[code] += PAGE + 1;
        }
        return to;
    }

    /** Reads reference and order until both belong together; returns the order to go on by. */
    private int countSlowly(long pfn, long seen, long endPfn, long[] tally) {
        for (long word = seen; ; ) {
            final int code = reference(pfn, word);
            if (code < FIRST_TAG) {
                return 0;
            }
            final int order = orderOf(pfn, word);
            final long again = words.get(pfn);
            if (reference(pfn, again) == code && (wordOrders == null || orderOf(pfn, again) == order)) {
                return counted(code, order, pfn, endPfn, tally);
            }
            word = again;
        }
    }

    private int counted(int code, int order, long pfn, long endPfn, long[] tally) {
        if (order < 0 || order > maxOrder || pfn + (1L << order) > endPfn) { // no block, or one that is being written
            return 0;
        }
        if (PageScan.isCounted(code, tally)) {
            tally[code] += (PAGE << order) + 1;
        }
        return order;
    }

    private int orderOf(long pfn, long word) {
        final WordOrders byWord = wordOrders;
        return byWord == null ? orders.at(pfn) : orderOf(byWord, word);
    }

    private static int orderOf(WordOrders byWord, long word) {
        try {
            return byWord.orderOf(word);
        } catch (RuntimeException | Error thrown) {
            throw new OrderLookUp.Failed(thrown);
        }
    }

    /** Returns the reference of a page whose word was read; none where an escaped one has an empty slot. */
    private int reference(long pfn, long word) {
        final int code = code(word);
        return code == ESCAPED ? references.getEscaped(pfn) : code;
    }

    private int code(long word) {
        return (int) ((word & mask) >>> shift);
    }
}
