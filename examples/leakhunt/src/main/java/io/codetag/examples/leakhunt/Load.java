package io.codetag.examples.leakhunt;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask for tiles, send uploads, and subscribe; one in four subscribers vanishes without a word. */
final class Load {
    private static final int CLIENTS = 3;
    private static final int TILES = 1000;
    private static final int UPLOAD_BYTES = 50_000;
    private static final long SEED = 20_260_101;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final AtomicLong left;
    private final long nanosEach;
    private final AtomicLong lastSubscriber = new AtomicLong();

    Load(int port, long requests, int rate) {
        server = URI.create("http://127.0.0.1:" + port + '/');
        left = new AtomicLong(requests == 0 ? Long.MAX_VALUE : requests);
        nanosEach = rate == 0 ? 0 : CLIENTS * 1_000_000_000L / rate;
    }

    /** Makes requests until there have been as many as wanted, or this thread is interrupted. */
    void run() throws InterruptedException, ExecutionException {
        final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            final List<Callable<Boolean>> tasks = new ArrayList<>();
            final SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < CLIENTS; i++) {
                final SplittableRandom own = random.split();
                tasks.add(() -> request(own));
            }
            for (Future<Boolean> each : clients.invokeAll(tasks)) {
                each.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private boolean request(SplittableRandom random) throws IOException, InterruptedException {
        while (left.getAndDecrement() > 0) {
            switch (random.nextInt(10)) {
                case 0 -> send("upload", "POST", BodyPublishers.ofByteArray(new byte[UPLOAD_BYTES]));
                case 1, 2 -> subscribe(random);
                default -> send("tile/" + tile(random), "GET", BodyPublishers.noBody());
            }
        }
        return true;
    }

    /** Some tiles are looked at more often than others. */
    private static int tile(SplittableRandom random) {
        return Math.min(random.nextInt(TILES), random.nextInt(TILES));
    }

    private void subscribe(SplittableRandom random) throws IOException, InterruptedException {
        final String path = "subscription/" + lastSubscriber.incrementAndGet();
        send(path, "POST", BodyPublishers.noBody());
        if (random.nextInt(4) != 0 && left.getAndDecrement() > 0) {
            send(path, "DELETE", BodyPublishers.noBody());
        }
    }

    private void send(String path, String method, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        final long start = System.nanoTime();
        final HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, body)
                .build();
        final int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException(method + ' ' + path + " was answered with " + status);
        }
        TimeUnit.NANOSECONDS.sleep(nanosEach - (System.nanoTime() - start));
    }
}
