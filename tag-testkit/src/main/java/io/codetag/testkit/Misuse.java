package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocTag;
import io.codetag.TagSpace;
import java.util.Random;

/** What an allocator must not do, and what a tagger has to take without harm. */
final class Misuse {
    private static final int[] BAD_ORDERS = {-1, 31, 32, 63, 64, Integer.MIN_VALUE, Integer.MAX_VALUE};

    /** Belongs to a space without a profiler. */
    private static final AllocTag FOREIGN = new TagSpace().here();

    private final ProgramPages pages;
    private final Random random;

    Misuse(ProgramPages pages) {
        this.pages = pages;
        this.random = pages.random;
    }

    void commit(AllocTag tag, boolean recording) {
        switch (random.nextInt(8)) {
            case 0 -> doubleFree();
            case 1 -> addOntoLive(tag, recording);
            case 2 -> pages.allocate(FOREIGN);
            case 3 -> clearFree();
            case 4 -> wrongResize();
            case 5 -> outOfRange(anyBadPage(0), 0, tag);
            case 6 -> outOfRange(anyBadPage(pages.allocator.maxOrder()), pages.allocator.maxOrder(), tag);
            default -> outOfRange(random.nextInt(8), anyBadOrder(), tag);
        }
    }

    private void doubleFree() {
        final int order = pages.anyOrder();
        final long pfn = pages.freePages(order);
        if (pfn >= 0) {
            pages.sub(pfn, order);
            pages.sub(pfn, order);
        }
    }

    /** A lost free: the block is allocated anew, as a smaller one at most. While not recording this has no meaning. */
    private void addOntoLive(AllocTag tag, boolean recording) {
        final int index = pages.anyHead();
        if (index >= 0 && recording) {
            final long pfn = pages.heads().get(index);
            final int order = random.nextInt(pages.allocator.orderAt(pfn) + 1);
            pages.allocator.put(pfn, order);
            pages.add(pfn, order, tag);
        }
    }

    private void clearFree() {
        final long pfn = pages.freePages(0);
        if (pfn >= 0) {
            pages.clear(pfn, 0);
        }
    }

    private void wrongResize() {
        final int index = pages.anyHead();
        if (index >= 0) {
            final long pfn = pages.heads().get(index);
            final int order = pages.allocator.orderAt(pfn);
            final int wrong = random.nextBoolean() ? order + 1 : -1 - random.nextInt(40);
            pages.trace.add("split, trim and restamp " + pfn + " order " + order + " to " + wrong);
            pages.tagger.split(pfn, order, wrong);
            pages.model.split(pfn, order, wrong);
            pages.tagger.trim(pfn, order, wrong);
            pages.model.trim(pfn, order, wrong);
            pages.tagger.restamp(pfn, order, wrong, pages.words.word(pfn));
            pages.model.restamp(pfn, order, wrong);
        }
    }

    private void outOfRange(long pfn, int order, AllocTag tag) {
        pages.trace.add("everything with page " + pfn + " order " + order);
        pages.tagger.add(pfn, order, tag);
        pages.model.add(pfn, order, tag);
        pages.tagger.sub(pfn, order);
        pages.model.sub(pfn, order);
        pages.tagger.split(pfn, order, 0);
        pages.model.split(pfn, order, 0);
        pages.tagger.trim(pfn, order, 0);
        pages.model.trim(pfn, order, 0);
        pages.tagger.clear(pfn, order);
        pages.model.clear(pfn, order);
        pages.tagger.swap(pfn, 0, order);
        pages.model.swap(pfn, 0, order);
        pages.tagger.swap(0, pfn, order);
        pages.model.swap(0, pfn, order);
        outOfRangeFused(pfn, order, tag);
    }

    private void outOfRangeFused(long pfn, int order, AllocTag tag) {
        final long word = random.nextLong();
        assertEquals(word, pages.tagger.stamp(pfn, order, word, tag), "the word of a page out of range");
        pages.model.stamp(pfn, order, tag);
        assertEquals(word, pages.tagger.unstamp(pfn, order, word), "the word of a page out of range");
        pages.model.unstamp(pfn, order);
        assertEquals(word, pages.tagger.copyStamp(0, 0, pfn, order, word), "the word of a page out of range");
        pages.model.copyStamp(0, pfn, order);
        pages.tagger.restamp(pfn, order, 0, word);
        pages.model.restamp(pfn, order, 0);
    }

    /** Returns a page at which no block of an order fits. */
    private long anyBadPage(int order) {
        final long count = pages.allocator.pageCount();
        final long[] bad = {-1, Long.MIN_VALUE, Long.MAX_VALUE, count, count + 1, count - (1L << order) + 1, 1L << 62};
        return bad[random.nextInt(bad.length)];
    }

    private int anyBadOrder() {
        final int index = random.nextInt(BAD_ORDERS.length + 1);
        return index < BAD_ORDERS.length ? BAD_ORDERS[index] : pages.allocator.maxOrder() + 1;
    }
}
