package io.codetag.soak;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.Profiler;
import io.codetag.spi.HeapSizes;
import io.codetag.spi.TagCodes;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Large numbers: each method works with as many of something as it is told, fails if a count is wrong or memory is not
 * what docs/architecture.md says, and says what it measured. What grows faster than linearly is found by the bytes that
 * a step allocates, which do not depend on the machine.
 */
final class Scale {
    private static final int PAGE = 4_096;
    private static final int SECTION_PAGES = 8_192;
    private static final int SECTION_SLOTS = 32 + SECTION_PAGES;
    private static final int CHUNK_SECTIONS = 512;
    private static final int SLACK_BYTES = 1_024;
    private static final int LEAST_BYTES_PER_TAG = 150;
    private static final int MOST_BYTES_PER_TAG = 300;
    private static final double LINEAR = 2.3;

    private final Consumer<String> out;

    Scale(Consumer<String> out) {
        this.out = out;
    }

    /** Touches some pages of very many, evenly spread, in a side table. */
    void pagesInSideTable(long pages, int touched) {
        try (Profiler profiler = Profiler.builder().storage("pageext").build();
                PageTagger tagger =
                        profiler.attach(PageSpec.builder("huge", pages, PAGE).build())) {
            touch(profiler, tagger, pages, touched);
            final long step = pages / touched;
            // The last page of all is in one more, if not every section is touched.
            final long sections = step > SECTION_PAGES ? touched + 1L : pages / SECTION_PAGES;
            final long chunks = Math.min(sections, pages / SECTION_PAGES / CHUNK_SECTIONS);
            final long computed = sections * HeapSizes.array(SECTION_SLOTS, Character.BYTES)
                    + chunks * HeapSizes.references(2L * CHUNK_SECTIONS)
                    + HeapSizes.references(Long.highestOneBit(2 * (pages / SECTION_PAGES / CHUNK_SECTIONS) - 1));
            final long occupied = tagger.storage().bytesOccupied();
            check(Math.abs(occupied - computed) <= SLACK_BYTES, occupied + " bytes, computed " + computed);
            out.accept("pageext, " + tebibytes(pages) + ": " + touched + " pages touched, one in " + step + ", "
                    + occupied / touched + " bytes for each, " + computed + " computed, " + occupied + " occupied");
        }
    }

    /** The same where references sit in the flag words, which take no memory of ours. */
    void pagesInFlagWords(long pages, int touched) {
        try (Profiler profiler = Profiler.builder().storage("pageflags").build();
                PageTagger tagger = profiler.attach(PageSpec.builder("huge", pages, PAGE)
                        .flags(
                                new SparseWords(pages),
                                PageFlagsLayout.builder().field("own", 0, 16).build())
                        .build())) {
            touch(profiler, tagger, pages, touched);
            check(
                    tagger.storage().bytesOccupied() <= SLACK_BYTES,
                    tagger.storage().toString());
            out.accept("pageflags, " + tebibytes(pages) + ": " + touched + " pages touched, "
                    + tagger.storage().bytesOccupied() + " bytes occupied");
        }
    }

    private static void touch(Profiler profiler, PageTagger tagger, long pages, int touched) {
        final AllocTag tag = profiler.here();
        final long step = pages / touched;
        for (long i = 0; i < touched; i++) {
            tagger.add(i * step, 0, tag);
        }
        tagger.add(pages - 1, 0, tag);
        checkCounts(tag, (touched + 1L) * PAGE, touched + 1L);
        tagger.sub(pages - 1, 0);
        for (long i = 0; i < touched; i += 2) {
            tagger.sub(i * step, 0);
        }
        checkCounts(tag, touched / 2L * PAGE, touched / 2L);
    }

