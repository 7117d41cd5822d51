package io.codetag.core;

import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the pages of one allocator by looking at all of them, a slice at a time.
 *
 * <p>Blocks come, go and move meanwhile. Who looks goes from the lowest page to the highest, and behind a block that was
 * counted goes on after its last page: so no page is counted twice. A large slice is parted among several threads; if a
 * block that one of them counted reaches into the part of the next, that part is looked at anew, from behind the block.
 *
 * <p><b>Thread safety.</b> Safe. Within a slice the pages are neither closed nor do bits of the flag word change hands.
 */
final class PageCensus {
    /** Pages between two moments at which others may go on: some milliseconds. */
    private static final long SLICE = 1L << 24;

    /** Fewer pages are not worth another thread. */
    private static final long PART = 1L << 20;

    private final PageSpec spec;
    private final AttachedPages pages;
    private final References references;
    private final FlagClaims claims;
    private final long slice;
    private final long part;

    /** Exchanges of references that have begun, and that have ended. */
    private final AtomicLong begun = new AtomicLong();

    private final AtomicLong ended = new AtomicLong();

    /** A page that had a reference when that was last asked: most likely it still has. */
    private volatile long lastTagged;

    PageCensus(PageSpec spec, AttachedPages pages, References references, FlagClaims claims) {
        this(spec, pages, references, claims, SLICE, PART);
    }

    PageCensus(PageSpec spec, AttachedPages pages, References references, FlagClaims claims, long slice, long part) {
        this.spec = spec;
        this.pages = pages;
        this.references = references;
        this.claims = claims;
        this.slice = Math.min(slice, PageScan.MAX_PAGES);
        this.part = part;
    }

    /** Counts what every tag below a code owns. */
    Census take(int codes) {
        final Census census = new Census(codes, spec.pageSize());
        final int parts = parts();
        final long[][] tallies = new long[parts][codes];
        for (long pfn = 0; pfn < pages.pageCount() && !pages.isClosed(); ) {
            final long from = pfn;
            final long[] next = {pages.pageCount()};
            claims.whileUntouched(() -> {
                if (!pages.isClosed()) {
                    next[0] = countSlice(from, tallies);
                    for (long[] tally : tallies) {
                        census.add(tally);
                    }
                }
            });
            pfn = next[0];
        }
        return census;
    }

    /** Says whether any page has a reference to a tag: looks at each page once, or at one that had the last time. */
    boolean isAnyTagged() {
        final long last = lastTagged;
        if (last < pages.pageCount() && firstTagged(last, last + 1) == last) {
            return true;
        }
        for (long pfn = 0; pfn < pages.pageCount() && !pages.isClosed(); pfn += slice) {
            final long to = Math.min(pages.pageCount(), pfn + slice);
            final long found = firstTagged(pfn, to);
            if (found < to) {
                lastTagged = found;
                return true;
            }
        }
        return false;
    }

    void moving() {
        begun.incrementAndGet();
    }

    void moved() {
        ended.incrementAndGet();
    }

    /** Returns how many exchanges there were; -1 if one is under way. Those that ended are read first. */
    long moves() {
        final long over = ended.get();
        return over == begun.get() ? over : -1;
    }

    private long firstTagged(long from, long to) {
        final long[] found = {to};
        claims.whileUntouched(() -> {
            if (!pages.isClosed()) {
                found[0] = scan().firstTagged(from, to);
            }
        });
        return found[0];
    }

    private long countSlice(long from, long[][] tallies) {
        final PageScan scan = scan();
        final long end = pages.pageCount();
        final long to = Math.min(end, from + slice);
        final int parts = (int) Math.max(1, Math.min(tallies.length, (to - from) / part));
        if (parts == 1) {
            return scan.count(from, to, end, tallies[0]);
        }
        final long share = (to - from) / parts;
        final long[] ends = new long[parts];
        IntStream.range(0, parts)
                .parallel()
                .forEach(i ->
                        ends[i] = scan.count(from + i * share, partEnd(i, parts, share, from, to), end, tallies[i]));
        return join(scan, from, to, end, ends, tallies);
    }

    /** Looks anew at each part into which a block that was counted before it reaches; returns where to go on. */
    private static long join(PageScan scan, long from, long to, long end, long[] ends, long[][] tallies) {
        final int parts = ends.length;
        final long share = (to - from) / parts;
        long reached = ends[0];
        for (int i = 1; i < parts; i++) {
            final long begin = from + i * share;
            final long partEnd = partEnd(i, parts, share, from, to);
            if (reached > begin) {
                java.util.Arrays.fill(tallies[i], 0);
                ends[i] = reached >= partEnd ? reached : scan.count(reached, partEnd, end, tallies[i]);
            }
            reached = ends[i];
        }
        return reached;
    }

    private static long partEnd(int part, int parts, long share, long from, long to) {
        return part == parts - 1 ? to : from + (part + 1) * share;
    }

    private int parts() {
        final long most = Math.min(slice, pages.pageCount()) / part;
        return (int) Math.max(1, Math.min(most, Runtime.getRuntime().availableProcessors()));
    }

    private PageScan scan() {
        final Field field = field();
        return field == null ? new StoreScan(spec, references) : new WordScan(spec, references, field);
    }

    private @Nullable Field field() {
        return spec.flags() == null ? null : claims.field();
    }
}
