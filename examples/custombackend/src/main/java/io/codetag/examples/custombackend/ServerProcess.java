package io.codetag.examples.custombackend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server in a process of its own, seen from the one that started it. */
final class ServerProcess implements AutoCloseable {
    private static final long WAIT_SECONDS = 30;

    private final Process process;
    private final BufferedReader lines;
    private final OutputStream input;

    private ServerProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.input = process.getOutputStream();
    }

    static ServerProcess start(Path directory) throws IOException {
        return new ServerProcess(ChildJvm.start(
                List.of("-Dcodetag.storage=" + MessageServer.STORAGE), List.of("run", directory.toString())));
    }

    long pid() {
        return process.pid();
    }

    /** Returns the lines of the next report. */
    List<String> awaitReport() throws IOException {
        final List<String> report = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(MessageServer.READY)) {
                return report;
            }
            report.add(line);
        }
        throw new IOException("the process ended before it was ready");
    }

    void askForMore() throws IOException {
        input.write('\n');
        input.flush();
    }

    /** Kills it without warning; returns its exit status. */
    int kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("process " + pid() + " did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
