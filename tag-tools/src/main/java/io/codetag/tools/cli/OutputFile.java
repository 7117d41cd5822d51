package io.codetag.tools.cli;

import io.codetag.tools.report.ReportException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is there whole or not at all: it is written under another name beside its place, and moved there. What is no
 * ordinary file, such as a pipe or a device, is written to directly.
 */
public final class OutputFile {
    private OutputFile() {}

    /** What is written. */
    public interface Content {
        /**
         * Writes.
         *
         * @param out where to; it is closed afterwards
         * @throws IOException if that fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param name the file; one that is there is replaced
     * @param content what is written
     * @throws ReportException if that fails; then what was there is as it was
     */
    public static void write(String name, Content content) throws ReportException {
        try {
            final Path file = Path.of(name);
            final Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            if (Files.isDirectory(place)) {
                throw new ReportException(name + " is a folder; accepted: a file, new or to be replaced");
            }
            if (Files.exists(place) && !Files.isRegularFile(place)) {
                try (OutputStream out = Files.newOutputStream(place)) {
                    content.writeTo(out);
                }
            } else {
                replace(place, content);
            }
        } catch (AccessDeniedException | NoSuchFileException failure) { // the message would name the file beside it
            throw new ReportException(
                    name + " cannot be written: "
                            + (failure instanceof NoSuchFileException ? "its folder is not there" : "not allowed"),
                    failure);
        } catch (InvalidPathException | IOException failure) {
            throw new ReportException(name + " cannot be written: " + failure, failure);
        }
    }

    private static void replace(Path place, Content content) throws IOException {
        final Path beside = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(out);
            }
            try {
                Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException otherwise) {
                Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
