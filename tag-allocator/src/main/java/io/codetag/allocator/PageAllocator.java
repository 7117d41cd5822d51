package io.codetag.allocator;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.BitClaim;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Quiescence;
import io.codetag.TagSpace;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands out blocks of off-heap pages and remembers which tag holds each of them.
 *
 * <p>A block of order n is 2<sup>n</sup> consecutive pages, aligned to its size; its first page, a pfn, stands for it.
 * A block that comes back is merged with its buddy. The bytes of a page are zero when it is handed out for the first
 * time and are <em>not</em> cleared afterwards: a new owner finds what the last one left.
 *
 * <p><b>Errors.</b> A pfn that is no block of this allocator is refused with {@link BadPageException}, a free one with
 * {@link DoubleFreeException}, an order out of range with {@link IllegalArgumentException}; nothing has changed then.
 * Once the allocator is closed, whatever would change or look into a block is refused with {@link
 * IllegalStateException}.
 *
 * <p><b>Thread safety.</b> Safe. One owner of a block at a time frees, splits, trims or migrates it. Small blocks come
 * from and go to a cache of the thread, without a lock. Everything else takes the one lock, for a short time except to copy
 * in {@link #migrate}. Before it is said that there is no block, the caches of all threads are emptied. While the JVM makes
 * and zeroes another direct buffer only those wait who need it. When it refuses, it is not asked again for ten seconds.
 *
 * <p>A block that is freed twice is refused the second time, by whatever thread, if the two frees are ordered. Two threads
 * that free one block at the same moment both own it, which no allocator can repair: it may be handed out twice.
 *
 * @since 0.1
 */
public final class PageAllocator implements AutoCloseable {
    /** No page: what {@link #tryAllocate} returns when there is none. */
    public static final long NO_PAGE = -1;

    private final String name;
    private final long pages;
    private final int pageSize;
    private final int maxOrder;
    private final TagSpace space;
    private final PageTagger tagger;
    private final @Nullable PageMemory memory;
    private final PageWords words;
    private final Blocks blocks;
    private final PageCaches caches;
    private final ReentrantLock claiming = new ReentrantLock();

    private PageAllocator(Builder builder) {
        name = builder.name;
        pages = builder.pages;
        pageSize = builder.pageSize;
        maxOrder = builder.maxOrder;
        space = builder.space;
        final ReentrantLock lock = new ReentrantLock();
        words = new PageWords(pages);
        memory = builder.metadataOnly ? null : new PageMemory(pages, pageSize, maxOrder);
        tagger = builder.attach.apply(builder.spec(words, this::awaitQuiescence));
        final BlockTags tags = new BlockTags(tagger);
        blocks = new Blocks(name, words, memory, new FreeBlocks(pages, maxOrder), tags, lock);
        caches = new PageCaches(blocks, words, tags, pageSize, maxOrder);
    }

    /**
     * Begins an allocator.
     *
     * @param name its name in messages and reports; need not be unique
     * @param pages the number of its pages, 1 to 2<sup>40</sup>
     * @return a builder
     */
    public static Builder builder(String name, long pages) {
        return new Builder(name, pages);
    }

    /**
     * Hands out a block and charges it to a tag.
     *
     * @param order log2 of its pages, 0 to {@link #maxOrder()}
     * @param tag who allocates
     * @return its first page
     * @throws OutOfPagesException if there is none; the largest tags have been reported then
     */
    public long allocate(int order, AllocTag tag) {
        final long pfn = tryAllocate(order, tag);
        if (pfn == NO_PAGE) {
            throw failed(order);
        }
        return pfn;
    }

    /**
     * Hands out a block and charges it to the current tag of the thread.
     *
     * @param order log2 of its pages, 0 to {@link #maxOrder()}
     * @return its first page
     * @throws OutOfPagesException if there is none; the largest tags have been reported then
     */
    public long allocate(int order) {
        return allocate(order, space.current());
    }

    /**
     * Hands out a block if there is one; reports nothing if there is not.
     *
     * @param order log2 of its pages, 0 to {@link #maxOrder()}
     * @param tag who allocates
     * @return its first page; {@link #NO_PAGE} if there is no free block, or the JVM has no memory to put behind it
     */
    public long tryAllocate(int order, AllocTag tag) {
        return caches.allocate(order, Objects.requireNonNull(tag, "tag"));
    }

    /**
     * Takes a block back and credits its tag.
     *
     * @param pfn its first page
     * @throws DoubleFreeException if the page is free
     * @throws BadPageException if it is out of range or lies further inside a block
     */
    public void free(long pfn) {
        caches.free(pfn);
    }

    /**
     * Returns a part of this allocator for one thread at a time, which saves it the look-up of its cache.
     *
     * @return a new handle, to be closed before the allocator or with it
     * @throws IllegalStateException if this allocator is closed
     */
    public LocalPages local() {
        return new LocalPages(this, caches);
    }

    /**
     * Returns the order of an allocated block. Takes no lock.
     *
     * @param pfn a page
     * @return log2 of its pages; -1 if no allocated block begins at this page, or there is no such page
     */
    public int orderOf(long pfn) {
        return blocks.orderOf(pfn);
    }

    /**
     * Makes several smaller blocks of one, each freed separately from now on. All keep its tag and their bytes.
     *
     * @param pfn its first page
     * @param newOrder log2 of the pages of each piece, at most the block's order
     */
    public void split(long pfn, int newOrder) {
        blocks.split(pfn, newOrder);
    }

    /**
     * Makes a block smaller: its first pages stay, the rest is freed.
     *
     * @param pfn its first page
     * @param newOrder log2 of the pages that stay, at most the block's order
     */
    public void trim(long pfn, int newOrder) {
        blocks.trim(pfn, newOrder);
    }

    /**
     * Moves a block elsewhere: bytes and tag go to a new block of the same order, the old one becomes free. Moving is
     * not allocating: nothing is charged. The owner leaves the block alone meanwhile.
     *
     * @param pfn its first page
     * @return the first page of the new block; {@link #NO_PAGE} if there is no room, and then the block stays
     */
    public long migrate(long pfn) {
        return caches.migrate(pfn);
    }

    /**
     * Returns a view of a whole block, from 0 to its size, in the native byte order. Views of different blocks share no
     * byte. Valid until the block is freed; used later, it reaches what the next owner does with the pages.
     *
     * @param pfn the block's first page
     * @return a new direct buffer over the block's memory
     * @throws IllegalStateException if this allocator has metadata only
     */
    public ByteBuffer buffer(long pfn) {
        final PageMemory bytes = bytes();
        final int order = blocks.orderOf(pfn);
        if (order < 0) {
            throw blocks.badPage(pfn);
        }
        return bytes.view(pfn, order);
    }

    /**
     * Returns a view of one page of a block, not necessarily its first; otherwise as {@link #buffer}.
     *
     * @param pfn the page
     * @return a new direct buffer over the page's memory
     * @throws IllegalStateException if this allocator has metadata only
     */
    public ByteBuffer pageBuffer(long pfn) {
        final PageMemory bytes = bytes();
        if (blocks.headOf(pfn) == NO_PAGE) {
            throw blocks.badPage(pfn);
        }
        return bytes.view(pfn, 0);
    }

    /**
     * Returns the number of pages.
     *
     * @return pages, allocated and free
     */
    public long pages() {
        return pages;
    }

    /**
     * Returns the size of a page.
     *
     * @return bytes, a power of two
     */
    public int pageSize() {
        return pageSize;
    }

    /**
     * Returns the largest order.
     *
     * @return log2 of the pages of the largest block
     */
    public int maxOrder() {
        return maxOrder;
    }

    /**
     * Returns what has been handed out. Takes no lock.
     *
     * @return bytes of allocated blocks
     */
    public long allocatedBytes() {
        return caches.allocatedPages() * pageSize;
    }

    /**
     * Returns what has not been handed out. Takes no lock.
     *
     * @return bytes of free pages, in pieces of any size
     */
    public long freeBytes() {
        return (pages - caches.allocatedPages()) * pageSize;
    }

    /**
     * Claims some bits beside each page for a purpose of the caller's own, the highest that are free. The flag word has
     * 59 bits beside what this allocator needs. Tags give way: references that no longer fit move to the overflow store
     * while other threads allocate and free, and this call waits for that.
     *
     * @param fieldName what the bits are for, unlike any other
     * @param bits how many, 1 to 57; tags keep at least 2
     * @return the bits of all pages, all 0
     * @throws IllegalArgumentException if there are not so many neighbouring bits, or the name is taken
     * @throws IllegalStateException if the profiler refuses; the message says why
     * @throws InterruptedException if the waiting thread was interrupted; nothing is claimed then
     */
    public PageField claimField(String fieldName, int bits) throws InterruptedException {
        claiming.lockInterruptibly();
        try {
            blocks.checkOpen();
            final Field field = PageWord.highestFree(fieldName, bits, tagger.claimedBits());
            final BitClaim claim = tagger.claimBits(field);
            if (!claim.granted()) {
                throw new IllegalStateException(
                        "allocator \"" + name + "\" cannot have bits for '" + fieldName + "': " + claim.reason());
            }
            return new PageField(this, words, field);
        } finally {
            claiming.unlock();
        }
    }

    /** Sets bits to 0 in all pages and gives them back. */
    void returnField(PageField claimed) throws InterruptedException {
        final Field field = claimed.bits();
        claiming.lockInterruptibly();
        try {
            if (claimed.gone) {
                throw new IllegalStateException("the bits of " + field.name() + " were given back before");
            }
            while (words.clear(field.mask())) { // an owner may store a word that it read before
                caches.awaitQuiescence();
            }
            tagger.returnBits(field);
            claimed.gone = true;
        } finally {
            claiming.unlock();
        }
    }

    /**
     * Returns what keeps the tags of these pages and knows their storage facts and totals.
     *
     * @return the tagger; it is closed with this allocator
     */
    public PageTagger tagger() {
        return tagger;
    }

    /**
     * Credits every live block and drops the memory. On Java 17 a direct buffer cannot be freed by hand: its memory
     * returns at the next garbage collection after the last view of it has gone. Closing again does nothing.
     */
    @Override
    public void close() {
        caches.close();
    }

    @Override
    public String toString() {
        return "PageAllocator[" + name + ", " + pages + " pages of " + pageSize + " bytes]";
    }

    private void awaitQuiescence() throws InterruptedException {
        caches.awaitQuiescence();
    }

    private PageMemory bytes() {
        blocks.checkOpen();
        if (memory == null) {
            throw new IllegalStateException("allocator \"" + name + "\" has metadata only: there are no bytes to view");
        }
        return memory;
    }

    PageCaches caches() {
        return caches;
    }

    /** Has the largest tags reported, and returns what to throw when there is no block. */
    OutOfPagesException failed(int order) {
        tagger.allocationFailed(order);
        return new OutOfPagesException(
                order,
                "allocator \"" + name + "\" has no block of order " + order + " (" + ((long) pageSize << order)
                        + " bytes): of " + pages * pageSize + " bytes " + freeBytes()
                        + " are free, but in smaller blocks or without memory from the JVM");
    }

    /**
     * Collects what an allocator is to be.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final long MAX_PAGES = 1L << 40;
        private static final long MAX_BYTES = 1L << 60;
        private static final long MAX_BLOCK_BYTES = 1L << 30;
        private static final int UNSET = Integer.MIN_VALUE;

        private final String name;
        private final long pages;
        private int pageSize = 4096;
        private int maxOrder = PageWord.MAX_ORDER;
        private boolean metadataOnly;
        private Function<PageSpec, PageTagger> attach = AllocTags::attach;
        private TagSpace space = AllocTags.space();
        private @Nullable String storage;
        private @Nullable OverflowPolicy overflow;
        private int maxBits = UNSET;

        private Builder(String name, long pages) {
            this.name = Objects.requireNonNull(name, "name");
            this.pages = pages;
        }

        /**
         * Sets the size of a page; 4 096 unless set.
         *
         * @param bytes a power of two; the largest block may have at most 2<sup>30</sup> bytes
         * @return this builder
         */
        public Builder pageSize(int bytes) {
            pageSize = bytes;
            return this;
        }

        /**
         * Sets the largest order of a block; 10 unless set.
         *
         * @param order log2 of its pages, 0 to 10
         * @return this builder
         */
        public Builder maxOrder(int order) {
            maxOrder = order;
            return this;
        }

        /**
         * Leaves out the memory of the pages: for benchmarks, tests of scale, and pages that are elsewhere.
         *
         * @return this builder
         */
        public Builder metadataOnly() {
            metadataOnly = true;
            return this;
        }

        /**
         * Chooses a profiler; unless set, the process-wide one.
         *
         * @param attachment what makes the tagger; a profiler of another tag space also needs {@link #space}
         * @return this builder
         */
        public Builder attachedBy(Function<PageSpec, PageTagger> attachment) {
            attach = Objects.requireNonNull(attachment, "attachment");
            return this;
        }

        /**
         * Chooses the space whose current tag is charged when none is given; unless set, the process-wide one.
         *
         * @param tags the tag space of the profiler
         * @return this builder
         */
        public Builder space(TagSpace tags) {
            space = Objects.requireNonNull(tags, "tags");
            return this;
        }

        /**
         * Chooses the backend for these pages, instead of the setting {@code codetag.storage}.
         *
         * @param backend {@code auto} or the name of a backend
         * @return this builder
         */
        public Builder storage(String backend) {
            storage = Objects.requireNonNull(backend, "backend");
            return this;
        }

        /**
         * Chooses the overflow policy for these pages, instead of the setting {@code codetag.overflow}.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder overflow(OverflowPolicy policy) {
            overflow = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Bounds the bits of the flag word that tags may take, instead of the setting {@code
         * codetag.pageflags.maxBits}.
         *
         * @param bits the budget, 0 to 64
         * @return this builder
         */
        public Builder maxBits(int bits) {
            maxBits = bits;
            return this;
        }

        /**
         * Makes the allocator and attaches it. Memory is taken as pages are first handed out.
         *
         * @return the allocator
         * @throws IllegalArgumentException if a number is out of range, or the profiler refuses the pages
         */
        public PageAllocator build() {
            check(pages >= 1 && pages <= MAX_PAGES, "pages", pages, "1 to " + MAX_PAGES);
            check(maxOrder >= 0 && maxOrder <= PageWord.MAX_ORDER, "maxOrder", maxOrder, "0 to " + PageWord.MAX_ORDER);
            check(Integer.bitCount(pageSize) == 1 && pageSize > 0, "pageSize", pageSize, "a power of two");
            final long mostPages = MAX_BYTES / pageSize;
            check(pages <= mostPages, "pages", pages, "at most " + mostPages + " with pages of " + pageSize + " bytes");
            final long mostBytes = MAX_BLOCK_BYTES >> maxOrder;
            check(pageSize <= mostBytes, "pageSize", pageSize, "at most " + mostBytes + " with maxOrder " + maxOrder);
            return new PageAllocator(this);
        }

        private void check(boolean good, String what, long value, String accepted) {
            if (!good) {
                throw new IllegalArgumentException(
                        "allocator \"" + name + "\": " + what + " is " + value + ", it has to be " + accepted);
            }
        }

        private PageSpec spec(PageWords words, Quiescence quiescence) {
            final PageSpec.Builder spec = PageSpec.builder(name, pages, pageSize)
                    .maxOrder(maxOrder)
                    .flags(words, PageWord.layout(quiescence))
                    .wordOrders(words)
                    .allocatorPackage(PageAllocator.class.getPackageName());
            if (storage != null) {
                spec.storage(storage);
            }
            if (overflow != null) {
                spec.overflow(overflow);
            }
            return maxBits == UNSET ? spec.build() : spec.maxBits(maxBits).build();
        }
    }
}
