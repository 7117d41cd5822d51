package io.codetag.examples.custombackend;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the server as a child process, kills it without warning, and reads what it held. */
final class Demo {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_MILLIS = 10;

    private final PrintStream out;
    private final List<String> differences = new ArrayList<>();

    Demo(PrintStream out) {
        this.out = out;
    }

    int run() throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("codetag-custombackend");
        try {
            final List<HeldLine> said = runAndKill(directory);
            final Path file = onlyFile(directory);
            out.println();
            out.println("3. What it left: " + file.getFileName() + ", " + Files.size(file) + " bytes");
            final PostMortem found = PostMortem.read(file);
            found.print(out);
            out.println();
            compare(said, found);
        } finally {
            deleteAll(directory);
        }
        differences.forEach(out::println);
        out.println(
                differences.isEmpty()
                        ? "OK: the file says of every page what the process last said of it"
                        : "FAILED: " + differences.size() + " differences");
        return differences.isEmpty() ? 0 : 1;
    }

    private List<HeldLine> runAndKill(Path directory) throws IOException, InterruptedException {
        out.println("1. A server runs in a process of its own, with -Dcodetag.storage=" + MessageServer.STORAGE);
        try (ServerProcess server = ServerProcess.start(directory)) {
            say(server.awaitReport());
            awaitNames(onlyFile(directory));
            out.println();
            out.println("2. It does one thing for the first time, and is killed in the same breath (kill -9 "
                    + server.pid() + ")");
            server.askForMore();
            final List<String> last = server.awaitReport();
            final int status = server.kill();
            say(last);
            out.println("   exit status " + status);
            check(status != 0, "the process was killed, yet ended with status 0");
            return last.stream().flatMap(line -> HeldLine.parse(line).stream()).toList();
        }
    }

    private void say(List<String> lines) {
        lines.forEach(line -> out.println("   it says: " + line));
    }

    /** Reads the file of the living process until the profiler's daemon, in its own time, has handed over the names. */
    private static void awaitNames(Path file) throws IOException, InterruptedException {
        final long start = System.nanoTime();
        while (PostMortem.read(file).holders().values().stream().anyMatch(Holder::isNameless)) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IOException("no names have come to " + file);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** The table has to equal what the process last said, page for page, and every name that was written. */
    private void compare(List<HeldLine> said, PostMortem found) {
        check(!said.isEmpty(), "the process said nothing");
        for (HeldLine line : said) {
            final Holder holder = found.holders().get(line.code());
            final long pages = holder == null ? 0 : holder.pages();
            check(pages == line.pages(), "code " + line.code() + ": said " + line.pages() + ", found " + pages);
            final boolean named =
                    holder != null && (holder.isNameless() || holder.name().equals(line.place()));
            check(named, "code " + line.code() + ": said " + line.place());
        }
        final long tracked = said.stream().mapToLong(HeldLine::pages).sum();
        final long untracked =
                found.holders().containsKey(1) ? found.holders().get(1).pages() : 0;
        check(found.pages() - untracked == tracked, "said " + tracked + " pages in all, found " + found.pages());
        check(untracked == 3, "3 pages were deliberately untracked, found " + untracked);
    }

    private void check(boolean claim, String otherwise) {
        if (!claim) {
            differences.add("DIFFERENT: " + otherwise);
        }
    }

    private static Path onlyFile(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.tags")) {
            for (Path file : files) {
                return file;
            }
        }
        throw new IOException("the process left no file in " + directory);
    }

    private static void deleteAll(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
