package io.codetag.examples.pagecache;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Reads some files once more, and all entries that are still cached: the cache has to give the same bytes as before.
 *
 * <p><b>Thread safety.</b> For the main thread, which has the workers do the work.
 */
final class SecondLook {
    private static final int ENTRY_TASKS = 64;
    private static final long FILE_BYTES = 4 << 20;
    private static final long ALL_BYTES = 48 << 20;

    private final Digests digests;
    private final Entries entries;
    private final Skips skips;
    private final LongAdder comparedBytes = new LongAdder();
    private final AtomicInteger mismatches = new AtomicInteger();
    private final long startMillis = System.currentTimeMillis();

    /**
     * Notes the time: a file that is written after it may differ.
     *
     * @param digests the digests of the first look
     * @param entries the entries of the first look
     * @param skips counts files that are gone or were written meanwhile
     */
    SecondLook(Digests digests, Entries entries, Skips skips) {
        this.digests = digests;
        this.entries = entries;
        this.skips = skips;
    }

    /**
     * Chooses smaller files, the last ones first: some of them are still cached.
     *
     * @param files all files, in the order of the first look
     * @return those to look at again
     */
    List<SourceFile> choose(List<SourceFile> files) {
        final List<SourceFile> chosen = new ArrayList<>();
        long bytes = 0;
        for (int i = files.size() - 1; i >= 0; i--) {
            final SourceFile file = files.get(i);
            if (file.size() <= FILE_BYTES && bytes + file.size() <= ALL_BYTES && digests.isNoted(file)) {
                bytes += file.size();
                chosen.add(file);
            }
        }
        return chosen;
    }

    /**
     * Compares.
     *
     * @param files the files to look at again
     * @param workers who does it
     * @throws IOException if a worker failed
     */
    void compare(List<SourceFile> files, Workers workers) throws IOException {
        workers.run(IntStream.range(0, ENTRY_TASKS)
                .mapToObj(part -> (Workers.Task) () -> compareEntries(part))
                .toList());
        workers.run(files.stream()
                .map(file -> (Workers.Task) () -> compareFile(file))
                .toList());
    }

    /** Returns how many bytes were the same. */
    long comparedBytes() {
        return comparedBytes.sum();
    }

    /** Returns how many files and entries were not the same. */
    int mismatches() {
        return mismatches.get();
    }

    private void compareFile(SourceFile file) {
        try {
            if (digests.matches(file)) {
                comparedBytes.add(file.size());
            } else if (Files.getLastModifiedTime(file.path()).toMillis() >= startMillis) {
                skips.add(file, "written between two looks");
            } else {
                mismatches.incrementAndGet();
            }
        } catch (IOException gone) {
            skips.add(file, gone);
        }
    }

    private void compareEntries(int part) {
        for (long number = part; number < entries.count(); number += ENTRY_TASKS) {
            final long bytes = entries.compareCached(number);
            if (bytes < 0) {
                mismatches.incrementAndGet();
            } else {
                comparedBytes.add(bytes);
            }
        }
    }
}
