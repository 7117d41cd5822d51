package io.codetag.allocator;

import static io.codetag.allocator.PageAllocator.NO_PAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.core.Profiler;
import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("While a thread is held up in the middle of an allocation")
@Timeout(120)
class FrozenOwnerTest {
    private static final int PAGES = 4096;

    /** The page whose allocation is held up: before it are two blocks of two pages, which were fetched together. */
    private static final long FROZEN = 4;

    private final Profiler profiler = Profiler.builder().name("frozen").build();
    private final AllocTag tag = profiler.here();
    private final FreezingEngine engine = new FreezingEngine();
    private final PageWords words = new PageWords(PAGES);
    private final BlockTags tags = new BlockTags(PageTagger.create(
            profiler.space(),
            PageSpec.builder("frozen", PAGES, 4096).build(),
            PageTagger.Placement.elsewhere(),
            new PlainStripes(),
            control -> engine));
    private final Blocks blocks =
            new Blocks("frozen", words, null, new FreeBlocks(PAGES, 10), tags, new ReentrantLock());
    private final PageCaches caches = new PageCaches(blocks, words, tags, 4096, 10, Long.MAX_VALUE);
    private final AtomicLong taken = new AtomicLong(NO_PAGE);
    private final Thread owner = new Thread(this::twice);

    private void twice() {
        caches.free(caches.allocate(1, tag));
        caches.allocate(1, tag);
        engine.freeze(owner);
        taken.set(caches.allocate(0, tag));
    }

    @BeforeEach
    void freeze() throws Exception {
        owner.start();
        engine.awaitFrozen();
    }

    @AfterEach
    void thaw() throws Exception {
        engine.thaw();
        owner.join();
        caches.close();
        profiler.close();
    }

    @Test
    @DisplayName("others allocate and free, and the allocator is not quiescent until it has stored its word")
    void quiescence() throws Exception {
        final CompletableFuture<Integer> waiting = new CompletableFuture<>();
        final Thread waiter = new Thread(() -> {
            try {
                caches.awaitQuiescence();
                waiting.complete(words.orderAt(FROZEN));
            } catch (InterruptedException | RuntimeException e) {
                waiting.completeExceptionally(e);
            }
        });
        waiter.start();
        for (int i = 0; i < 10_000; i++) {
            caches.free(caches.allocate(0, tag));
        }
        while (waiter.getState() != Thread.State.TIMED_WAITING) { // it looks again and again
            Thread.onSpinWait();
        }
        assertFalse(waiting.isDone());
        assertEquals(-1, words.orderAt(FROZEN));
        engine.thaw();
        assertEquals(0, waiting.get());
        waiter.join();
        owner.join();
        assertEquals(FROZEN, taken.get());
    }

    @Test
    @DisplayName("an allocation is refused, since what that thread holds cannot be had, and succeeds afterwards")
    void refused() throws Exception {
        final long held = caches.cachedPages();
        assertNotEquals(0, held);
        takeAll();
        assertEquals(PAGES - held, caches.allocatedPages());
        engine.thaw();
        owner.join();
        takeAll();
        assertEquals(PAGES, caches.allocatedPages());
        caches.free(taken.get());
        assertEquals(taken.get(), caches.allocate(0, tag));
    }

    private void takeAll() {
        while (caches.allocate(0, tag) != NO_PAGE) {
            assertTrue(caches.allocatedPages() <= PAGES);
        }
    }

    @Test
    @DisplayName("what others hold is found, and caches stay shut then: everybody is served behind the lock")
    void shut() throws Exception {
        final long held = caches.cachedPages();
        caches.allocate(2, tag);
        caches.allocate(2, tag);
        assertEquals(held + 4, caches.cachedPages());
        final long drains = caches.drains();
        assertTrue(caches.drain(drains));
        assertTrue(caches.drain(drains), "somebody else did");
        assertEquals(held, caches.cachedPages());
        assertFalse(caches.drain(caches.drains()), "the rest cannot be had");
        caches.allocate(2, tag);
        caches.allocate(2, tag);
        assertEquals(held, caches.cachedPages());
    }

    /** A stripe for each that asks. */
    private static final class PlainStripes extends TagStripes {
        private final ThreadLocal<TagStripe> own = ThreadLocal.withInitial(this::lease);

        @Override
        public TagStripe current() {
            return own.get();
        }

        @Override
        public TagStripe lease() {
            return new TagStripe(11, false);
        }

        @Override
        public void release(TagStripe stripe) {}
    }
}
