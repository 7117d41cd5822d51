package io.codetag;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An allocator's description of its pages, handed over when it is attached.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class PageSpec {
    /** The largest order that can be configured. */
    public static final int MAX_ORDER_LIMIT = 30;

    private final String name;
    private final long pageCount;
    private final int pageSize;
    private final int maxOrder;
    private final @Nullable FlagWords flags;
    private final @Nullable PageFlagsLayout layout;
    private final @Nullable BlockOrders orders;
    private final @Nullable WordOrders wordOrders;
    private final @Nullable String allocatorPackage;
    private final @Nullable String storage;
    private final @Nullable OverflowPolicy overflow;
    private final int maxBits;

    private PageSpec(Builder builder) {
        name = builder.name;
        pageCount = builder.pageCount;
        pageSize = builder.pageSize;
        maxOrder = builder.maxOrder;
        flags = builder.flags;
        layout = builder.layout;
        orders = builder.orders;
        wordOrders = builder.wordOrders;
        allocatorPackage = builder.allocatorPackage;
        storage = builder.storage;
        overflow = builder.overflow;
        maxBits = builder.maxBits;
    }

    /**
     * Begins a description.
     *
     * @param name the allocator's name in messages and reports; need not be unique
     * @param pageCount the number of pages, at least 1; may grow later
     * @param pageSize bytes of one page, a power of two
     * @return a builder
     */
    public static Builder builder(String name, long pageCount, int pageSize) {
        return new Builder(name, pageCount, pageSize);
    }

    /**
     * Returns the allocator's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the number of pages.
     *
     * @return pages, at least 1
     */
    public long pageCount() {
        return pageCount;
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
     * Returns the largest order of a block.
     *
     * @return the order, 0 to {@link #MAX_ORDER_LIMIT}
     */
    public int maxOrder() {
        return maxOrder;
    }

    /**
     * Returns access to the flag words.
     *
     * @return access; null if there are none
     */
    public @Nullable FlagWords flags() {
        return flags;
    }

    /**
     * Returns the layout of a flag word.
     *
     * @return the layout; null if there are no flag words
     */
    public @Nullable PageFlagsLayout layout() {
        return layout;
    }

    /**
     * Returns how to find allocated blocks.
     *
     * @return the look-up, also if words tell; null if the allocator cannot tell, and then nothing can be said of
     *     untracked pages, and no census can be taken
     */
    public @Nullable BlockOrders orders() {
        return orders;
    }

    /**
     * Returns how to find allocated blocks by their flag words.
     *
     * @return the look-up; null if words do not tell
     */
    public @Nullable WordOrders wordOrders() {
        return wordOrders;
    }

    /**
     * Returns the package of the allocator; its frames are no call sites.
     *
     * @return the package; null for that of the class that attaches
     */
    public @Nullable String allocatorPackage() {
        return allocatorPackage;
    }

    /**
     * Returns the backend asked for.
     *
     * @return a name; null for the setting {@code codetag.storage}
     */
    public @Nullable String storage() {
        return storage;
    }

    /**
     * Returns the overflow policy asked for.
     *
     * @return the policy; null for the setting {@code codetag.overflow}
     */
    public @Nullable OverflowPolicy overflow() {
        return overflow;
    }

    /**
     * Returns the most bits of the flag word that tags may take.
     *
     * @return the budget; -1 for the setting {@code codetag.pageflags.maxBits}
     */
    public int maxBits() {
        return maxBits;
    }

    @Override
    public String toString() {
        return "PageSpec[" + name + ", " + pageCount + " pages of " + pageSize + " bytes]";
    }

    /**
     * Collects a description.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String name;
        private final long pageCount;
        private final int pageSize;
        private int maxOrder = 10;
        private @Nullable FlagWords flags;
        private @Nullable PageFlagsLayout layout;
        private @Nullable BlockOrders orders;
        private @Nullable WordOrders wordOrders;
        private @Nullable String allocatorPackage;
        private @Nullable String storage;
        private @Nullable OverflowPolicy overflow;
        private int maxBits = -1;

        private Builder(String name, long pageCount, int pageSize) {
            this.name = Objects.requireNonNull(name, "name");
            this.pageCount = pageCount;
            this.pageSize = pageSize;
        }

        /**
         * Sets the largest order of a block; 10 unless set.
         *
         * @param order the order, 0 to {@link PageSpec#MAX_ORDER_LIMIT}
         * @return this builder
         */
        public Builder maxOrder(int order) {
            maxOrder = order;
            return this;
        }

        /**
         * Gives access to the allocator's flag words.
         *
         * @param words the words, at least as many as pages
         * @param wordLayout what their bits mean
         * @return this builder
         */
        public Builder flags(FlagWords words, PageFlagsLayout wordLayout) {
            flags = Objects.requireNonNull(words, "words");
            layout = Objects.requireNonNull(wordLayout, "wordLayout");
            return this;
        }

        /**
         * Says how to find allocated blocks, so that untracked pages can be told and a census can be taken.
         *
         * @param lookUp the look-up, free of locks
         * @return this builder
         */
        public Builder orders(BlockOrders lookUp) {
            orders = Objects.requireNonNull(lookUp, "lookUp");
            return this;
        }

        /**
         * Says how to find allocated blocks by their flag words, instead of {@link #orders}: the fastest way to take a
         * census of references that are in the same words.
         *
         * @param lookUp the look-up, free of locks
         * @return this builder
         */
        public Builder wordOrders(WordOrders lookUp) {
            wordOrders = Objects.requireNonNull(lookUp, "lookUp");
            return this;
        }

        /**
         * Names the package of the allocator; its frames are no call sites. Unless set, that of the class that
         * attaches.
         *
         * @param packageName such as {@code com.acme.pool}
         * @return this builder
         */
        public Builder allocatorPackage(String packageName) {
            allocatorPackage = Objects.requireNonNull(packageName, "packageName");
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
            if (bits < 0 || bits > Long.SIZE) {
                throw new IllegalArgumentException("maxBits is " + bits + ", it has to be 0 to 64");
            }
            maxBits = bits;
            return this;
        }

        /**
         * Makes the description.
         *
         * @return the description
         * @throws IllegalArgumentException if a number is out of range, there are fewer flag words than pages, or words
         *     are said to tell the blocks and there are none
         */
        public PageSpec build() {
            if (pageCount < 1) {
                throw new IllegalArgumentException(name + ": pageCount is " + pageCount + ", it has to be at least 1");
            }
            if (pageSize < 1 || Integer.bitCount(pageSize) != 1) {
                throw new IllegalArgumentException(
                        name + ": pageSize is " + pageSize + ", it has to be a power of two");
            }
            if (maxOrder < 0 || maxOrder > MAX_ORDER_LIMIT) {
                throw new IllegalArgumentException(
                        name + ": maxOrder is " + maxOrder + ", it has to be 0 to " + MAX_ORDER_LIMIT);
            }
            if (flags != null && flags.size() < pageCount) {
                throw new IllegalArgumentException(
                        name + ": there are " + flags.size() + " flag words for " + pageCount + " pages");
            }
            final WordOrders byWord = wordOrders;
            if (byWord != null) {
                final FlagWords words = flags;
                if (words == null) {
                    throw new IllegalArgumentException(name + ": wordOrders needs flag words");
                }
                orders = orders == null ? pfn -> byWord.orderOf(words.get(pfn)) : orders;
            }
            return new PageSpec(this);
        }
    }
}
