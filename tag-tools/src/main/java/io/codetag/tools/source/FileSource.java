package io.codetag.tools.source;

import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.ReportReader;
import io.codetag.tools.report.Strictness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** A file with reports: text, JSON, a series, a recording; the kernel's report is one. */
final class FileSource implements ReportSource {
    static final Path KERNEL = Path.of("/proc/allocinfo");

    private static final String RECORDING = "FLR\0";

    private final Path file;
    private final Strictness strictness;

    FileSource(Path file, Strictness strictness) {
        this.file = file;
        this.strictness = strictness;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public Reading read() throws ReportException {
        if (Files.isDirectory(file) || isRecording()) {
            return Recordings.read(file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ReportReader.read(name(), in, takenAt(), strictness);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    private boolean isRecording() throws ReportException {
        if (!Files.isRegularFile(file)) { // a pipe would lose what is read here
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(RECORDING.length()), StandardCharsets.ISO_8859_1).equals(RECORDING);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /** What the kernel shows is made when it is read; any other file was written when it was written. */
    private Instant takenAt() throws IOException {
        return file.toAbsolutePath().startsWith("/proc")
                ? Instant.now()
                : Files.getLastModifiedTime(file).toInstant();
    }

    private ReportException unreadable(IOException failure) {
        final String why;
        if (failure instanceof NoSuchFileException) {
            why = file.equals(KERNEL)
                    ? " is not there: the kernel was built without memory allocation profiling"
                            + " (CONFIG_MEM_ALLOC_PROFILING), or started with sysctl.vm.mem_profiling=never"
                    : " is not there";
        } else if (failure instanceof AccessDeniedException) {
            why = file.equals(KERNEL) ? " may be read by root only" : " may not be read by this user";
        } else {
            why = " cannot be read: " + failure.getMessage();
        }
        return new ReportException(file + why, failure);
    }

    @Override
    public void close() {}
}
