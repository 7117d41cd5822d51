package io.codetag.examples.pagecache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The work: digests every file, reads every entry of every archive, then looks at much of it once more.
 *
 * <p>When it is done the cache is still full, and all that the program keeps is still kept: that is when the report is
 * worth reading.
 *
 * <p><b>Thread safety.</b> For the main thread.
 */
final class Job implements AutoCloseable {
    private final Progress progress;
    private final Skips skips;
    private final Workers workers;
    private final PageCache cache;
    private final Plugins plugins;
    private final WriteBuffer list;
    private final Digests digests;
    private final Entries entries;
    private final Archives archives;
    private final SecondLook secondLook;
    private final List<SourceFile> files = new ArrayList<>();
    private final long startNanos = System.nanoTime();

    /**
     * Gets ready.
     *
     * @param settings the number of threads and the size of the cache
     * @param pool all page memory
     * @param temporary a directory for files of its own
     * @param progress says how far it is
     * @param skips counts what is left out
     * @throws IOException if the plugin cannot be loaded or a file not be written
     */
    Job(Settings settings, PagePool pool, Path temporary, Progress progress, Skips skips) throws IOException {
        this.progress = progress;
        this.skips = skips;
        this.workers = new Workers(settings.threads());
        this.cache = new PageCache(pool, settings.cacheBytes());
        this.plugins = Plugins.load(temporary, pool);
        this.list = new WriteBuffer(
                pool,
                Files.newByteChannel(
                        temporary.resolve("sha256.txt"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        this.digests = new Digests(pool, cache, progress);
        this.entries = new Entries(pool, cache, plugins.inflaters());
        this.archives = new Archives(pool, cache, entries, progress, skips);
        this.secondLook = new SecondLook(digests, entries, skips);
    }

    /**
     * Does all of it.
     *
     * @param found the files
     * @return what was done
     * @throws IOException if it cannot go on; files that cannot be read are skipped and counted
     */
    JobFacts run(List<FileScan.Found> found) throws IOException {
        for (FileScan.Found file : found) {
            files.add(new SourceFile(files.size(), file.path(), file.size()));
        }
        final List<SourceFile> packed =
                files.stream().filter(f -> ArchiveKind.of(f.path()) != null).toList();
        phase("digest", files, () -> workers.run(digestTasks()));
        phase("inflate", packed, () -> archives.read(packed, workers));
        final List<SourceFile> again = secondLook.choose(files);
        phase("compare", again, () -> secondLook.compare(again, workers));
        return facts(packed.size());
    }

    @Override
    public void close() throws IOException {
        workers.close();
        try (plugins;
                list) {
            archives.close();
            entries.close();
            digests.close();
            cache.close();
            files.forEach(SourceFile::close);
        }
    }

    private void phase(String name, List<SourceFile> of, Workers.Task work) throws IOException {
        progress.begin(name, bytes(of));
        work.run();
        progress.end();
    }

    private List<Workers.Task> digestTasks() {
        return files.stream().map(file -> (Workers.Task) () -> digest(file)).toList();
    }

    private void digest(SourceFile file) throws IOException {
        final byte[] digest;
        try {
            digest = digests.note(file);
        } catch (IOException unreadable) {
            skips.add(file, unreadable);
            return;
        }
        final String hex = HexFormat.of().formatHex(digest) + "  ";
        list.append(hex.getBytes(StandardCharsets.US_ASCII), file.name(), new byte[] {'\n'});
    }

    private JobFacts facts(int packed) {
        return new JobFacts(
                files.size(),
                bytes(files),
                packed,
                entries.count(),
                archives.inflatedBytes(),
                secondLook.comparedBytes(),
                secondLook.mismatches(),
                cache.facts(),
                System.nanoTime() - startNanos);
    }

    private static long bytes(List<SourceFile> of) {
        return of.stream().mapToLong(SourceFile::size).sum();
    }
}
