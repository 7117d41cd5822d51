package io.codetag.core;

import io.codetag.AllocTag;
import io.codetag.BlockOrders;
import io.codetag.CodeTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where references are kept, and in which form an allocator records: what the page operations are tested on. */
enum StoreKind {
    FLAGS("pageflags", 20, false),
    FLAGS_FUSED("pageflags", 20, true),
    FLAGS_ESCAPED("pageflags", 2, false),
    FLAGS_ESCAPED_FUSED("pageflags", 2, true),
    EXT("pageext", 0, false),
    EXT_FUSED("pageext", 0, true),
    HOOKED("hooked", 0, false);

    static final int PAGES = 64;
    static final int MAX_ORDER = 5;

    /** What the allocator keeps in its own bits of a word; never to be changed. */
    private static final long OWN = 0x5A;

    private final String storage;
    private final int bits;
    private final boolean fused;

    StoreKind(String storage, int bits, boolean fused) {
        this.storage = storage;
        this.bits = bits;
        this.fused = fused;
    }

    /** Opens a profiler and attaches pages of this kind to it. */
    Pages open(boolean debug) {
        return new Pages(
                this,
                Profiler.builder()
                        .headroom(0)
                        .overflow(OverflowPolicy.SPILL)
                        .debug(debug)
                        .build(),
                null);
    }

    Pages open(BlockOrders orders) {
        return new Pages(
                this,
                Profiler.builder().headroom(0).overflow(OverflowPolicy.SPILL).build(),
                orders);
    }

    /** An allocator's side of a tagger. */
    static final class Pages implements AutoCloseable {
        final Profiler profiler;
        final PageSpec spec;
        final PageTagger tagger;
        final AllocTag red;
        final AllocTag blue;
        private final StoreKind kind;
        private final long[] words = new long[2 * PAGES];

        private Pages(StoreKind kind, Profiler profiler, @Nullable BlockOrders orders) {
            this.kind = kind;
            this.profiler = profiler;
            java.util.Arrays.fill(words, OWN);
            final PageSpec.Builder builder = (kind.bits == 0
                            ? PageSpec.builder("pool", PAGES, Pools.PAGE)
                            : PageSpec.builder("pool", PAGES, Pools.PAGE)
                                    .flags(io.codetag.FlagWords.of(words), Pools.layout(kind.bits)))
                    .maxOrder(MAX_ORDER)
                    .storage(kind.storage);
            spec = (orders == null ? builder : builder.orders(orders)).build();
            tagger = profiler.attach(spec);
            // With two bits the first of these tags fits, and the others escape.
            final List<AllocTag> tags = profiler.load(
                            "colours",
                            IntStream.range(1, 4)
                                    .mapToObj(line -> CodeTag.of("com.acme.Colours", "Colours.java", line, "paint"))
                                    .toList())
                    .tags();
            red = tags.get(1);
            blue = tags.get(2);
        }

        void add(long pfn, int order, AllocTag tag) {
            if (kind.fused) {
                store(pfn, tagger.stamp(pfn, order, word(pfn), tag));
            } else {
                tagger.add(pfn, order, tag);
            }
        }

        void sub(long pfn, int order) {
            if (kind.fused) {
                store(pfn, tagger.unstamp(pfn, order, word(pfn)));
            } else {
                tagger.sub(pfn, order);
            }
        }

        void split(long pfn, int oldOrder, int newOrder) {
            if (!kind.fused) {
                tagger.split(pfn, oldOrder, newOrder);
                return;
            }
            for (long piece = pfn + (1L << newOrder); piece < pfn + (1L << oldOrder); piece += 1L << newOrder) {
                store(piece, tagger.copyStamp(pfn, word(pfn), piece, newOrder, word(piece)));
            }
            tagger.restamp(pfn, oldOrder, newOrder, word(pfn));
        }

        void trim(long pfn, int oldOrder, int newOrder) {
            if (kind.fused) {
                tagger.restamp(pfn, oldOrder, newOrder, word(pfn));
            } else {
                tagger.trim(pfn, oldOrder, newOrder);
            }
        }

        /** Returns whether the allocator's own bits are what they were. */
        boolean ownBitsSurvived() {
            for (long word : words) {
                if ((word & ~Pools.layout(Math.max(2, kind.bits)).unusedMask()) != OWN) {
                    return false;
                }
            }
            return true;
        }

        /** Returns whether no word has a reference left. */
        boolean isClean() {
            for (long word : words) {
                if (word != OWN) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() {
            profiler.close();
        }

        private long word(long pfn) {
            return pfn >= 0 && pfn < words.length ? words[(int) pfn] : OWN;
        }

        private void store(long pfn, long word) {
            if (pfn >= 0 && pfn < words.length) {
                words[(int) pfn] = word;
            }
        }
    }
}
