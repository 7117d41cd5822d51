package io.codetag.examples.leakhunt;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.codetag.allocator.PageAllocator;
import io.codetag.core.AllocInfoText;
import io.codetag.core.AllocOrder;
import io.codetag.core.Profiler;
import io.codetag.micrometer.CodetagMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Serves tiles of a map, takes uploads, keeps subscriptions: each in pages of one allocator. Listens on loopback only. */
final class MapServer implements AutoCloseable {
    private static final long PAGES = 1 << 14;
    private static final int THREADS = 4;

    final PageAllocator pages = PageAllocator.builder("map server", PAGES).build();
    final Subscriptions subscriptions;
    private final TileCache tiles = new TileCache(pages);
    private final Uploads uploads = new Uploads(pages);
    private final Journal journal = new Journal(pages);
    private final AtomicLong served = new AtomicLong();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CodetagMetrics metrics;
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    MapServer(Settings settings) throws IOException {
        subscriptions = new Subscriptions(pages, settings.repaired());
        metrics = CodetagMetrics.builder().top(settings.top()).untracked(true).build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                handle(exchange);
            }
        });
        server.setExecutor(workers);
        metrics.bindTo(registry);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Says whether everything that is kept for a while is as large as it ever gets. */
    boolean isWarm() {
        return tiles.isFull() && journal.isFull() && subscriptions.expired() > 0;
    }

    /** Returns how many requests for the map were served. */
    long served() {
        return served.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        final String[] path = exchange.getRequestURI().getPath().split("/", -1);
        switch (exchange.getRequestMethod() + ' ' + path[1]) {
            case "GET tile" -> answer(exchange, tiles.tile(Integer.parseInt(path[2])));
            case "POST upload" -> answer(exchange, Long.toHexString(uploads.receive(exchange.getRequestBody())));
            case "POST subscription" -> {
                subscriptions.subscribe(Long.parseLong(path[2]));
                answer(exchange, "subscribed");
            }
            case "DELETE subscription" -> {
                subscriptions.unsubscribe(Long.parseLong(path[2]));
                answer(exchange, "unsubscribed");
            }
            case "GET metrics" -> {
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                send(exchange, 200, registry.scrape().getBytes(StandardCharsets.UTF_8));
            }
            case "GET allocinfo" -> send(exchange, 200, report().getBytes(StandardCharsets.UTF_8));
            default -> send(exchange, 404, new byte[0]);
        }
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        answer(exchange, text.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange, byte[] bytes) throws IOException {
        journal.write(exchange.getRequestMethod() + ' ' + exchange.getRequestURI() + ' ' + bytes.length + '\n');
        served.incrementAndGet();
        send(exchange, 200, bytes);
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private static String report() throws IOException {
        final StringBuilder text = new StringBuilder();
        AllocInfoText.V2_0.write(Profiler.get().snapshot().sortedBy(AllocOrder.BYTES), text);
        return text.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
        metrics.close();
        pages.close();
    }
}
