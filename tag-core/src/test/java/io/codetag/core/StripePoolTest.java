package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.spi.TagStripe;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The stripes of a set of counters")
class StripePoolTest {
    private static final int ROWS = 2;

    private static int shared(StripePool pool) {
        return (int)
                List.of(pool.stripes()).stream().filter(TagStripe::isShared).count();
    }

    private static int exclusive(StripePool pool) {
        return pool.stripes().length - shared(pool);
    }

    /** Returns the stripe that a new thread gets; the thread is dead afterwards. */
    private static TagStripe ofNewThread(StripePool pool) throws InterruptedException {
        final AtomicReference<TagStripe> stripe = new AtomicReference<>();
        Crowd.run(1, number -> stripe.set(pool.current()));
        return stripe.get();
    }

    @Test
    @DisplayName("give each thread one of its own, the same at each call")
    void ownStripe() throws InterruptedException {
        final StripePool pool = new StripePool(ROWS, 4);
        final TagStripe mine = pool.current();
        assertSame(mine, pool.current());
        assertFalse(mine.isShared());
        assertEquals(ROWS, mine.rows());
        final TagStripe other = ofNewThread(pool);
        assertNotSame(mine, other);
        assertFalse(other.isShared());
    }

    @Test
    @DisplayName("are shared by the threads that come when no exclusive one is left, and stay so for them")
    void runOut() throws InterruptedException {
        final StripePool pool = new StripePool(ROWS, 2);
        final CountDownLatch taken = new CountDownLatch(2);
        final CountDownLatch looked = new CountDownLatch(1);
        final Set<TagStripe> seen = Collections.synchronizedSet(new HashSet<>());
        final Crowd.Body holder = number -> {
            seen.add(pool.current());
            taken.countDown();
            looked.await();
            assertFalse(pool.current().isShared());
        };
        Crowd.run(List.of(holder, holder, number -> {
            taken.await();
            final TagStripe late = pool.current();
            assertTrue(late.isShared());
            assertSame(late, pool.current());
            assertTrue(pool.lease().isShared());
            looked.countDown();
        }));
        assertEquals(2, seen.size());
        assertEquals(2, exclusive(pool));
    }

    @Test
    @DisplayName("of dead threads are given to new ones, with what was counted in them")
    void threadDeath() throws InterruptedException {
        final StripePool pool = new StripePool(ROWS, 2);
        long expected = 0;
        for (int i = 0; i < 50; i++) {
            final int amount = i;
            Crowd.run(1, number -> {
                final TagStripe stripe = pool.current();
                assertFalse(stripe.isShared(), "thread " + amount);
                stripe.prepare(1, 7);
                stripe.prepare(1, 100 * amount); // now and then counters move
                stripe.take(1, 7, amount);
            });
            expected += amount;
        }
        long counted = 0;
        for (TagStripe stripe : pool.stripes()) {
            counted += stripe.taken(1, 7);
        }
        assertEquals(expected, counted);
        assertEquals(2, exclusive(pool));
    }

    @Test
    @DisplayName("that are leased belong to the caller until it gives them back, whatever its thread does")
    void leases() throws InterruptedException {
        final StripePool pool = new StripePool(ROWS, 2);
        final AtomicReference<TagStripe> leased = new AtomicReference<>();
        Crowd.run(1, number -> leased.set(pool.lease()));
        final TagStripe second = pool.lease();
        assertFalse(leased.get().isShared());
        assertFalse(second.isShared());
        assertNotSame(leased.get(), second);
        assertTrue(pool.lease().isShared(), "the first is leased, though its thread is dead");
        pool.release(leased.get());
        assertSame(leased.get(), pool.lease());
        pool.release(second);
        assertSame(second, ofNewThread(pool));
    }

    @Test
    @DisplayName("given back twice, shared, or of another set are not handed out to two")
    void wrongRelease() {
        final StripePool pool = new StripePool(ROWS, 8);
        final StripePool other = new StripePool(ROWS, 8);
        final TagStripe one = pool.lease();
        pool.release(one);
        pool.release(one);
        pool.release(other.lease());
        pool.release(pool.stripes()[0]);
        pool.release(pool.current());
        final Set<TagStripe> handedOut = Collections.newSetFromMap(new IdentityHashMap<>());
        handedOut.add(pool.current());
        for (int i = 0; i < 7; i++) {
            final TagStripe stripe = pool.lease();
            assertFalse(stripe.isShared());
            assertTrue(handedOut.add(stripe), "handed out twice");
            assertTrue(List.of(pool.stripes()).contains(stripe), "of another set");
        }
        assertTrue(pool.lease().isShared());
    }

    @Test
    @DisplayName("are bounded, however many threads come and stay")
    void manyThreads() throws InterruptedException {
        final StripePool pool = new StripePool(ROWS, 8);
        final CountDownLatch all = new CountDownLatch(500);
        Crowd.run(500, number -> {
            final TagStripe stripe = pool.current();
            stripe.prepare(0, 3);
            stripe.take(0, 3, 1);
            all.countDown();
            all.await();
        });
        assertEquals(8, exclusive(pool));
        assertTrue(shared(pool) <= 2 * Runtime.getRuntime().availableProcessors(), "shared: " + shared(pool));
        long counted = 0;
        for (TagStripe stripe : pool.stripes()) {
            counted += stripe.taken(0, 3);
        }
        assertEquals(500, counted);
    }

    @Test
    @DisplayName("are all shared when none may be exclusive")
    void noneExclusive() {
        final StripePool pool = new StripePool(ROWS, 0);
        assertTrue(pool.current().isShared());
        assertTrue(pool.lease().isShared());
        pool.release(pool.lease());
        assertEquals(0, exclusive(pool));
    }

    @Test
    @DisplayName("are shared by virtual threads, which take no exclusive one")
    void virtual() throws ReflectiveOperationException, InterruptedException {
        final StripePool pool = new StripePool(ROWS, 4);
        for (int i = 0; i < 20; i++) {
            final AtomicReference<TagStripe> stripe = new AtomicReference<>();
            VirtualThreads.start(() -> stripe.set(pool.current())).join();
            assertTrue(stripe.get().isShared());
        }
        assertEquals(0, exclusive(pool));
    }
}
