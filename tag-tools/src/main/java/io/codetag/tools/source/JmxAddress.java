package io.codetag.tools.source;

import io.codetag.tools.report.ReportException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Host and port of a JMX agent. */
final class JmxAddress {
    private static final int MAX_PORT = 65_535;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private JmxAddress() {}

    /** Makes sure that someone listens there: RMI would wait for minutes, and then tell it in many words. */
    static void check(String address) throws ReportException {
        final int colon = address.lastIndexOf(':');
        final int port = Integer.parseInt(address.substring(colon + 1));
        if (port < 1 || port > MAX_PORT) {
            throw new ReportException("the port of " + address + " is " + port + "; accepted: 1 to " + MAX_PORT);
        }
        final String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
        } catch (IOException failure) {
            throw new ReportException(
                    "nothing can be reached at " + address + ": " + failure.getMessage()
                            + "; accepted: host:port of a JVM that runs with -Dcom.sun.management.jmxremote.port=…,"
                            + " or a file",
                    failure);
        }
    }
}
