package io.codetag.allocator;

import static io.codetag.allocator.PageAllocator.NO_PAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Free blocks that a thread keeps at hand")
class PageCachesTest {
    private static final AllocTag TAG = AllocTags.here();
    private static final int PAGES = 16_384;
    private static final int LARGEST = 1024;
    private static final int MOST_CACHED = 7 * 128;
    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    private final PageAllocator pages =
            PageAllocator.builder("cached", PAGES).metadataOnly().build();

    @AfterEach
    void close() {
        pages.close();
    }

    /** Allocates and frees so many blocks of each order that a cache is as full as it gets. */
    private void fill() {
        for (int order = 0; order <= 6; order++) {
            final List<Long> blocks = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                blocks.add(pages.allocate(order, TAG));
            }
            blocks.forEach(pages::free);
        }
    }

    /** Every page can be had, in blocks that need all their pieces merged. */
    private void assertAllFree() {
        assertEquals(0, pages.allocatedBytes());
        final List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < PAGES / LARGEST; i++) {
            blocks.add(pages.allocate(10, TAG));
        }
        assertEquals(NO_PAGE, pages.tryAllocate(0, TAG));
        assertEquals(PAGES, blocks.stream().distinct().count() * LARGEST);
        blocks.forEach(pages::free);
        assertEquals(0, pages.allocatedBytes());
    }

    @Test
    @DisplayName("are at most 512 KiB of an order, 128 pages of 4 KiB, and count as free")
    void bounded() {
        fill();
        final PageCaches caches = pages.caches();
        assertEquals(1, caches.count());
        assertEquals(7, caches.orders());
        assertTrue(caches.cachedPages() <= MOST_CACHED, caches.cachedPages() + " pages");
        assertTrue(caches.cachedPages() >= MOST_CACHED / 2, caches.cachedPages() + " pages");
        assertEquals(0, pages.allocatedBytes());
        assertEquals(PAGES * 4096L, pages.freeBytes());
        assertAllFree();
    }

    @Test
    @DisplayName("are fetched by 96 pages, in blocks of eight pages by 12")
    void fetched() throws Exception {
        for (int batch : new int[] {96, 96}) {
            for (int left = batch - 1; left >= 0; left--) {
                pages.allocate(0, TAG);
                assertEquals(left, pages.caches().cachedPages());
            }
        }
        final AtomicReference<Long> first = new AtomicReference<>();
        final Thread other = new Thread(() -> first.set(pages.allocate(0, TAG)));
        other.start();
        other.join();
        assertEquals(192, first.get());
        assertEquals(95, pages.caches().cachedPages());
        for (int batch : new int[] {12, 12}) {
            for (int left = batch - 1; left >= 0; left--) {
                pages.allocate(3, TAG);
                assertEquals(95 + 8 * left, pages.caches().cachedPages());
            }
        }
    }

    @Test
    @DisplayName(
            "are few for who needs few in a small allocator: fetched by an eighth of what a cache holds, then by more")
    void slowStart() {
        try (PageAllocator small =
                PageAllocator.builder("small", PAGES / 2).metadataOnly().build()) {
            for (int batch : new int[] {8, 16, 32, 32}) {
                for (int left = batch - 1; left >= 0; left--) {
                    small.allocate(0, TAG);
                    assertEquals(left, small.caches().cachedPages());
                }
            }
        }
    }

    @Test
    @DisplayName(
            "lie apart for who takes 64 at a time: no 64 bytes have references of two owners, wherever the array begins")
    void apart() {
        final List<LocalPages> owners = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            owners.add(pages.local());
        }
        final TreeMap<Long, LocalPages> used = new TreeMap<>();
        final List<Long> live = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 64; i++) {
                for (LocalPages owner : owners) {
                    final long pfn = owner.allocate(0, TAG);
                    live.add(pfn);
                    assertSame(owner, used.computeIfAbsent(pfn, first -> owner));
                }
            }
            for (int i = 0; i < live.size(); i++) {
                owners.get(i % owners.size()).free(live.get(i));
            }
            live.clear();
        }
        used.forEach((pfn, owner) -> used.subMap(pfn, pfn + 32)
                .forEach((near, other) -> assertSame(owner, other, () -> "pages " + pfn + " and " + near)));
        owners.forEach(LocalPages::close);
    }

    @Test
    @DisplayName("are enough for who takes 64 at a time and gives them back: nothing goes by way of the lock")
    void batches() {
        final long[] batch = new long[64];
        long cached = -1;
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < batch.length; i++) {
                batch[i] = pages.allocate(0, TAG);
            }
            final long left = pages.caches().cachedPages();
            for (long pfn : batch) {
                pages.free(pfn);
            }
            assertEquals(left + batch.length, pages.caches().cachedPages(), "some were given back");
            assertTrue(cached == -1 || cached == pages.caches().cachedPages(), "some were fetched");
            cached = pages.caches().cachedPages();
        }
    }

    @Test
    @DisplayName("share no line of references with those of another owner, from the first page on and beyond an extent")
    void linesOfTheirOwn() {
        final List<LocalPages> owners = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            owners.add(pages.local());
        }
        final Map<Long, LocalPages> lines = new HashMap<>();
        for (int i = 0; i < PAGES / 4; i++) {
            for (LocalPages owner : owners) {
                final long line = owner.allocate(0, TAG) / 32;
                assertSame(owner, lines.computeIfAbsent(line, first -> owner), () -> "line " + line);
            }
        }
        owners.forEach(LocalPages::close);
    }

    @Test
    @DisplayName("are none in an allocator of less than 256 pages, nor of blocks of more than 256 KiB")
    void tooSmallAndTooLarge() {
        try (PageAllocator small = PageAllocator.builder("small", 255).build();
                PageAllocator large = PageAllocator.builder("large", 4096)
                        .pageSize(1 << 19)
                        .maxOrder(1)
                        .metadataOnly()
                        .build()) {
            small.free(small.allocate(0, TAG));
            large.free(large.allocate(0, TAG));
            assertEquals(0, small.caches().cachedPages());
            assertEquals(0, large.caches().cachedPages());
            assertEquals(0, small.caches().count() + large.caches().count());
        }
    }

    @Test
    @DisplayName("are refused when they are freed again, by this thread or another")
    void doubleFree() throws Exception {
        final long pfn = pages.allocate(0, TAG);
        pages.free(pfn);
        assertThrows(DoubleFreeException.class, () -> pages.free(pfn));
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread other = new Thread(() -> {
            try {
                pages.free(pfn);
            } catch (DoubleFreeException e) {
                thrown.set(e);
            }
        });
        other.start();
        other.join();
        assertEquals(DoubleFreeException.class, thrown.get().getClass());
        assertThrows(DoubleFreeException.class, () -> pages.trim(pfn, 0));
        assertThrows(DoubleFreeException.class, () -> pages.migrate(pfn));
        assertEquals(-1, pages.orderOf(pfn));
        assertAllFree();
    }

    @Test
    @DisplayName("are found by others when its thread has died, and its cache is dropped when the next one comes")
    void threadDeath() throws Exception {
        for (int i = 0; i < 3; i++) {
            final Thread thread = new Thread(this::fill);
            thread.start();
            thread.join();
            assertEquals(1, pages.caches().count());
            assertTrue(pages.caches().cachedPages() >= MOST_CACHED / 2);
        }
        assertAllFree();
        assertEquals(1, pages.caches().count(), "this thread's");
    }

    @Test
    @DisplayName("are found by others before an allocation is refused, while its thread does something else")
    void idleThread() throws Exception {
        final CountDownLatch idle = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        final Thread thread = new Thread(() -> {
            fill();
            idle.countDown();
            await(end);
            pages.free(pages.allocate(0, TAG));
        });
        thread.start();
        await(idle);
        assertNotEquals(0, pages.caches().cachedPages());
        assertAllFree();
        end.countDown();
        thread.join();
        assertAllFree();
    }

    @Test
    @DisplayName("are found before a migration is refused")
    void migration() {
        final long low = pages.allocate(6, TAG);
        pages.allocate(6, TAG);
        for (int i = 0; i < PAGES / LARGEST - 1; i++) {
            pages.allocate(10, TAG);
        }
        long rest;
        while ((rest = pages.tryAllocate(6, TAG)) != NO_PAGE) {
            assertTrue(rest >= 0);
        }
        final long other = 64;
        pages.free(other);
        assertEquals(other, pages.migrate(low));
        assertEquals(low, pages.allocate(6, TAG));
        assertEquals(NO_PAGE, pages.migrate(other + 64));
    }

    @Test
    @DisplayName("are in no more caches than 4 a CPU and those that other threads share")
    void manyThreads() throws Exception {
        final int count = 6 * CPUS + 8;
        final CountDownLatch busy = new CountDownLatch(count);
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Thread thread = new Thread(() -> {
                pages.free(pages.allocate(0, TAG));
                busy.countDown();
                await(busy);
                pages.free(pages.allocate(0, TAG));
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        final int caches = pages.caches().count();
        assertTrue(caches > 4 * CPUS && caches <= 6 * CPUS, caches + " caches");
        assertAllFree();
    }

    /** A thread that says what it is told to of its id. */
    private static final class Liar extends Thread {
        private final LongSupplier id;

        Liar(Runnable body, LongSupplier id) {
            super(body);
            this.id = id;
        }

        @Override
        public long getId() {
            return id.getAsLong();
        }
    }

    @Test
    @DisplayName("are each thread's own where threads have one id, and where some die and others come")
    void sameIds() throws Exception {
        pages.free(pages.allocate(0, TAG)); // this thread has one as well
        final int count = 3; // no more than have one of their own on one CPU
        final Set<Long> owned = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 3; round++) {
            owned.clear();
            final CountDownLatch allocated = new CountDownLatch(count);
            final List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                threads.add(new Liar(
                        () -> {
                            for (int batch = 0; batch < 10; batch++) {
                                final long pfn = pages.allocate(0, TAG);
                                pages.free(pfn);
                                assertEquals(pfn, pages.allocate(0, TAG), "the last that came is the first that goes");
                                owned.add(pfn);
                            }
                            allocated.countDown();
                            await(allocated);
                        },
                        () -> 7));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(10 * count, owned.size());
            assertEquals(count + 1, pages.caches().count());
            owned.forEach(pages::free);
        }
        assertAllFree();
    }

    @Test
    @DisplayName("are in one cache for a thread whose id is another each time")
    void changingId() throws Exception {
        final AtomicLong id = new AtomicLong();
        final Thread thread = new Liar(
                () -> {
                    for (int i = 0; i < 1_000; i++) {
                        pages.free(pages.allocate(0, TAG));
                    }
                },
                id::incrementAndGet);
        thread.start();
        thread.join();
        assertTrue(id.get() > 1_000);
        assertEquals(1, pages.caches().count());
        assertAllFree();
    }

    @Test
    @DisplayName("are shared by virtual threads")
    void virtualThreads() throws Exception {
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            threads.add(VirtualThreads.start(() -> {
                final long pfn = pages.allocate(1, TAG);
                pages.free(pfn);
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        final int caches = pages.caches().count();
        assertTrue(caches >= 1 && caches <= 2 * CPUS, caches + " caches");
        assertAllFree();
    }

    @Test
    @DisplayName("are gone when the allocator is closed")
    void closed() {
        pages.free(pages.allocate(0, TAG));
        assertEquals(1, pages.caches().count());
        pages.close();
        assertEquals(0, pages.caches().count());
        assertThrows(IllegalStateException.class, () -> pages.allocate(0, TAG));
        assertThrows(IllegalStateException.class, () -> pages.free(0));
        assertThrows(IllegalStateException.class, pages::local);
    }

    @Test
    @DisplayName("do not keep a thread that has died, though the allocator goes on")
    void deadThread() throws InterruptedException {
        final WeakReference<Thread> dead = allocateAndDie();
        assertEquals(1, pages.caches().count());
        collectUntilGone(dead);
    }

    private WeakReference<Thread> allocateAndDie() throws InterruptedException {
        final Thread thread = new Thread(() -> pages.free(pages.allocate(0, TAG)));
        thread.start();
        thread.join();
        return new WeakReference<>(thread);
    }

    @Test
    @DisplayName("do not keep an allocator that was forgotten, though its thread goes on")
    void forgotten() {
        collectUntilGone(forget());
    }

    private static void collectUntilGone(WeakReference<?> reference) {
        final long start = System.nanoTime();
        while (reference.get() != null) {
            System.gc();
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60), "still there");
        }
    }

    private static WeakReference<PageAllocator> forget() {
        final PageAllocator allocator =
                PageAllocator.builder("forgotten", PAGES).metadataOnly().build();
        allocator.free(allocator.allocate(0, TAG));
        assertEquals(1, allocator.caches().count());
        return new WeakReference<>(allocator);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
