package io.codetag.examples.pagecache;

import io.codetag.AllocTags;
import io.codetag.examples.pagecache.Settings.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a directory through a page cache, and reports which line of code holds how much of it. */
public final class PageCacheMain {
    private static final Logger LOG = LoggerFactory.getLogger(PageCacheMain.class);

    /** Pages beside the cache's: indexes, tables, buffers, blocks on their way into the cache, gaps between blocks. */
    private static final long LEAST_HEADROOM_BYTES = 16 << 20;

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private PageCacheMain() {}

    /**
     * Runs the program.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        final int status = run(System.out, System.err, arguments);
        if (status != OK) {
            System.exit(status); // otherwise plainly return: Maven, in whose JVM this may run, goes on
        }
    }

    /**
     * Runs the program without ending the JVM.
     *
     * @param out where the report goes
     * @param err where complaints go
     * @param arguments the command line
     * @return the exit status
     */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.println(Settings.USAGE);
            return OK;
        }
        try {
            final Settings settings = Settings.parse(arguments);
            startProfiler();
            return read(settings, out);
        } catch (UsageException wrong) {
            err.println(wrong.getMessage());
            err.println(Settings.USAGE);
            return WRONG_ARGUMENTS;
        } catch (IOException failure) {
            LOG.error("the run failed", failure);
            return FAILED;
        }
    }

    /** The first allocator would start it too; here a wrong setting is told from a wrong argument of our own. */
    private static void startProfiler() throws UsageException {
        try {
            AllocTags.start();
        } catch (IllegalArgumentException wrongSetting) {
            throw new UsageException(String.valueOf(wrongSetting.getMessage()));
        }
    }

    /** A backend that was asked for by name may be unknown, or cannot serve: a wrong setting too. */
    private static PagePool openPool(long bytes) throws UsageException {
        try {
            return new PagePool("page cache", bytes);
        } catch (IllegalArgumentException wrongSetting) {
            throw new UsageException(String.valueOf(wrongSetting.getMessage()));
        }
    }

    private static int read(Settings settings, PrintStream out) throws IOException, UsageException {
        final Skips skips = new Skips();
        final long headroom = Math.max(LEAST_HEADROOM_BYTES, settings.cacheBytes() / 4);
        try (TemporaryDirectory temporary = TemporaryDirectory.create();
                PagePool pool = openPool(settings.cacheBytes() + headroom)) {
            final List<FileScan.Found> files = new ArrayList<>(FileScan.list(settings, skips));
            LOG.info("reading {} files of {} with {} threads", files.size(), settings.directory(), settings.threads());
            if (files.stream().noneMatch(file -> ArchiveKind.of(file.path()) != null)) {
                final Path jar = temporary.path().resolve("packed.jar");
                files.add(TemporaryJar.pack(jar, settings.directory(), files, skips));
                LOG.info("no archive among them: packed some into {}", jar.getFileName());
            }
            final boolean balanced = work(settings, pool, temporary.path(), files, skips, out);
            final boolean nothingLeft = Report.printLeft(out, pool);
            return balanced && nothingLeft ? OK : FAILED;
        }
    }

    /** The report is printed before anything is closed, while the cache is full. */
    private static boolean work(
            Settings settings, PagePool pool, Path temporary, List<FileScan.Found> files, Skips skips, PrintStream out)
            throws IOException {
        try (Progress progress = TerminalProgress.open();
                Job job = new Job(settings, pool, temporary, progress, skips)) {
            final JobFacts facts = job.run(files);
            return Report.print(out, pool, facts, skips);
        }
    }
}
