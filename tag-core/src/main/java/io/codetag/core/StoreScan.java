package io.codetag.core;

import static io.codetag.spi.TagCodes.FIRST_TAG;

import io.codetag.PageSpec;
import io.codetag.spi.CodeVisitor;
import java.util.Objects;

/** Looks at references by the enumeration of their store. */
final class StoreScan implements PageScan {
    private final References references;
    private final OrderLookUp orders;
    private final int maxOrder;

    StoreScan(PageSpec spec, References references) {
        this.references = references;
        this.orders = new OrderLookUp(Objects.requireNonNull(spec.orders()));
        this.maxOrder = spec.maxOrder();
    }

    @Override
    public long count(long fromPfn, long toPfn, long endPfn, long[] tally) {
        final Counting counting = new Counting(toPfn, endPfn, tally);
        references.scan(fromPfn, toPfn, counting);
        return counting.end;
    }

    @Override
    public long firstTagged(long fromPfn, long toPfn) {
        final long[] found = {toPfn};
        references.scan(fromPfn, toPfn, (pfn, code) -> {
            found[0] = pfn;
            return toPfn;
        });
        return found[0];
    }

    /** Counts what is visited. */
    private final class Counting implements CodeVisitor {
        private final long endPfn;
        private final long[] tally;
        private long end;

        Counting(long toPfn, long endPfn, long[] tally) {
            this.end = toPfn;
            this.endPfn = endPfn;
            this.tally = tally;
        }

        @Override
        public long visit(long pfn, int visited) {
            int code = visited;
            int order = orders.at(pfn);
            for (int again = references.get(pfn); again != code; again = references.get(pfn)) {
                if (again < FIRST_TAG) {
                    return pfn + 1;
                }
                code = again; // another block: its order has to be read after its reference
                order = orders.at(pfn);
            }
            final long next = pfn + (1L << order);
            if (order < 0 || order > maxOrder || next > endPfn) { // no block begins here, or one is being written
                return pfn + 1;
            }
            if (PageScan.isCounted(code, tally)) {
                tally[code] += (PAGE << order) + 1;
                end = Math.max(end, next);
            }
            return next;
        }
    }
}
