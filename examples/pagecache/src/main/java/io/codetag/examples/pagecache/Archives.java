package io.codetag.examples.pagecache;

import io.codetag.examples.pagecache.spi.EntryInflater;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * The archives: indexes them, then has every entry read.
 *
 * <p>A few archives are worked on at a time, each in as many parts as its index has blocks. Of the indexes only the
 * newest stay, 8 MiB in all, so that a directory of thousands of jars does not push the cached blocks out.
 *
 * <p><b>Thread safety.</b> For the main thread, which has the workers do the work.
 */
final class Archives implements AutoCloseable {
    private static final int BATCH = 16;
    private static final long MAX_INDEX_BYTES = 8 << 20;

    private final PagePool pool;
    private final PageCache cache;
    private final Entries entries;
    private final Progress progress;
    private final Skips skips;
    private final Map<ArchiveKind, EntryInflater> inflaters = new EnumMap<>(ArchiveKind.class);
    private final Deque<ArchiveIndex> indexes = new ArrayDeque<>();
    private final LongAdder inflatedBytes = new LongAdder();

    Archives(PagePool pool, PageCache cache, Entries entries, Progress progress, Skips skips) {
        this.pool = pool;
        this.cache = cache;
        this.entries = entries;
        this.progress = progress;
        this.skips = skips;
        for (ArchiveKind kind : ArchiveKind.values()) {
            final EntryInflater inflater = new HostInflater(kind);
            inflater.open(pool);
            inflaters.put(kind, inflater);
        }
    }

    /**
     * Reads all entries of some archives.
     *
     * @param archives the archives
     * @param workers who does it
     * @throws IOException if a worker failed; damaged archives and entries are skipped and counted
     */
    void read(List<SourceFile> archives, Workers workers) throws IOException {
        for (int from = 0; from < archives.size(); from += BATCH) {
            final List<SourceFile> batch = archives.subList(from, Math.min(archives.size(), from + BATCH));
            final Queue<Indexed> indexed = new ConcurrentLinkedQueue<>();
            workers.run(batch.stream()
                    .map(archive -> (Workers.Task) () -> index(archive, indexed))
                    .toList());
            indexed.forEach(archive -> indexes.add(archive.index()));
            workers.run(parts(indexed));
            retire();
        }
    }

    /** Returns how many bytes came out of all entries. */
    long inflatedBytes() {
        return inflatedBytes.sum();
    }

    @Override
    public void close() {
        indexes.forEach(ArchiveIndex::close);
        indexes.clear();
        inflaters.values().forEach(EntryInflater::close);
    }

    private void index(SourceFile archive, Queue<Indexed> indexed) {
        try (FileReader reader = new FileReader(pool, cache, archive)) {
            final ArchiveIndex index = ArchiveIndex.read(pool, reader, archive.size());
            indexed.add(new Indexed(archive, index));
            for (int i = 0; i < index.unreadable(); i++) {
                skips.add(archive, "an entry that is encrypted or packed in a rare way");
            }
        } catch (IOException damaged) {
            skips.add(archive, damaged);
            progress.advance(archive.size());
        }
    }

    private List<Workers.Task> parts(Iterable<Indexed> archives) {
        final List<Workers.Task> parts = new ArrayList<>();
        for (Indexed archive : archives) {
            for (int part = 0; part < archive.index().parts(); part++) {
                final List<ArchiveEntry> members = archive.index().entries(part);
                parts.add(() -> readPart(archive.file(), members));
            }
        }
        return parts;
    }

    private void readPart(SourceFile archive, List<ArchiveEntry> members) throws IOException {
        final ArchiveKind kind = ArchiveKind.of(archive.path());
        final EntryInflater inflater = Objects.requireNonNull(inflaters.get(kind == null ? ArchiveKind.ZIP : kind));
        try (FileReader reader = new FileReader(pool, cache, archive)) {
            for (ArchiveEntry entry : members) {
                try {
                    entries.read(reader, inflater, entry);
                    inflatedBytes.add(entry.inflated());
                } catch (IOException damaged) {
                    skips.add(archive + "!" + entry.name(), damaged);
                }
                progress.advance(entry.compressed());
            }
        } catch (IOException gone) {
            skips.add(archive, gone);
        }
    }

    private void retire() {
        long indexBytes = indexes.stream().mapToLong(ArchiveIndex::pageBytes).sum();
        while (indexBytes > MAX_INDEX_BYTES && indexes.size() > 1) {
            final ArchiveIndex oldest = indexes.remove();
            indexBytes -= oldest.pageBytes();
            oldest.close();
        }
    }

    /** An archive and its index. */
    private record Indexed(SourceFile file, ArchiveIndex index) {}
}
