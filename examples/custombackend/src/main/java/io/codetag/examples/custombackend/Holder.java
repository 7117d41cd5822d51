package io.codetag.examples.custombackend;

import org.jspecify.annotations.Nullable;

/** The pages of one tag, added in ascending order and kept as runs. */
final class Holder {
    private static final int RUNS_SHOWN = 3;

    private final String name;
    private final boolean nameless;
    private final StringBuilder firstRuns = new StringBuilder();
    private long pages;
    private int runs;
    private long runStart = -1;
    private long last = -2;

    /** Makes a holder; its name is null if none was written. */
    Holder(int code, @Nullable String name) {
        this.name = name == null ? "(name not yet written: code " + code + ")" : name;
        this.nameless = name == null;
    }

    void add(long pfn) {
        if (pfn != last + 1) {
            endRun();
            runStart = pfn;
            runs++;
        }
        last = pfn;
        pages++;
    }

    String name() {
        return name;
    }

    /** Says whether the process ended before the name was written. */
    boolean isNameless() {
        return nameless;
    }

    long pages() {
        return pages;
    }

    /** Returns the first runs of neighbouring pages, and how many there are. */
    String runs() {
        endRun();
        return runs > RUNS_SHOWN ? firstRuns + ", ... (" + runs + " runs)" : firstRuns.toString();
    }

    private void endRun() {
        if (runStart >= 0 && runs <= RUNS_SHOWN) {
            firstRuns
                    .append(runs == 1 ? "" : ", ")
                    .append(runStart == last ? String.valueOf(last) : runStart + "-" + last);
        }
        runStart = -1;
    }
}
