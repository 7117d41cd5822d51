package io.codetag.tools.cli;

import io.codetag.tools.page.PageOptions;
import io.codetag.tools.page.PageServer;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.source.ReportSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves a page that shows a source. */
@Command(
        name = "serve",
        description = "Serves the live page of a program, or of anything else that can be read again.",
        footer = {
            "",
            "The page listens on this machine only, unless --address says otherwise, and only reads. The source is read",
            "again whenever somebody asks. Ends with Ctrl-C.",
            ExitStatus.HELP,
            "",
            "Examples:",
            "  allocinfo serve 4711",
            "  sudo allocinfo serve --kernel --port 7070"
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    final OneSource source;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port, 0 to 65535; any that is free if not given, or 0.")
    int port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "The address to listen on; loopback if not given. Who reaches it may read.")
    @Nullable
    String address;

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "A name by which the page may be called beside localhost and addresses; may be repeated.")
    List<String> hostNames = List.of();

    private final Streams streams;

    ServeCommand(Streams streams) {
        this.streams = streams;
        this.source = new OneSource(streams);
    }

    @Override
    public Integer call() throws Exception {
        try (ReportSource opened = source.open()) {
            final ServedSource served = new ServedSource(opened, source.options.read(opened));
            try (PageServer server = PageServer.start(served, options(opened.name()))) {
                streams.out().write((server.uri() + "\n").getBytes(StandardCharsets.UTF_8));
                streams.out().flush();
                new CountDownLatch(1).await(); // until the process is ended
            } catch (InterruptedException asked) {
                return ExitStatus.OK;
            }
        }
        return ExitStatus.OK;
    }

    private PageOptions options(String name) throws ReportException, IOException {
        if (port < 0 || port > 65535) {
            throw new ReportException("--port is " + port + "; accepted: 0 to 65535");
        }
        final Set<String> names = new HashSet<>();
        hostNames.forEach(each -> names.add(each.toLowerCase(Locale.ROOT)));
        return new PageOptions(
                new InetSocketAddress(listening(), port),
                names,
                name,
                Duration.ofSeconds(2),
                600,
                50,
                null,
                Duration.ofSeconds(30));
    }

    private InetAddress listening() throws ReportException {
        try {
            return address == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw new ReportException(
                    "--address " + address + " is not known; accepted: an address of this machine", unknown);
        }
    }
}
