package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.PageTagger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An allocator that holds its lock while it records, and takes it when it is asked which blocks there are. */
@DisplayName("Under an allocator's lock")
class AllocatorLockTest {
    private static final int ROUNDS = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final int[] orders = new int[64];

    private int orderAt(long pfn) {
        lock.lock();
        try {
            return orders[(int) pfn];
        } finally {
            lock.unlock();
        }
    }

    @Test
    @DisplayName(
            "tags are used for the first time while others read, load, switch and look after: nobody waits for ever")
    void firstUse() throws InterruptedException {
        java.util.Arrays.fill(orders, -1);
        final AtomicBoolean done = new AtomicBoolean();
        try (Profiler profiler = Profiler.builder().headroom(0).build()) {
            final PageTagger tagger = profiler.attach(
                    Pools.flags("pool", 64, 6).orders(this::orderAt).build());
            final List<AllocTag> tags = new ArrayList<>();
            Crowd.run(List.of(
                    number -> {
                        for (int i = 0; i < ROUNDS; i++) {
                            tags.add(underLock(profiler, tagger, i % 64));
                        }
                        done.set(true);
                    },
                    number -> {
                        while (!done.get()) {
                            profiler.totals();
                            profiler.snapshot();
                            profiler.housekeep();
                        }
                    },
                    number -> {
                        while (!done.get()) {
                            profiler.load("module", IdReuseTest.places(3)).unload();
                            tagger.allocationFailed(2);
                            profiler.record(true);
                        }
                    }));
            assertEquals(ROUNDS, tags.size());
            assertEquals(0, tagger.totals().calls());
            assertEquals(0, tagger.totals().untracked().orElseThrow());
            tags.forEach(tag -> assertEquals(AllocCounts.ZERO, tag.counts()));
            assertEquals(0, profiler.firstUseFailures());
        }
    }

    /** Allocates by a tag that nobody used before, and frees. */
    private AllocTag underLock(Profiler profiler, PageTagger tagger, int pfn) {
        lock.lock();
        try {
            final AllocTag tag = profiler.load("one", List.of(CodeTag.of("com.acme.A", "A.java", 1, "a")))
                    .tags()
                    .get(0);
            orders[pfn] = 0;
            tagger.add(pfn, 0, tag);
            tagger.add((pfn + 1) % 64, 0, profiler.space().untagged());
            tagger.sub((pfn + 1) % 64, 0);
            tagger.sub(pfn, 0);
            orders[pfn] = -1;
            return tag;
        } finally {
            lock.unlock();
        }
    }
}
