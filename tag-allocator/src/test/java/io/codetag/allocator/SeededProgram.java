package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codetag.AllocTag;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random program over an allocator, beside a plain model of the blocks it holds. Several may share an allocator, each
 * with blocks of its own. Every page of a block carries a number that nobody else writes: the block's mark plus the
 * page's place in it.
 */
final class SeededProgram {
    private final PageAllocator pages;
    private final @Nullable LocalPages local;
    private final List<AllocTag> tags;
    private final Random random;
    private final List<Block> live = new ArrayList<>();
    private long nextMark;

    /** Makes a program; {@code number} tells those that share an allocator apart. */
    SeededProgram(PageAllocator pages, List<AllocTag> tags, long seed, int number) {
        this(pages, null, tags, seed, number);
    }

    /** Makes a program that allocates and frees through a handle. */
    SeededProgram(PageAllocator pages, @Nullable LocalPages local, List<AllocTag> tags, long seed, int number) {
        this.pages = pages;
        this.local = local;
        this.tags = tags;
        this.random = new Random(seed * 31 + number);
        this.nextMark = (long) (number + 1) << 48;
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            step();
        }
    }

    void freeAll() {
        while (!live.isEmpty()) {
            free(live.remove(random.nextInt(live.size())));
        }
    }

    /** The blocks this program holds. */
    List<Block> live() {
        return live;
    }

    /** Bytes and calls of each tag, as the model says. */
    Map<AllocTag, long[]> counts() {
        final Map<AllocTag, long[]> counts = new HashMap<>();
        for (Block block : live) {
            final long[] sums = counts.computeIfAbsent(block.tag, absent -> new long[2]);
            sums[0] += (long) pages.pageSize() << block.order;
            sums[1]++;
        }
        return counts;
    }

    private void step() {
        final int choice = random.nextInt(100);
        if (live.isEmpty() || choice < 40) {
            allocate();
            return;
        }
        final int index = random.nextInt(live.size());
        final Block block = live.get(index);
        check(block);
        if (choice < 65) {
            live.remove(index);
            free(block);
        } else if (choice < 75) {
            live.remove(index);
            split(block);
        } else if (choice < 85) {
            final int order = random.nextInt(block.order + 1);
            pages.trim(block.pfn, order);
            live.set(index, new Block(block.pfn, order, block.tag, block.mark));
        } else if (choice < 95) {
            migrate(index, block);
        } else if (block.order > 0) {
            final long inside = block.pfn + 1 + random.nextInt((1 << block.order) - 1);
            assertEquals(
                    BadPageException.class,
                    assertThrows(BadPageException.class, () -> pages.free(inside))
                            .getClass());
        }
    }

    private void allocate() {
        final int order = Math.min(random.nextInt(pages.maxOrder() + 1), random.nextInt(pages.maxOrder() + 1));
        final AllocTag tag = tags.get(random.nextInt(tags.size()));
        final long pfn = local == null ? pages.tryAllocate(order, tag) : local.tryAllocate(order, tag);
        if (pfn != PageAllocator.NO_PAGE) {
            final Block block = new Block(pfn, order, tag, nextMark);
            nextMark += 1L << order;
            final ByteBuffer bytes = pages.buffer(pfn);
            for (int page = 0; page < 1 << order; page++) {
                bytes.putLong(page * pages.pageSize(), block.mark + page);
            }
            live.add(block);
        }
    }

    private void free(Block block) {
        check(block);
        if (local == null) {
            pages.free(block.pfn);
        } else {
            local.free(block.pfn);
        }
    }

    private void split(Block block) {
        final int order = random.nextInt(block.order + 1);
        pages.split(block.pfn, order);
        for (int page = 0; page < 1 << block.order; page += 1 << order) {
            live.add(new Block(block.pfn + page, order, block.tag, block.mark + page));
        }
    }

    private void migrate(int index, Block block) {
        final long target = pages.migrate(block.pfn);
        if (target != PageAllocator.NO_PAGE) {
            final Block moved = new Block(target, block.order, block.tag, block.mark);
            live.set(index, moved);
            check(moved);
        }
    }

    private void check(Block block) {
        assertEquals(block.order, pages.orderOf(block.pfn), () -> "order of " + block);
        final ByteBuffer bytes = pages.buffer(block.pfn);
        for (int page = 0; page < 1 << block.order; page++) {
            assertEquals(block.mark + page, bytes.getLong(page * pages.pageSize()), () -> "contents of " + block);
        }
    }

    /** What the model knows of a block. */
    record Block(long pfn, int order, AllocTag tag, long mark) {}
}
