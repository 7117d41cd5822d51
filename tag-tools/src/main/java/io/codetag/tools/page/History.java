package io.codetag.tools.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the readers of a page saw, for its timeline: the newest moments, of each the largest tags. Safe for threads. */
final class History {
    /** Each moment remembers so many tags, some more than are drawn: which are largest changes over time. */
    private static final int TAGS = PageJson.TIMELINE_TAGS + 8;

    private final Deque<TimePoint> points = new ArrayDeque<>();
    private final int most;
    private final long least;

    /**
     * Remembers nothing yet.
     *
     * @param most so many moments; 0 or more
     * @param least moments closer together than so many milliseconds are one: many readers do not shorten the timeline
     */
    History(int most, long least) {
        this.most = most;
        this.least = least;
    }

    /** Adds a moment and returns all, oldest first. */
    synchronized List<TimePoint> add(TimePoint now) {
        final TimePoint last = points.peekLast();
        if (most > 0 && (last == null || now.at() - last.at() >= least || now.at() < last.at())) {
            points.addLast(now.top(TAGS));
        }
        while (points.size() > most) {
            points.removeFirst();
        }
        return List.copyOf(points);
    }
}
