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

    private final Profiler profiler = Profiler.builder().name("frozen").build();
    private final AllocTag tag = profiler.here();
    private final FreezingEngine engine = new FreezingEngine();
    private final PageWords words = new PageWords(PAGES);
    private final BlockTags tags = new BlockTags(PageTagger.create(
            profiler.space(),
            PageSpec.builder("frozen", PAGES, 4096).build(),
            null,
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
        final CompletableFuture<Long> waiting = new CompletableFuture<>();
        final Thread waiter = new Thread(() -> {
            try {
                caches.awaitQuiescence();
                waiting.complete(taken.get());
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
        engine.thaw();
        waiter.join();
        final long pfn = 2; // page 0 holds the block of two pages that came first
        assertNotEquals(NO_PAGE, waiting.get() == NO_PAGE ? words.orderAt(pfn) : 0);
        assertEquals(0, words.orderAt(pfn));
    }

    @Test
    @DisplayName("an allocation is refused, since what that thread holds cannot be had, and succeeds afterwards")
    void refused() throws Exception {
        final long cached = caches.cachedPages();
        assertEquals(0, cached, "the owner has fetched one by one");
        while (caches.allocate(0, tag) != NO_PAGE) {
            assertTrue(caches.allocatedPages() <= PAGES);
        }
        assertEquals(PAGES, caches.allocatedPages());
        engine.thaw();
        owner.join();
        caches.free(taken.get());
        assertEquals(taken.get(), caches.allocate(0, tag));
    }

    @Test
    @DisplayName("caches that were shut stay shut, and everybody is served behind the lock")
    void shut() throws Exception {
        final long drains = caches.drains();
        final Thread other = new Thread(() -> {
            caches.allocate(2, tag);
            caches.allocate(2, tag);
        });
        other.start();
        other.join();
        assertEquals(4, caches.cachedPages());
        assertTrue(caches.drain(drains));
        assertTrue(caches.drain(drains), "somebody else did");
        assertFalse(caches.drain(caches.drains()));
        assertEquals(0, caches.cachedPages());
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
