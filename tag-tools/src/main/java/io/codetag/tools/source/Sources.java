package io.codetag.tools.source;

import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Strictness;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens sources by what a person calls them.
 *
 * @param strictness how text reports are read
 * @param profiler which profiler of a running program; null if it has one only
 * @param in standard input
 * @since 0.1
 */
public record Sources(Strictness strictness, @Nullable String profiler, InputStream in) {
    /** What {@link #open(String)} accepts, for messages. */
    public static final String ACCEPTED = "the id of a process, host:port or service:jmx:… of a JMX agent, a file or"
            + " folder, - for standard input";

    private static final Pattern PROCESS = Pattern.compile("\\d{1,18}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:[^/:]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}");

    /**
     * Opens a source.
     *
     * @param name {@code -}, a process id, a JMX address, or a file; a file that is called like one of the others is meant
     *     with a {@code ./} before its name
     * @return the source
     * @throws ReportException if there is none of that name, or it cannot be opened
     */
    public ReportSource open(String name) throws ReportException {
        if (name.equals("-")) {
            return new StandardInput(in, strictness);
        }
        if (PROCESS.matcher(name).matches()) {
            return JmxSource.attach(Long.parseLong(name), profiler);
        }
        if (name.startsWith("service:")) {
            return JmxSource.connect(name, profiler);
        }
        final Matcher address = HOST_AND_PORT.matcher(name);
        final Path file = path(name);
        if (file == null || (!Files.exists(file) && address.matches())) {
            return JmxSource.connect(name, profiler);
        }
        if (!Files.exists(file) && !file.equals(FileSource.KERNEL)) {
            throw new ReportException("there is no file " + name + "; accepted: " + ACCEPTED);
        }
        return new FileSource(file, strictness);
    }

    /**
     * Opens the kernel's own report.
     *
     * @return the source
     */
    public ReportSource kernel() {
        return new FileSource(FileSource.KERNEL, strictness);
    }

    private static @Nullable Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException noPath) {
            return null;
        }
    }
}
