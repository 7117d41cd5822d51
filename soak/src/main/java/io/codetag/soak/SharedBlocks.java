package io.codetag.soak;

import io.codetag.allocator.PageAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The blocks that one owner has of an allocator that all share. One thread at a time. */
final class SharedBlocks {
    private static final int MOST = 200;

    private final SharedPages shared;
    private final PageAllocator pages;
    private final SplittableRandom random;
    private final List<SharedBlock> blocks = new ArrayList<>();
    private long bytes;
    private long calls;

    SharedBlocks(SharedPages shared, SplittableRandom random) {
        this.shared = shared;
        this.pages = shared.allocator();
        this.random = random;
    }

    SharedPages shared() {
        return shared;
    }

    /** Returns the bytes of what is live and recorded. */
    long bytes() {
        return bytes;
    }

    /** Returns how many live blocks are recorded. */
    long calls() {
        return calls;
    }

    /** Does something with one block, or allocates one. */
    void step(TagModel tag, boolean recording) {
        final int choice = random.nextInt(100);
        if (blocks.isEmpty() || (choice < 45 && blocks.size() < MOST)) {
            allocate(tag, recording);
            return;
        }
        final int index = random.nextInt(blocks.size());
        final SharedBlock block = blocks.get(index);
        shared.mark(block, random.nextLong());
        if (choice < 80) {
            free(index);
        } else if (choice < 88) {
            split(block);
        } else if (choice < 94) {
            trim(block);
        } else {
            migrate(block);
        }
    }

    private void allocate(TagModel tag, boolean recording) {
        final int order = random.nextInt(1 + random.nextInt(SharedPages.MAX_ORDER + 1));
        final long pfn = pages.tryAllocate(order, tag.handle());
        if (pfn != PageAllocator.NO_PAGE) {
            final SharedBlock block = new SharedBlock(pfn, order, recording ? tag : null);
            blocks.add(block);
            count(block.tag, shared.bytes(order), 1);
        }
    }

    private void free(int index) {
        final SharedBlock block = blocks.get(index);
        blocks.set(index, blocks.get(blocks.size() - 1));
        blocks.remove(blocks.size() - 1);
        pages.free(block.pfn);
        count(block.tag, -shared.bytes(block.order), -1);
    }

    private void split(SharedBlock block) {
        final int newOrder = random.nextInt(block.order + 1);
        final int pieces = 1 << (block.order - newOrder);
        pages.split(block.pfn, newOrder);
        for (int i = 1; i < pieces; i++) {
            blocks.add(new SharedBlock(block.pfn + ((long) i << newOrder), newOrder, block.tag));
        }
        block.order = newOrder;
        count(block.tag, 0, pieces - 1);
    }

    private void trim(SharedBlock block) {
        final int newOrder = random.nextInt(block.order + 1);
        pages.trim(block.pfn, newOrder);
        count(block.tag, shared.bytes(newOrder) - shared.bytes(block.order), 0);
        block.order = newOrder;
    }

    private void migrate(SharedBlock block) {
        final long target = pages.migrate(block.pfn);
        if (target != PageAllocator.NO_PAGE) {
            block.pfn = target;
            block.field = null; // claimed bits stay with their page
        }
    }

    /** Allocates and frees as much, while others may switch recording at any moment. */
    void balanced(TagModel tag) {
        final long pfn = pages.tryAllocate(random.nextInt(SharedPages.MAX_ORDER + 1), tag.handle());
        if (pfn != PageAllocator.NO_PAGE) {
            pages.free(pfn);
        }
    }

    void freeAll() {
        while (!blocks.isEmpty()) {
            free(blocks.size() - 1);
        }
    }

    private void count(@Nullable TagModel tag, long moreBytes, long moreCalls) {
        if (tag != null) {
            tag.add(moreBytes, moreCalls);
            bytes += moreBytes;
            calls += moreCalls;
        }
    }
}
