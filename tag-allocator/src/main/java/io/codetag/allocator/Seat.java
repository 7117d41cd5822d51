package io.codetag.allocator;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A thread and its cache. An object apart from the cache, since a thread that meets another's seat must not read lines which
 * that one's owner writes.
 *
 * <p>Seats are in tables whose length is a power of two, each at the place that its owner's id tells, or at the next that was
 * free. A table is replaced, never changed, and has more places than seats. The id says only where to look: a thread may
 * override what it says of it.
 *
 * <p><b>Thread safety.</b> Safe; not changed once made.
 */
final class Seat extends WeakReference<Thread> {
    final PageCache cache;
    private final int home;

    Seat(Thread thread, int home, PageCache cache) {
        super(thread);
        this.cache = cache;
        this.home = home;
    }

    /** Returns where a thread wants to sit; to be asked by itself, outside of any lock. */
    static int home(Thread thread) {
        return (int) thread.getId();
    }

    /** Returns the cache of a thread if its seat is at its own place; null says that it has to be looked for. */
    static @Nullable PageCache atHome(@Nullable Seat[] table, Thread thread) {
        final Seat seat = table[home(thread) & (table.length - 1)];
        return seat != null && seat.refersTo(thread) ? seat.cache : null;
    }

    /** Returns the cache of a thread; null if it has no seat where its id tells. */
    static @Nullable PageCache find(@Nullable Seat[] table, Thread thread) {
        int place = home(thread) & (table.length - 1);
        Seat seat = table[place];
        while (seat != null && !seat.refersTo(thread)) {
            place = (place + 1) & (table.length - 1);
            seat = table[place];
        }
        return seat == null ? null : seat.cache;
    }

    /** Returns a table that has one more seat, and so many places; the table had as many, or no seat. */
    static @Nullable Seat[] with(@Nullable Seat[] table, Seat more, int places) {
        final @Nullable Seat[] seats = Arrays.copyOf(table, places);
        more.take(seats);
        return seats;
    }

    /** Returns a table without the seat of a cache; the same if there is none. */
    static @Nullable Seat[] without(@Nullable Seat[] table, PageCache cache) {
        final @Nullable Seat[] seats = new Seat[table.length];
        int free = 0;
        while (table[free] != null) {
            free++;
        }
        boolean found = false;
        for (int i = 1; i < table.length; i++) { // from there on, so that who sits at home stays there
            final Seat seat = table[(free + i) & (table.length - 1)];
            if (seat != null && seat.cache != cache) {
                seat.take(seats);
            } else {
                found |= seat != null;
            }
        }
        return found ? seats : table;
    }

    private void take(@Nullable Seat[] table) {
        int place = home & (table.length - 1);
        while (table[place] != null) {
            place = (place + 1) & (table.length - 1);
        }
        table[place] = this;
    }
}
