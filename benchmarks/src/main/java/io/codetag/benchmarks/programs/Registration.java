package io.codetag.benchmarks.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.benchmarks.jmh.Places;
import io.codetag.benchmarks.results.Row;
import java.util.List;

/** Registers 100 000 tags in a fresh JVM, as a module in one step, and counts with each for the first time. */
public final class Registration {
    private static final int TAGS = 100_000;

    private Registration() {}

    /** Runs. */
    public static void main(String[] args) {
        AllocTags.start();
        final var places = Places.many(TAGS);
        final long begin = System.nanoTime();
        final List<AllocTag> tags =
                AllocTags.space().load("registration", places).tags();
        final long loaded = System.nanoTime();
        tags.forEach(tag -> tag.charge(1));
        final long used = System.nanoTime();
        final String group = "registration of 100 000 tags, fresh JVM";
        System.out.println(Row.of(group, "loaded as one module", "time", "ms", (loaded - begin) / 1e6)
                .line());
        System.out.println(Row.of(group, "each charged once", "time", "ms", (used - loaded) / 1e6)
                .line());
    }
}
