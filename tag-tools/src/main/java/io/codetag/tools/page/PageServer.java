package io.codetag.tools.page;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A page that is being served. */
public final class PageServer implements AutoCloseable {
    private static final int BACKLOG = 32;

    private final HttpServer server;
    private final RequestPool pool;

    private PageServer(HttpServer server, RequestPool pool) {
        this.server = server;
        this.pool = pool;
    }

    /**
     * Begins to serve.
     *
     * @param source what is shown
     * @param options how
     * @return the server
     * @throws IOException if the address cannot be used; the message says which and what to do
     */
    public static PageServer start(PageSource source, PageOptions options) throws IOException {
        final HttpServer server = bind(options.address());
        final RequestPool pool = new RequestPool(options.timeout());
        server.setExecutor(pool);
        server.createContext(
                "/",
                new PageHandler(
                        new RequestGuard(server.getAddress(), options.hostNames()), new PageRoutes(source, options)));
        startAsDaemon(server);
        return new PageServer(server, pool);
    }

    private static HttpServer bind(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (BindException refused) {
            throw new IOException(
                    "cannot listen on " + address.getAddress().getHostAddress() + " port " + address.getPort() + " ("
                            + refused.getMessage() + "); take another port, or 0 for any that is free",
                    refused);
        }
    }

    /** The server's own thread is a daemon if the thread that starts it is one; the program may end while it serves. */
    private static void startAsDaemon(HttpServer server) {
        final Thread starter = RequestPool.daemon("codetag-page-start").newThread(server::start);
        starter.start();
        boolean interrupted = false;
        while (true) {
            try {
                starter.join();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns where the page is.
     *
     * @return such as {@code http://127.0.0.1:7070/}
     */
    public URI uri() {
        final InetAddress address = server.getAddress().getAddress();
        final String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
        final String literal = host.contains(":") ? '[' + host + ']' : host;
        return URI.create("http://" + literal + ':' + server.getAddress().getPort() + '/');
    }

    @Override
    public void close() {
        server.stop(0);
        pool.close();
    }
}
