package io.codetag.allocator;

import io.codetag.BitClaim;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageTotals;
import io.codetag.StorageFacts;
import io.codetag.spi.PageEngine;
import io.codetag.spi.TagCodes;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/** Stands behind a tagger that keeps one allocation waiting: whoever makes it stays inside its cache. */
final class FreezingEngine extends PageEngine {
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch thaw = new CountDownLatch(1);
    private volatile Thread chosen;

    /** Keeps the next allocation of this thread waiting. */
    void freeze(Thread thread) {
        chosen = thread;
    }

    void awaitFrozen() throws InterruptedException {
        frozen.await();
    }

    void thaw() {
        thaw.countDown();
    }

    @Override
    public int admit(int code) {
        if (Thread.currentThread() == chosen) {
            frozen.countDown();
            try {
                thaw.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return TagCodes.NONE;
    }

    @Override
    public int exchange(long pfn, int code) {
        return TagCodes.NONE;
    }

    @Override
    public int get(long pfn) {
        return TagCodes.NONE;
    }

    @Override
    public int escape(long pfn, int code) {
        return TagCodes.NONE;
    }

    @Override
    public int getEscaped(long pfn) {
        return TagCodes.NONE;
    }

    @Override
    public int takeEscaped(long pfn) {
        return TagCodes.NONE;
    }

    @Override
    public void inaccurate(int code) {}

    @Override
    public void addedOntoLive(long pfn, int order, int code) {}

    @Override
    public void freedNone(long pfn, int order) {}

    @Override
    public void outOfRange(long pfn, int order) {}

    @Override
    public void allocationFailed(int order) {}

    @Override
    public String allocatorPackage() {
        return "io.codetag.allocator";
    }

    @Override
    public void grow(long pageCount) {}

    @Override
    public BitClaim claimBits(Field field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void returnBits(Field field) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Field> claimedBits() {
        return List.of();
    }

    @Override
    public StorageFacts storage() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PageTotals totals() {
        return new PageTotals("frozen", 0, 0, OptionalLong.empty());
    }

    @Override
    public void close() {}
}
