package io.codetag.tools.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Answers requests: first who may ask, then what is asked. */
final class PageHandler implements HttpHandler {
    private static final int BUFFER = 1 << 14;

    private final RequestGuard guard;
    private final PageRoutes routes;

    PageHandler(RequestGuard guard, PageRoutes routes) {
        this.guard = guard;
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            final Started out = new Started(exchange);
            try {
                guard.check(exchange.getRequestHeaders());
                final Answer answer = answer(exchange);
                secure(exchange, answer.type(), answer.policy());
                if (exchange.getRequestMethod().equals("HEAD")) {
                    exchange.sendResponseHeaders(200, -1);
                } else {
                    final OutputStream buffered = new BufferedOutputStream(out, BUFFER);
                    answer.body().write(buffered);
                    buffered.flush();
                    out.close();
                }
            } catch (Refusal refusal) {
                refuse(exchange, out, refusal.status(), String.valueOf(refusal.getMessage()));
            } catch (RuntimeException failure) {
                refuse(
                        exchange,
                        out,
                        500,
                        "the report cannot be made: " + failure.getClass().getSimpleName());
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws Refusal {
        final String path = exchange.getRequestURI().getRawPath();
        final String query = exchange.getRequestURI().getRawQuery();
        final String methods = PageRoutes.methodsOf(path, routes.readable());
        final String method = exchange.getRequestMethod();
        if (methods != null && !(", " + methods + ", ").contains(", " + method + ", ")) {
            exchange.getResponseHeaders().set("Allow", methods);
            throw new Refusal(405, "here is accepted: " + methods);
        }
        return PageRoutes.SWITCH.equals(path)
                ? routes.toggle(exchange.getRequestHeaders(), query)
                : routes.read(path, query);
    }

    private static void refuse(HttpExchange exchange, Started out, int status, String message) throws IOException {
        if (out.hasBegun()) {
            throw new IOException("the answer broke off: " + message); // the connection is closed, the client sees it
        }
        secure(exchange, Answer.PLAIN, Answer.NOTHING);
        final byte[] text = (message + '\n').getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    /** What holds for every answer: no other site may use, frame or guess it, and nobody keeps it. */
    private static void secure(HttpExchange exchange, String type, String policy) {
        final Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", policy + "; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    /** Sends the head of the answer with its first bytes, so that what fails before them can still say so. */
    private static final class Started extends OutputStream {
        private final HttpExchange exchange;
        private boolean begun;

        Started(HttpExchange exchange) {
            this.exchange = exchange;
        }

        boolean hasBegun() {
            return begun;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            begin();
            exchange.getResponseBody().write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            begin();
            exchange.getResponseBody().close();
        }

        private void begin() throws IOException {
            if (!begun) {
                begun = true;
                exchange.sendResponseHeaders(200, 0);
            }
        }
    }
}
