package io.codetag.examples.pagecache;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What to read, and how much of the machine to take.
 *
 * @param directory what to read
 * @param cacheBytes bytes of the cache
 * @param threads how many workers
 * @param maxBytes bytes of files read at most
 * @param maxFiles files read at most
 */
record Settings(Path directory, long cacheBytes, int threads, long maxBytes, int maxFiles) {
    static final String USAGE = """
            usage: PageCacheMain [--threads N] [--cache MIB] [DIRECTORY]
              DIRECTORY      what to read; without it, the installation of the running JDK
              --threads N    workers, 1 to 64; without it, one a CPU and at least 2
              --cache MIB    the cache's size, 4 to 1024; without it, 128, or less where memory is short
            exit status: 0 all bytes accounted for, 1 not so, 2 wrong arguments or settings""";

    private static final long MIB = 1 << 20;

    /**
     * Reads the command line.
     *
     * @param arguments the command line
     * @return the settings
     * @throws UsageException if an argument is wrong; the message says which and what is accepted
     */
    static Settings parse(String... arguments) throws UsageException {
        String directory = System.getProperty("java.home");
        long cacheBytes = defaultCacheBytes();
        int threads = Math.max(2, Math.min(64, Runtime.getRuntime().availableProcessors()));
        int directories = 0;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--threads" -> threads = number(arguments, ++i, 1, 64);
                case "--cache" -> cacheBytes = number(arguments, ++i, 4, 1024) * MIB;
                default -> {
                    directory = arguments[i];
                    directories++;
                    checkOperand(directory, directories);
                }
            }
        }
        return new Settings(readable(directory), cacheBytes, threads, 1024 * MIB, 100_000);
    }

    /** Direct memory is limited to the size of the heap unless said otherwise; a quarter of it leaves room for others. */
    private static long defaultCacheBytes() {
        final long quarter = Runtime.getRuntime().maxMemory() / 4 / MIB * MIB;
        return Math.max(4 * MIB, Math.min(128 * MIB, quarter));
    }

    private static int number(String[] arguments, int index, int least, int most) throws UsageException {
        final String option = arguments[index - 1];
        final String expected = option + " wants a number from " + least + " to " + most;
        if (index == arguments.length) {
            throw new UsageException(expected);
        }
        try {
            final int value = Integer.parseInt(arguments[index]);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException wrong) {
            // said below, as for a number out of range
        }
        throw new UsageException(expected + ", not '" + arguments[index] + "'");
    }

    private static void checkOperand(String operand, int count) throws UsageException {
        if (operand.startsWith("-")) {
            throw new UsageException("unknown option '" + operand + "'");
        }
        if (count > 1) {
            throw new UsageException("more than one directory: '" + operand + "'");
        }
    }

    private static Path readable(String directory) throws UsageException {
        final Path path;
        try {
            path = Path.of(directory);
        } catch (InvalidPathException wrong) {
            throw new UsageException("'" + directory + "' is no path: " + wrong.getReason());
        }
        if (!Files.isDirectory(path)) {
            throw new UsageException("'" + directory + "' is " + (Files.exists(path) ? "no directory" : "not there"));
        }
        if (!Files.isReadable(path)) {
            throw new UsageException("'" + directory + "' must not be read by this user");
        }
        return path;
    }

    /** Says what is wrong with the arguments. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }
}
