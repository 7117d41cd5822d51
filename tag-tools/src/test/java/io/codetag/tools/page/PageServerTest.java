package io.codetag.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.ProfilerTotals;
import io.codetag.tools.report.ReportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The server of a page")
class PageServerTest {
    private static final List<String> READABLE =
            List.of("/", "/page.json", "/allocinfo", "/allocinfo.json", "/metrics", "/debug/pprof/heap");

    private static final byte[] REQUEST = "GET /allocinfo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.ISO_8859_1);

    /** Counts how often it is read, and does what a test wants. */
    private static class Source implements PageSource {
        final AtomicInteger snapshots = new AtomicInteger();

        @Override
        public String name() {
            return "test";
        }

        @Override
        public AllocInfo snapshot(AllocFilter filter) throws ReportException {
            snapshots.incrementAndGet();
            return Tags.info(Tags.entry("a.B", 1, "f", 5, 1));
        }

        @Override
        public ProfilerTotals totals(boolean untracked) {
            return null;
        }

        @Override
        public List<StorageFacts> storage() {
            return null;
        }

        @Override
        public ProfilingState state() {
            return null;
        }

        @Override
        public void record(boolean on) {
            throw new IllegalStateException("it cannot be switched");
        }
    }

    private static PageServer start(PageSource source, Duration timeout) throws IOException {
        return PageServer.start(
                source,
                new PageOptions(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Set.of(),
                        "test",
                        Duration.ofSeconds(1),
                        10,
                        10,
                        null,
                        timeout));
    }

    @Test
    @DisplayName("takes one snapshot for each request, and none for HEAD or a refusal")
    void oneSnapshot() throws IOException {
        final Source source = new Source();
        try (PageServer server = start(source, Duration.ofMinutes(1))) {
            for (String path : READABLE) {
                final int before = source.snapshots.get();
                assertEquals(200, RawHttp.ask(server.uri(), "GET", path).status(), path);
                assertEquals(before + 1, source.snapshots.get(), path);
                RawHttp.ask(server.uri(), "HEAD", path);
                RawHttp.ask(server.uri(), "GET", path, "Host: evil.example");
                RawHttp.ask(server.uri(), "GET", path + "?nonsense");
                assertEquals(before + 1, source.snapshots.get(), path);
            }
        }
    }

    @Test
    @DisplayName("says what is wrong if the source cannot be read, or fails")
    void failures() throws IOException {
        final Source unreadable = new Source() {
            @Override
            public AllocInfo snapshot(AllocFilter filter) throws ReportException {
                throw new ReportException("the program is gone");
            }
        };
        try (PageServer server = start(unreadable, Duration.ofMinutes(1))) {
            for (String path : READABLE) {
                final RawHttp answer = RawHttp.ask(server.uri(), "GET", path);
                assertEquals(503, answer.status(), path);
                assertEquals("the program is gone\n", answer.text(), path);
            }
        }
        final Source broken = new Source() {
            @Override
            public AllocInfo snapshot(AllocFilter filter) {
                throw new UnsupportedOperationException("secret");
            }
        };
        try (PageServer server = start(broken, Duration.ofMinutes(1))) {
            final RawHttp answer = RawHttp.ask(server.uri(), "GET", "/allocinfo");
            assertEquals(500, answer.status());
            assertEquals("the report cannot be made: UnsupportedOperationException\n", answer.text());
        }
    }

    @Test
    @DisplayName("answers many readers at once, each in full")
    void concurrent() throws IOException, InterruptedException, ExecutionException {
        final Source source = new Source();
        final ExecutorService readers = Executors.newFixedThreadPool(16);
        try (PageServer server = start(source, Duration.ofMinutes(1))) {
            final String expected =
                    RawHttp.ask(server.uri(), "GET", "/allocinfo").text();
            final List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(readers.submit(
                        () -> RawHttp.ask(server.uri(), "GET", "/allocinfo").text()));
            }
            for (Future<String> answer : answers) {
                assertEquals(expected, answer.get());
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    @DisplayName("cuts off clients that send half a request, and goes on to serve others")
    void slowClients() throws IOException {
        try (PageServer server = start(new Source(), Duration.ofSeconds(2))) {
            final List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 2 * RequestPool.THREADS; i++) {
                final Socket socket = RawHttp.connect(server.uri());
                socket.getOutputStream().write("GET /allocinfo HT".getBytes(StandardCharsets.ISO_8859_1));
                slow.add(socket);
            }
            assertEquals(200, RawHttp.ask(server.uri(), "GET", "/allocinfo").status());
            for (Socket socket : slow) {
                assertEquals(0, RawHttp.readAll(socket.getInputStream()).length, "an answer to half a request");
                socket.close();
            }
        }
    }

    @Test
    @DisplayName("cuts off clients that do not read their answer, and goes on to serve others")
    void clientsThatDoNotRead() throws IOException {
        final AllocInfo large = new AllocInfo(
                1,
                1,
                IntStream.range(0, 200_000)
                        .mapToObj(i -> Tags.entry("a.b.c.Tag" + i, 1, "f", 5, 1))
                        .toList());
        final Source source = new Source() {
            @Override
            public AllocInfo snapshot(AllocFilter filter) {
                return filter.file() == null ? large : large.filter(filter);
            }
        };
        try (PageServer server = start(source, Duration.ofSeconds(2))) {
            final List<Socket> deaf = new ArrayList<>();
            for (int i = 0; i < RequestPool.THREADS; i++) {
                final Socket socket = RawHttp.connect(server.uri());
                socket.getOutputStream().write(REQUEST);
                deaf.add(socket);
            }
            assertEquals(
                    200,
                    RawHttp.ask(server.uri(), "GET", "/allocinfo?file=Tag7.java")
                            .status());
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    @Test
    @DisplayName("closes the connections of requests beyond its bound at once")
    void bounded() throws IOException, InterruptedException {
        final CountDownLatch busy = new CountDownLatch(RequestPool.THREADS);
        final CountDownLatch done = new CountDownLatch(1);
        final Source source = new Source() {
            @Override
            public AllocInfo snapshot(AllocFilter filter) {
                busy.countDown();
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Tags.info();
            }
        };
        final int beyond = 10;
        try (PageServer server = start(source, Duration.ofMinutes(5));
                Selector selector = Selector.open()) {
            for (int i = 0; i < RequestPool.THREADS; i++) {
                send(server, selector);
            }
            busy.await();
            for (int i = 0; i < RequestPool.WAITING + beyond; i++) {
                send(server, selector);
            }
            // Nobody is answered before the latch opens: what ends has been refused.
            for (int ended = 0; ended < beyond; ) {
                assertTrue(selector.select(60_000) > 0, "requests beyond the bound are kept waiting");
                for (SelectionKey key : selector.selectedKeys()) {
                    assertTrue(hasEnded((SocketChannel) key.channel()), "an answer before there can be one");
                    key.channel().close();
                    ended++;
                }
                selector.selectedKeys().clear();
            }
            done.countDown();
        }
    }

    private static boolean hasEnded(SocketChannel channel) throws IOException {
        try {
            return channel.read(ByteBuffer.allocate(100)) < 0;
        } catch (SocketException reset) {
            return true; // it was closed before the request was read
        }
    }

    private static void send(PageServer server, Selector selector) throws IOException {
        final SocketChannel channel = SocketChannel.open(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.uri().getPort()));
        channel.write(ByteBuffer.wrap(REQUEST));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }
}
