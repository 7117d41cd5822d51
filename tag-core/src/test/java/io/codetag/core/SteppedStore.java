package io.codetag.core;

import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import java.util.function.IntSupplier;

/** A store of one page, each of whose operations is a step of an order of {@link Interleavings}. */
final class SteppedStore implements PageTagStore {
    private final Interleavings order;
    private final IntSupplier side;
    private final int maxCode;
    private int code;

    SteppedStore(Interleavings order, IntSupplier side, int maxCode) {
        this.order = order;
        this.side = side;
        this.maxCode = maxCode;
    }

    /** Reads the code without a step. */
    int peek() {
        return code;
    }

    /** Writes the code without a step. */
    void poke(int to) {
        code = to;
    }

    @Override
    public int maxCode() {
        return maxCode;
    }

    @Override
    public long bytesOccupied() {
        return 0;
    }

    @Override
    public int get(long pfn) {
        step();
        return code;
    }

    @Override
    public void set(long pfn, int to) {
        step();
        code = to;
    }

    @Override
    public boolean compareAndSet(long pfn, int expected, int to) {
        step();
        if (code != expected) {
            return false;
        }
        code = to;
        return true;
    }

    @Override
    public int getAndSet(long pfn, int to) {
        step();
        final int former = code;
        code = to;
        return former;
    }

    @Override
    public void clear(long fromPfn, long toPfn) {
        set(fromPfn, 0);
    }

    @Override
    public void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
        final int seen = get(fromPfn);
        if (seen != 0) {
            visitor.visit(fromPfn, seen);
        }
    }

    @Override
    public void grow(long pageCount) {
        throw new UnsupportedOperationException();
    }

    private void step() {
        order.step(side.getAsInt());
    }
}
