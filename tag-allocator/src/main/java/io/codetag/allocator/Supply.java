package io.codetag.allocator;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings pages into use, with flag words and memory behind them.
 *
 * <p>The JVM can take half a second to refuse direct memory. The allocator's lock is free meanwhile, and so that a pool
 * larger than the JVM's limit does not ask at every allocation, a refusal stands for a while.
 *
 * <p><b>Thread safety.</b> Safe; one thread at a time asks the JVM.
 */
final class Supply {
    private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final long pages;
    private final int extentPages;
    private final PageWords words;
    private final @Nullable PageMemory memory;
    private final FreeBlocks free;
    private final ReentrantLock lock; // guards free

    private boolean closed;
    private boolean refused;
    private long refusedAtNanos;

    Supply(PageWords words, @Nullable PageMemory memory, FreeBlocks free, ReentrantLock lock) {
        this.pages = words.size();
        this.extentPages =
                memory == null ? FreeBlocks.REGION_PAGES : Math.min(FreeBlocks.REGION_PAGES, memory.segmentPages());
        this.words = words;
        this.memory = memory;
        this.free = free;
        this.lock = lock;
    }

    /**
     * Brings more pages into use. Not to be called with the lock held.
     *
     * @param touched the lowest page that was not in use when there was no block
     * @return whether it is worth while to try again
     */
    synchronized boolean extend(long touched) {
        if (free.touched() != touched) {
            return true; // somebody else did
        }
        if (closed || touched == pages || (refused && System.nanoTime() - refusedAtNanos < REFUSAL_NANOS)) {
            return false;
        }
        try {
            words.ensure(touched);
            if (memory != null) {
                memory.ensure(touched);
            }
            lock.lock();
            try {
                free.extend(extentPages);
            } finally {
                lock.unlock();
            }
            refused = false;
        } catch (OutOfMemoryError none) { // no heap or no direct memory: to whoever allocates, no page
            refused = true;
            refusedAtNanos = System.nanoTime();
        }
        return !refused;
    }

    /** Forgets the memory; nothing is brought into use any more. */
    synchronized void close() {
        closed = true;
        if (memory != null) {
            memory.drop();
        }
    }
}
