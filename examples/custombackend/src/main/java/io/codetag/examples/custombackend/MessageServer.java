package io.codetag.examples.custombackend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * The program that is going to be killed. It takes and frees pages from several call sites on several threads, then says
 * what each of them holds, and waits.
 */
final class MessageServer {
    static final String ALLOCATOR = "message server";
    static final String READY = "ready";

    /** What the documentation of the backend says: its name, and the property that says where its files go. */
    static final String STORAGE = "mapped-file";

    private static final String FILE_PROPERTY = "codetag.example.file";

    private static final AllocTag SESSION = AllocTags.here();
    private static final AllocTag INDEX = AllocTags.here();
    private static final AllocTag UPLOAD = AllocTags.here();
    private static final AllocTag JOURNAL = AllocTags.here();

    private static final int PAGES = 16_384;
    private static final int PAGE_BYTES = 4_096;
    private static final int ROUNDS = 20_000;
    private static final long SEED = 42;

    private final PageAllocator pages;

    private MessageServer(PageAllocator pages) {
        this.pages = pages;
    }

    /**
     * Works and reports what is held. Then appends to its journal for each line of its input, and reports again.
     *
     * @param directory where the backend puts its file
     * @param out receives what is held
     * @param in its end asks for an end in good order
     */
    static void run(Path directory, PrintStream out, InputStream in)
            throws IOException, ExecutionException, InterruptedException {
        Files.createDirectories(directory);
        System.setProperty(FILE_PROPERTY, directory.resolve("refs").toString());
        final PageAllocator.Builder builder =
                PageAllocator.builder(ALLOCATOR, PAGES).pageSize(PAGE_BYTES).maxOrder(0);
        if (System.getProperty("codetag.storage") == null) {
            builder.storage(STORAGE); // else an operator has chosen
        }
        try (PageAllocator pages = builder.build()) {
            final MessageServer server = new MessageServer(pages);
            server.work();
            server.report(out);
            final BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
            while (lines.readLine() != null) {
                server.appendToJournal();
                server.report(out);
            }
        }
    }

    private void work() throws ExecutionException, InterruptedException {
        final ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            final List<Future<?>> running = new ArrayList<>();
            running.add(threads.submit(() -> churn(this::openSession, 2_000, SEED)));
            running.add(threads.submit(() -> churn(this::growIndex, 5_000, SEED + 1)));
            running.add(threads.submit(() -> churn(this::receiveUpload, 700, SEED + 2)));
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
        for (int i = 0; i < 3; i++) {
            pages.tagger().clear(openSession()); // what is deliberately not tracked is told from what is
        }
    }

    /** Takes and frees pages in random order; so many are held in the end. */
    private void churn(LongSupplier allocate, int held, long seed) {
        final Random random = new Random(seed);
        final List<Long> mine = new ArrayList<>();
        for (int round = 0; round < ROUNDS || mine.size() != held; round++) {
            if (mine.size() < held || (mine.size() < held + 100 && random.nextBoolean() && round < ROUNDS)) {
                mine.add(allocate.getAsLong());
            } else {
                final int last = mine.size() - 1;
                final int any = random.nextInt(mine.size());
                pages.free(mine.set(any, mine.get(last)));
                mine.remove(last);
            }
        }
    }

    private long openSession() {
        return pages.allocate(0, SESSION);
    }

    private long growIndex() {
        return pages.allocate(0, INDEX);
    }

    private long receiveUpload() {
        return pages.allocate(0, UPLOAD);
    }

    private long appendToJournal() {
        return pages.allocate(0, JOURNAL);
    }

    private void report(PrintStream out) {
        for (AllocTag tag : List.of(SESSION, INDEX, UPLOAD, JOURNAL)) {
            final long held = tag.counts().bytes() / PAGE_BYTES;
            if (held > 0) {
                out.println(new HeldLine(tag.code(), held, tag.place().toString()));
            }
        }
        out.println("allocated " + pages.allocatedBytes());
        out.println(READY);
        out.flush();
    }
}
