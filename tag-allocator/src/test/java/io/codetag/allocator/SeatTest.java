package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A table of threads and their caches")
class SeatTest {
    private static final int PLACES = 16;

    private final PageAllocator pages =
            PageAllocator.builder("seats", 256).metadataOnly().build();

    @AfterEach
    void close() {
        pages.close();
    }

    /** A thread with an id of our choice. */
    private static final class Numbered extends Thread {
        private final long id;

        Numbered(long id) {
            this.id = id;
        }

        @Override
        public long getId() {
            return id;
        }
    }

    private PageCache cache() {
        return pages.caches().create(pages.local());
    }

    @Test
    @DisplayName("has a place for each, also for threads whose places are taken, from the last on to the first")
    void crowded() {
        final List<Thread> threads = new ArrayList<>();
        final List<PageCache> caches = new ArrayList<>();
        @Nullable Seat[] table = new Seat[1];
        for (long id : new long[] {15, 31, 15, 0, -1, 1L << 40, 15 + (1L << 32)}) {
            threads.add(new Numbered(id));
            caches.add(cache());
            final Thread last = threads.get(threads.size() - 1);
            assertNull(Seat.find(table, last));
            table = Seat.with(table, new Seat(last, Seat.home(last), caches.get(caches.size() - 1)), PLACES);
        }
        for (int i = 0; i < threads.size(); i++) {
            assertSame(caches.get(i), Seat.find(table, threads.get(i)));
            assertSame(i == 0 ? caches.get(i) : null, Seat.atHome(table, threads.get(i)), "thread " + i);
        }
        assertNull(Seat.atHome(table, new Numbered(15)));
        assertNull(Seat.find(table, new Numbered(15)));
        assertNull(Seat.find(table, new Numbered(9)));
    }

    @Test
    @DisplayName("says what a map would, whoever comes and goes")
    void asAMap() {
        final SplittableRandom random = new SplittableRandom(1);
        final List<Thread> threads = new ArrayList<>();
        final List<PageCache> caches = new ArrayList<>();
        for (int i = 0; i < PLACES / 2; i++) {
            threads.add(new Numbered(random.nextInt(4)));
            caches.add(cache());
        }
        final Map<Thread, PageCache> map = new HashMap<>();
        @Nullable Seat[] table = new Seat[1];
        for (int step = 0; step < 2_000; step++) {
            final int one = random.nextInt(threads.size());
            final Thread thread = threads.get(one);
            final PageCache cache = map.remove(thread);
            if (cache != null) {
                table = Seat.without(table, cache);
            } else {
                map.put(thread, caches.get(one));
                table = Seat.with(table, new Seat(thread, Seat.home(thread), caches.get(one)), PLACES);
            }
            for (Thread each : threads) {
                assertEquals(map.get(each), Seat.find(table, each));
            }
            assertEquals(
                    map.size(), Arrays.stream(table).filter(Objects::nonNull).count());
        }
        assertSame(table, Seat.without(table, cache()));
    }
}
