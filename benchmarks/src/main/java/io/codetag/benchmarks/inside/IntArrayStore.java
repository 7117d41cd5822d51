package io.codetag.benchmarks.inside;

import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A custom backend as a user might write one: an {@code int} for each page, in parts that come with their first code. */
final class IntArrayStore implements PageTagStore {
    private static final int PART_SHIFT = 16;
    private static final int PART_MASK = (1 << PART_SHIFT) - 1;

    /** 64 bytes that nobody writes, behind the length of the array, which everybody reads. */
    private static final int FRONT = 16;

    private final AtomicReferenceArray<@Nullable AtomicIntegerArray> parts;

    IntArrayStore(long pages) {
        parts = new AtomicReferenceArray<>(Math.toIntExact(((pages - 1) >>> PART_SHIFT) + 1));
    }

    @Override
    public int maxCode() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long bytesOccupied() {
        long bytes = 4L * parts.length();
        for (int i = 0; i < parts.length(); i++) {
            bytes += parts.get(i) == null ? 0 : 4L << PART_SHIFT;
        }
        return bytes;
    }

    @Override
    public int get(long pfn) {
        final AtomicIntegerArray part = parts.get(index(pfn));
        return part == null ? 0 : part.getAcquire(slot(pfn));
    }

    @Override
    public void set(long pfn, int code) {
        part(pfn).setRelease(slot(pfn), code);
    }

    @Override
    public boolean compareAndSet(long pfn, int expected, int code) {
        return part(pfn).compareAndSet(slot(pfn), expected, code);
    }

    @Override
    public int getAndSet(long pfn, int code) {
        return part(pfn).getAndSet(slot(pfn), code);
    }

    @Override
    public void clear(long fromPfn, long toPfn) {
        for (long pfn = fromPfn; pfn < toPfn; pfn++) {
            if (get(pfn) != 0) {
                set(pfn, 0);
            }
        }
    }

    @Override
    public void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
        for (long pfn = fromPfn; pfn < toPfn; ) {
            final int code = get(pfn);
            pfn = code == 0 ? pfn + 1 : visitor.visit(pfn, code);
        }
    }

    @Override
    public void grow(long pageCount) {
        throw new UnsupportedOperationException("the pages of a benchmark do not grow");
    }

    private AtomicIntegerArray part(long pfn) {
        final AtomicIntegerArray part = parts.get(index(pfn));
        return part == null ? create(index(pfn)) : part;
    }

    private AtomicIntegerArray create(int index) {
        final AtomicIntegerArray created = new AtomicIntegerArray(FRONT + (1 << PART_SHIFT));
        final AtomicIntegerArray other = parts.compareAndExchange(index, null, created);
        return other == null ? created : other;
    }

    private static int index(long pfn) {
        return (int) (pfn >>> PART_SHIFT);
    }

    private static int slot(long pfn) {
        return FRONT + ((int) pfn & PART_MASK);
    }
}
