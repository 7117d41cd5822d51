package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTagger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A thread's share of an allocator's pages and of its charges, and a plain map of what it has live. Whether an
 * allocation was recorded, while others switch profiling on and off, it learns from the flag word.
 */
final class ConcurrentOwner {
    static final int PAGES = 256;

    private static final int MAX_ORDER = 4;

    private final PageTagger tagger;
    private final Profiler profiler;
    private final List<AllocTag> tags;
    private final long[] words;
    private final long tagBits;

    /** The order of the block that begins at a page, -1 if none does: what the allocator tells a census. */
    private final AtomicIntegerArray orders;

    private final int base;
    private final Random random;
    private final Map<AllocTag, AllocCounts> live = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Charge> charges = new ArrayList<>();
    private final boolean[] taken = new boolean[PAGES];

    ConcurrentOwner(
            Profiler profiler,
            PageTagger tagger,
            List<AllocTag> tags,
            long[] words,
            long tagBits,
            AtomicIntegerArray orders,
            int number,
            long seed) {
        this.profiler = profiler;
        this.tagger = tagger;
        this.tags = tags;
        this.words = words;
        this.tagBits = tagBits;
        this.orders = orders;
        this.base = number * PAGES;
        this.random = new Random(seed + number);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            final int choice = random.nextInt(100);
            if (choice < 8) {
                charge();
            } else if (choice < 16) {
                discharge();
            } else if (choice < 50 || blocks.isEmpty()) {
                allocate();
            } else if (choice < 80) {
                free(random.nextInt(blocks.size()));
            } else if (choice < 88) {
                split(blocks.get(random.nextInt(blocks.size())));
            } else if (choice < 94) {
                trim(blocks.get(random.nextInt(blocks.size())));
            } else {
                move(blocks.get(random.nextInt(blocks.size())));
            }
        }
    }

    /** Returns the orders of so many owners' pages, all free. */
    static AtomicIntegerArray orders(int owners) {
        final int[] none = new int[owners * PAGES];
        Arrays.fill(none, -1);
        return new AtomicIntegerArray(none);
    }

    AllocCounts live(AllocTag tag) {
        return live.getOrDefault(tag, AllocCounts.ZERO);
    }

    void freeAll() {
        while (!blocks.isEmpty()) {
            free(0);
        }
        while (!charges.isEmpty()) {
            discharge();
        }
        live.forEach((tag, counts) -> assertEquals(AllocCounts.ZERO, counts));
    }

    private void charge() {
        final AllocTag tag = tags.get(random.nextInt(tags.size()));
        final long bytes = random.nextInt(1_000);
        final int reference = tag.charge(bytes);
        if (reference != 0) {
            assertEquals(tag.code(), reference);
            charges.add(new Charge(tag, reference, bytes));
            count(tag, bytes, 1);
        }
    }

    private void discharge() {
        if (!charges.isEmpty()) {
            final Charge charge = charges.remove(random.nextInt(charges.size()));
            profiler.discharge(charge.reference, charge.bytes);
            count(charge.tag, -charge.bytes, -1);
        }
    }

    private void allocate() {
        final int order = random.nextInt(MAX_ORDER + 1);
        final int page = random.nextInt(PAGES >> order) << order;
        if (!isFree(page, order)) {
            return;
        }
        mark(page, order, true);
        final AllocTag tag = tags.get(random.nextInt(tags.size()));
        final int pfn = base + page;
        orders.set(pfn, order);
        if (random.nextBoolean()) {
            words[pfn] = tagger.stamp(pfn, order, words[pfn], tag);
        } else {
            tagger.add(pfn, order, tag);
        }
        final boolean recorded = (words[pfn] & tagBits) != 0;
        blocks.add(new Block(page, order, recorded ? tag : null));
        if (recorded) {
            count(tag, (long) Pools.PAGE << order, 1);
        }
    }

    /** By the fused form, which leaves no mark behind: so a free page's word says nothing. */
    private void free(int index) {
        final Block block = blocks.remove(index);
        mark(block.page, block.order, false);
        final int pfn = base + block.page;
        words[pfn] = tagger.unstamp(pfn, block.order, words[pfn]);
        assertEquals(0, words[pfn] & tagBits);
        orders.set(pfn, -1);
        if (block.tag != null) {
            count(block.tag, -((long) Pools.PAGE << block.order), -1);
        }
    }

    private void split(Block block) {
        final int newOrder = random.nextInt(block.order + 1);
        final int pieces = 1 << (block.order - newOrder);
        tagger.split(base + block.page, block.order, newOrder);
        for (int i = 1; i < pieces; i++) {
            blocks.add(new Block(block.page + (i << newOrder), newOrder, block.tag));
            orders.set(base + block.page + (i << newOrder), newOrder);
        }
        orders.set(base + block.page, newOrder);
        if (block.tag != null) {
            count(block.tag, 0, pieces - 1);
        }
        block.order = newOrder;
    }

    private void trim(Block block) {
        final int newOrder = random.nextInt(block.order + 1);
        tagger.trim(base + block.page, block.order, newOrder);
        orders.set(base + block.page, newOrder);
        Arrays.fill(taken, block.page + (1 << newOrder), block.page + (1 << block.order), false);
        if (block.tag != null) {
            count(block.tag, ((long) Pools.PAGE << newOrder) - ((long) Pools.PAGE << block.order), 0);
        }
        block.order = newOrder;
    }

    private void move(Block block) {
        final int page = random.nextInt(PAGES >> block.order) << block.order;
        if (isFree(page, block.order)) {
            orders.set(base + page, block.order);
            tagger.swap(base + page, base + block.page, block.order);
            words[base + block.page] = tagger.unstamp(base + block.page, block.order, words[base + block.page]);
            orders.set(base + block.page, -1);
            mark(block.page, block.order, false);
            mark(page, block.order, true);
            block.page = page;
        }
    }

    private void count(AllocTag tag, long bytes, long calls) {
        live.merge(tag, new AllocCounts(bytes, calls), AllocCounts::plus);
    }

    private boolean isFree(int page, int order) {
        for (int i = page; i < page + (1 << order); i++) {
            if (taken[i]) {
                return false;
            }
        }
        return true;
    }

    private void mark(int page, int order, boolean isTaken) {
        Arrays.fill(taken, page, page + (1 << order), isTaken);
    }

    /** A live block; without a tag if it was not recorded. */
    private static final class Block {
        private int page;
        private int order;
        private final AllocTag tag;

        private Block(int page, int order, AllocTag tag) {
            this.page = page;
            this.order = order;
            this.tag = tag;
        }
    }

    /** Memory that is no page. */
    private record Charge(AllocTag tag, int reference, long bytes) {}
}
