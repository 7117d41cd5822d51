package io.codetag.tools.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command reads and writes beside files.
 *
 * @param in standard input
 * @param out standard output: bytes, since reports are UTF-8 whatever the terminal thinks
 * @param err standard error
 */
public record Streams(InputStream in, OutputStream out, PrintStream err) {
    /**
     * Returns those of the process.
     *
     * @return the streams
     */
    public static Streams ofProcess() {
        return new Streams(
                new FileInputStream(FileDescriptor.in),
                new StandardOutput(new FileOutputStream(FileDescriptor.out)),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }
}