    /** Loads, charges, reads and filters many tags. */
    void tags(int count) {
        final List<CodeModule> kept = new ArrayList<>(); // tags that nobody has any more go away when they hold nothing
        try (Profiler profiler = Profiler.builder().build()) {
            final long half = load(profiler, "first", count / 2, kept);
            final long halfRead = allocated(() -> profiler.snapshot());
            final long other = load(profiler, "second", count / 2, kept);
            final long wholeRead = allocated(() -> profiler.snapshot());
            check(other <= half * LINEAR, "loading allocated " + half + " bytes, then " + other);
            check(wholeRead <= halfRead * LINEAR, "reading allocated " + halfRead + " bytes, then " + wholeRead);
            final long perTag = profiler.totals().ownBytes() / count;
            check(
                    perTag >= LEAST_BYTES_PER_TAG && perTag <= MOST_BYTES_PER_TAG,
                    perTag + " bytes for each tag, its counters included");
            final long start = System.nanoTime();
            final AllocInfo all = profiler.snapshot();
            final long read = System.nanoTime();
            final AllocInfo some =
                    profiler.snapshot(AllocFilter.builder().minBytes(count / 4).build());
            final long filtered = System.nanoTime();
            final AllocInfo one = profiler.snapshot(
                    AllocFilter.builder().module("second").line(7).build());
            final long found = System.nanoTime();
            check(all.entries().size() == count, all.entries().size() + " tags read");
            check(one.entries().size() == 1, one.entries().size() + " tags found by module and line");
            out.accept(count + " tags: " + perTag + " bytes for each; read in " + millis(read - start)
                    + ", filtered by bytes (" + some.entries().size() + " left) in " + millis(filtered - read)
                    + ", one found by module and line in " + millis(found - filtered));
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    /** Loads a module of which every hundredth tag is charged; returns the bytes that this allocated. */
    private static long load(Profiler profiler, String name, int count, List<CodeModule> kept) {
        final List<CodeTag> places = IntStream.rangeClosed(1, count)
                .mapToObj(line -> CodeTag.of("com.acme.Many", "Many.java", line, "site"))
                .toList();
        return allocated(() -> {
            final CodeModule module = profiler.load(name, places);
            kept.add(module);
            check(module.tags().get(count - 1).code() >= count, "too small a code");
            for (int i = 0; i < count; i += 100) {
                check(module.tags().get(i).charge(i) != TagCodes.NONE, "not charged");
            }
        });
    }

    /** Has many threads alive at once, each on a few tags of an allocator. */
    void threads(int count, boolean virtual) throws InterruptedException {
        try (Profiler profiler = Profiler.builder().build();
                PageTagger tagger = profiler.attach(
                        PageSpec.builder("shared", 3L * count, PAGE).build())) {
            final List<AllocTag> tags = profiler.load(
                            "few",
                            IntStream.rangeClosed(1, 10)
                                    .mapToObj(line -> CodeTag.of("com.acme.Few", "Few.java", line, "site"))
                                    .toList())
                    .tags();
            final CountDownLatch recorded = new CountDownLatch(count);
            final CountDownLatch end = new CountDownLatch(1);
            final List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                final int number = i;
                threads.add(start(virtual, () -> {
                    for (int page = 0; page < 3; page++) {
                        tagger.add(3L * number + page, 0, tags.get((number + page) % 10));
                    }
                    recorded.countDown();
                    await(end);
                    tagger.sub(3L * number, 0);
                }));
            }
            recorded.await();
            check(
                    profiler.totals().recorded().calls() == 3L * count,
                    profiler.totals().toString());
            final long ownBytes = profiler.totals().ownBytes();
            end.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            check(
                    profiler.totals().recorded().calls() == 2L * count,
                    profiler.totals().toString());
            final int cpus = Runtime.getRuntime().availableProcessors();
            final long store = tagger.storage().bytesOccupied();
            // Each stripe: its object, the rows, and for the one order that is used a directory and a chunk.
            final long stripes = 4L * cpus + 2L * cpus;
            final long bound = store + stripes * 2 * (HeapSizes.array(512, Long.BYTES) + 512) + 64 * 1024;
            check(ownBytes <= bound, ownBytes + " bytes with " + count + " threads, at most " + bound);
            out.accept(count + (virtual ? " virtual" : " platform") + " threads: counts exact, "
                    + (ownBytes - store) / 1024 + " KiB for counters and tags");
        }
    }

    private static Thread start(boolean virtual, Runnable body) {
        if (virtual) {
            try {
                return (Thread) Thread.class
                        .getMethod("startVirtualThread", Runnable.class)
                        .invoke(null, body);
            } catch (ReflectiveOperationException before21) {
                throw new IllegalStateException(before21);
            }
        }
        final Thread thread = new Thread(null, body, "few", 128 << 10);
        thread.start();
        return thread;
    }

    static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    /** Loads and drops modules in a loop; ids return, so the codes stay small. */
    void modules(int count) {
        try (Profiler profiler = Profiler.builder().build();
                PageTagger tagger =
                        profiler.attach(PageSpec.builder("pool", 64, PAGE).build())) {
            int largest = 0;
            long ownBytes = 0;
            for (int i = 0; i < count; i++) {
                largest = Math.max(largest, guest(profiler, tagger, i));
                if (i % 50 == 49) {
                    System.gc();
                    awaitSmallCode(profiler);
                    ownBytes = Math.max(
                            ownBytes, i > count / 2 ? 0 : profiler.totals().ownBytes());
                }
            }
            System.gc();
            awaitSmallCode(profiler);
            check(largest <= 3 * 50 * 8, "the largest code is " + largest + " after " + count + " modules of 3 tags");
            final long after = profiler.totals().ownBytes();
            check(after <= ownBytes + 16 * 1024, after + " bytes at the end, " + ownBytes + " in the first half");
            out.accept(
                    count + " modules by class loader: largest code " + largest + ", " + after + " bytes at the end");
        }
    }

    private static int guest(Profiler profiler, PageTagger tagger, int number) {
        final List<AllocTag> tags = new GuestLoader("guest-" + number).tags(profiler.space());
        tagger.add(0, 2, tags.get(0));
        tagger.sub(0, 2);
        return tags.get(2).code();
    }

    /** Waits until the ids of collected modules have returned, which the daemon thread sees to about once a second. */
    private static void awaitSmallCode(Profiler profiler) {
        for (int i = 0; i < 200; i++) {
            final int code = profiler.load("probe", List.of(CodeTag.of("a.B", "B.java", 1, "probe")))
                    .tags()
                    .get(0)
                    .code();
            if (code < 3 * 50) {
                return;
            }
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("ids do not return");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static long allocated(Runnable work) {
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        work.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private static void checkCounts(AllocTag tag, long bytes, long calls) {
        check(tag.counts().equals(new AllocCounts(bytes, calls)), tag.counts() + ", expected " + bytes + ", " + calls);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static String tebibytes(long pages) {
        return String.format(Locale.ROOT, "%.3f TiB", pages * (double) PAGE / (1L << 40));
    }

    private static String millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    }
}
