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

    private final PageAllocator pages;
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
        others = variant.has(Trait.BESIDE_OTHERS) ? others() : List.of();
        tags = plan.tags();
        filled = plan.workload().fillsPages() ? fill(pages, plan.pages()) : 0;
    }

    @Override
    public Work create(Workload workload, int thread, int threads) {
        final long share = filled / threads;
        final Work work =
                switch (workload) {
                    case PAIR_IN_HAND -> new PairInHand(pages.local());
                    case PAIR_THREAD_LOCAL, BUFFER_PAIR -> new PairThreadLocal(pages);
                    case BATCH_64 -> new Batch(pages.local());
                    case PAIR_OF_MANY_TAGS -> new PairOfManyTags(pages.local(), tags);
                    case MIXED_ORDERS -> new MixedOrders(pages.local());
                    case RANDOM_PAIR -> new RandomPair(pages.local(), new RandomPages(thread * share, share));
                    case RANDOM_BATCH_64 -> new RandomBatch(pages.local(), new RandomPages(thread * share, share));
                };
        return others.isEmpty() ? work : new BesideOthers(work, others);
    }

    /** Returns the allocator. */
    public PageAllocator pages() {
        return pages;
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

    private static List<PageAllocator> others() {
        final List<PageAllocator> made = new ArrayList<>();
        for (String storage : List.of("pageext", IntArrayStoreProvider.NAME)) {
            made.add(PageAllocator.builder(storage, SPARE_PAGES)
                    .metadataOnly()
                    .storage(storage)
                    .build());
        }
        return made;
    }

    /** Allocates the lowest pages, with both tags. */
    private static long fill(PageAllocator pages, long pageCount) {
        try (LocalPages local = pages.local()) {
            for (long page = 0; page < pageCount; page++) {
                local.allocate(0, (page & 1) == 0 ? Tags.FIRST : Tags.SECOND);
            }
        }
        return pageCount;
    }
}
