package io.codetag.benchmarks.paired;

import java.util.List;

/** Some threads, the caller among them, that begin their part of a work at the same moment. */
final class Crew implements AutoCloseable {
    private final Helper[] helpers;

    Crew(int threads) {
        helpers = new Helper[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper();
            helpers[i].start();
        }
    }

    /**
     * Has each thread do its work.
     *
     * @return nanoseconds from begin to end of the slowest
     */
    long time(List<Work> works, int pairs) {
        for (Work work : works) {
            work.before();
        }
        for (int i = 0; i < helpers.length; i++) {
            helpers[i].begin(works.get(i + 1), pairs);
        }
        long longest = Helper.timed(works.get(0), pairs);
        for (Helper helper : helpers) {
            longest = Math.max(longest, helper.await());
        }
        return longest;
    }

    @Override
    public void close() {
        for (Helper helper : helpers) {
            helper.begin(pairs -> helper.stopped = true, 0);
            helper.await();
        }
    }

    /** A thread that waits for work without going to sleep, since waking would take longer than the work. */
    private static final class Helper extends Thread {
        private volatile boolean busy;
        private Work work = pairs -> {};
        private int pairs;
        private long nanos;
        private boolean stopped;

        Helper() {
            super("crew");
            setDaemon(true);
        }

        void begin(Work next, int count) {
            work = next;
            pairs = count;
            busy = true;
        }

        long await() {
            while (busy) {
                Thread.onSpinWait();
            }
            return nanos;
        }

        @Override
        public void run() {
            while (!stopped) {
                while (!busy) {
                    Thread.onSpinWait();
                }
                nanos = timed(work, pairs);
                busy = false;
            }
        }

        static long timed(Work work, int pairs) {
            final long begin = System.nanoTime();
            work.run(pairs);
            return System.nanoTime() - begin;
        }
    }
}
