package io.codetag.benchmarks.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.Profiling;
import io.codetag.allocator.LocalPages;
import io.codetag.allocator.PageAllocator;
import io.codetag.benchmarks.results.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The pause of switching profiling on and off: one thread allocates and frees in batches of 64 pairs, another one toggles.
 */
public final class Toggle {
    private static final AllocTag TAG = AllocTags.here();
    private static final String GROUP = "toggling while a thread allocates";
    private static final int BATCH = 64;

    /** A batch that takes as many times as long as usual is slow. */
    private static final int SLOW = 4;

    private Toggle() {}

    /**
     * Runs.
     *
     * @param args how many toggles, and how many milliseconds lie between them
     */
    public static void main(String[] args) throws InterruptedException {
        final int toggles = Integer.parseInt(args[0]);
        final long between = Long.parseLong(args[1]);
        final PageAllocator pages =
                PageAllocator.builder("pages", 1 << 16).metadataOnly().build();
        final Batches batches = new Batches(pages.local());
        final Thread worker = new Thread(batches, "worker");
        worker.setDaemon(true);
        worker.start();
        TimeUnit.MILLISECONDS.sleep(4 * between);
        final List<Row> rows = new ArrayList<>();
        for (int toggle = 0; toggle < toggles; toggle++) {
            final boolean on = toggle % 2 == 1;
            final String name = on ? "on" : "off";
            batches.startOver();
            final long begin = System.nanoTime();
            if (on) {
                Profiling.switchOn();
            } else {
                Profiling.switchOff();
            }
            final long call = System.nanoTime() - begin;
            TimeUnit.MILLISECONDS.sleep(between);
            rows.add(Row.of(GROUP, name, "the call", "µs", call / 1e3));
            rows.add(Row.of(GROUP, name, "longest batch of 64 pairs", "µs", batches.longest.get() / 1e3));
            rows.add(Row.of(GROUP, name, "lost to slow batches", "µs", batches.lost.get() / 1e3));
        }
        Row.join(rows).forEach(row -> System.out.println(row.line()));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Allocates and frees, and notes what took long. */
    private static final class Batches implements Runnable {
        private final AtomicLong longest = new AtomicLong();
        private final AtomicLong lost = new AtomicLong();
        private final LocalPages pages;

        Batches(LocalPages pages) {
            this.pages = pages;
        }

        void startOver() {
            longest.set(0);
            lost.set(0);
        }

        @Override
        public void run() {
            long usual = Long.MAX_VALUE;
            while (true) {
                final long begin = System.nanoTime();
                for (int pair = 0; pair < BATCH; pair++) {
                    pages.free(pages.allocate(0, TAG));
                }
                final long nanos = System.nanoTime() - begin;
                usual = Math.min(nanos, usual);
                if (nanos > SLOW * usual) {
                    lost.addAndGet(nanos - usual);
                }
                if (nanos > longest.get()) {
                    longest.set(nanos);
                }
            }
        }
    }
}
