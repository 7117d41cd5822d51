package io.codetag.benchmarks.inside;

import io.codetag.AllocTags;
import io.codetag.CodeTag;
import io.codetag.Profiling;
import io.codetag.allocator.LocalPages;
import io.codetag.allocator.PageAllocator;
import io.codetag.benchmarks.paired.PairedPlan;
import io.codetag.benchmarks.paired.Variant;
import io.codetag.benchmarks.paired.Variant.Trait;
import io.codetag.benchmarks.paired.Work;
import io.codetag.benchmarks.paired.WorkFactory;
import io.codetag.benchmarks.paired.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An allocator without memory behind its pages, and its profiler, set up as one variant. */
public final class Setup implements WorkFactory {
    /** Pages that an allocator has more than those that are in use, so that its caches are never emptied. */
    private static final long SPARE_PAGES = 1 << 14;

    private static final int FILLING_TAGS = 16;
    private static final int FILLING_ORDER = RandomMixed.BLOCK_ORDER;

    private final PageAllocator pages;
    private final long first;
    private final long filled;
    private final int tags;
    private final List<PageAllocator> others;

    /**
     * Sets up.
     *
     * @param variant how
     * @param plan what it is for
     */
    public Setup(Variant variant, PairedPlan plan) {
        pages = allocator(variant, plan.pages() + SPARE_PAGES);
        Tags.FIRST.resolve();
        if (variant.has(Trait.SECOND_TAG_ESCAPES)) {
            final CodeTag place = CodeTag.of("io.codetag.benchmarks", "Filling.java", 1, "filling");
            AllocTags.space().load("filling", Collections.nCopies(FILLING_TAGS, place));
        }
        Tags.SECOND.resolve();
        if (variant.has(Trait.DRAINING)) {
            pages.allocate(0, Tags.FIRST); // stays live
            Profiling.switchOff();
        }
        others = variant.has(Trait.BESIDE_OTHERS) ? makeOthers() : List.of();
        tags = plan.tags();
        filled = plan.workload().fillsPages() ? plan.pages() : 0;
        first = filled == 0 ? 0 : fill(pages, plan.workload(), filled);
    }

    @Override
    public Work create(Workload workload, int thread, int threads) {
        final long share = filled / threads;
        final RandomPages random = new RandomPages(first + thread * share, share);
        final Work work =
                switch (workload) {
                    case PAIR_IN_HAND -> new PairInHand(pages.local());
                    case PAIR_LOOKED_UP, BUFFER_PAIR -> new PairLookedUp(pages);
                    case BATCH_64 -> new Batch(pages.local());
                    case PAIR_OF_MANY_TAGS -> new PairOfManyTags(pages.local(), tags);
                    case MIXED_ORDERS -> new MixedOrders(pages.local());
                    case RANDOM_PAIR -> new RandomPair(pages.local(), random);
                    case RANDOM_BATCH_64 -> new RandomBatch(pages.local(), random);
                    case RANDOM_MIXED -> new RandomMixed(pages.local(), random);
                };
        return others.isEmpty() ? work : new BesideOthers(work, others);
    }

    /** Returns the allocator. */
    public PageAllocator pages() {
        return pages;
    }

    /** Returns the allocators that are used beside this one. */
    public List<PageAllocator> others() {
        return others;
    }

    private static PageAllocator allocator(Variant variant, long pageCount) {
        final List<String> properties = new ArrayList<>();
        variant.settings().forEach((setting, value) -> {
            System.setProperty("codetag." + setting, value);
            properties.add("codetag." + setting);
        });
        try {
            return PageAllocator.builder("pages", pageCount)
                    .metadataOnly()
                    .attachedBy(spec -> {
                        AttachedWords.attach(spec);
                        return AllocTags.attach(spec);
                    })
                    .build();
        } finally {
            properties.forEach(System::clearProperty); // the next variant has others
        }
    }

    private static List<PageAllocator> makeOthers() {
        final List<PageAllocator> made = new ArrayList<>();
        for (String storage : List.of("pageext", IntArrayStoreProvider.NAME)) {
            made.add(PageAllocator.builder(storage, SPARE_PAGES)
                    .metadataOnly()
                    .storage(storage)
                    .build());
        }
        return made;
    }

    /** Allocates pages one after the other, with both tags: larger blocks, which are split. Returns the first page. */
    private static long fill(PageAllocator pages, Workload workload, long pageCount) {
        try (LocalPages local = pages.local()) {
            final long first = local.allocate(FILLING_ORDER, Tags.FIRST);
            for (long done = 0; done < pageCount; done += 1 << FILLING_ORDER) {
                final boolean even = (done >> FILLING_ORDER & 1) == 0;
                final long block = done == 0 ? first : local.allocate(FILLING_ORDER, even ? Tags.FIRST : Tags.SECOND);
                if (block != first + done) {
                    throw new IllegalStateException("block " + block + " does not follow the others");
                }
                if (workload == Workload.RANDOM_MIXED) {
                    RandomMixed.split(pages, block);
                } else {
                    pages.split(block, 0);
                }
            }
            return first;
        }
    }
}
