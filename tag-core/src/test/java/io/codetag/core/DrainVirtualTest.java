package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Going from draining to cold while a virtual thread waits for a lock of the store")
class DrainVirtualTest {
    @Test
    @DisplayName("loses no block: either it is credited when it is freed, or it was never counted")
    void waiting() throws Exception {
        final Semaphore storeLock = new Semaphore(0);
        final CountDownLatch inside = new CountDownLatch(1);
        try (Profiler profiler = Profiler.builder().build()) {
            HookedStores.next(new StoreHook(() -> {
                inside.countDown();
                storeLock.acquireUninterruptibly();
                storeLock.release();
            }));
            final PageTagger tagger = profiler.attach(
                    Pools.plain("pool", 64).storage(HookedStores.NAME).build());
            final AllocTag tag = Declarations.one(profiler.space()).resolve();
            final Thread thread = VirtualThreads.start(() -> tagger.add(0, 0, tag));
            inside.await();
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            profiler.record(false);
            for (int i = 0; i < 50; i++) {
                profiler.settle();
            }
            storeLock.release();
            thread.join();
            tagger.sub(0, 0);
            assertEquals(AllocCounts.ZERO, tag.counts());
            PluginJar.collectUntil(() -> {
                profiler.settle();
                return profiler.state() == ProfilingState.COLD;
            });
            profiler.record(true);
            assertEquals(AllocCounts.ZERO, tag.counts());
            tagger.sub(0, 0);
            assertEquals(AllocCounts.ZERO, tag.counts(), "a reference was left behind");
            tagger.add(0, 0, tag);
            assertEquals(new AllocCounts(Pools.PAGE, 1), tag.counts());
        }
    }
}
