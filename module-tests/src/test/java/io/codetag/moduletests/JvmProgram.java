package io.codetag.moduletests;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a program in a JVM of its own, the one that runs the tests, with real jars. */
final class JvmProgram {
    /** The module that a program is packed as. */
    static final String MODULE = "program";

    private static final int TIMEOUT_SECONDS = 240;
    private static final String LOGGING = "programs-logback.xml";

    private final Path folder;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> start;

    private JvmProgram(Path folder, List<String> start) {
        this.folder = folder;
        this.start = start;
        options("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m");
        property(
                "logback.configurationFile",
                onClassPath("test-classes").resolve(LOGGING).toString());
    }

    static JvmProgram onClassPath(Path folder, Class<?> main, List<Path> jars) {
        return new JvmProgram(folder, List.of("--class-path", path(jars), main.getName()));
    }

    static JvmProgram onModulePath(Path folder, Class<?> main, List<Path> jars) {
        return new JvmProgram(folder, List.of("--module-path", path(jars), "--module", MODULE + '/' + main.getName()));
    }

    /** The jars of the published modules, SLF4J and Logback. */
    static List<Path> allJars() {
        return Stream.concat(
                        Stream.of(LibraryModule.API, LibraryModule.CORE, LibraryModule.PAGEFLAGS, LibraryModule.PAGEEXT)
                                .map(LibraryModule::location),
                        loggingJars().stream())
                .toList();
    }

    static List<Path> loggingJars() {
        return Stream.of("slf4j-api-[\\d.]+\\.jar", "logback-classic-[\\d.]+\\.jar", "logback-core-[\\d.]+\\.jar")
                .map(JvmProgram::onClassPath)
                .toList();
    }

    static List<Path> plus(List<Path> jars, Path... more) {
        return Stream.concat(jars.stream(), Stream.of(more)).toList();
    }

    static String path(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(joining(File.pathSeparator));
    }

    private static Path onClassPath(String fileName) {
        final Pattern pattern = Pattern.compile(fileName);
        return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .map(Path::of)
                .filter(entry -> pattern.matcher(entry.getFileName().toString()).matches())
                .findFirst()
                .orElseThrow(() -> new AssertionError(fileName + " is not on the class path"));
    }

    JvmProgram options(String... jvmOptions) {
        options.addAll(List.of(jvmOptions));
        return this;
    }

    JvmProgram property(String name, String value) {
        return options("-D" + name + '=' + value);
    }

    JvmProgram environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs it to its end. Variables that would change a JVM or codetag are not inherited. */
    Outcome run(String... arguments) throws IOException, InterruptedException {
        final Path out = Files.createTempFile(folder, "program", ".out");
        final Path err = Files.createTempFile(folder, "program", ".err");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(start);
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CODETAG_") || name.endsWith("_OPTIONS"));
        builder.environment().putAll(environment);
        final Process process = builder.start();
        process.getOutputStream().close();
        final boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Outcome(ended ? process.exitValue() : -1, Files.readAllLines(out), Files.readString(err));
    }

    /**
     * How it ended.
     *
     * @param status its exit status; -1 if it had to be killed
     * @param out the lines of its standard output, those of the log among them
     * @param err its standard error
     */
    record Outcome(int status, List<String> out, String err) {
        /** Fails unless the program ended well and the JVM had nothing to complain about. */
        Outcome orFail() {
            if (status != 0 || !err.isEmpty()) {
                throw new AssertionError(
                        "exit status " + status + "\n--- out\n" + String.join("\n", out) + "\n--- err\n" + err);
            }
            return this;
        }

        /** What the program itself wrote. */
        List<String> printed() {
            return out.stream().filter(line -> !line.startsWith("LOG ")).toList();
        }

        /** What was logged, as {@code LEVEL [thread] message}. */
        List<String> logged() {
            return out.stream()
                    .filter(line -> line.startsWith("LOG "))
                    .map(line -> line.substring(4))
                    .toList();
        }

        /** What the program wrote after a word that only one line begins with. */
        String after(String word) {
            final List<String> found =
                    out.stream().filter(line -> line.startsWith(word + ' ')).toList();
            if (found.size() != 1) {
                throw new AssertionError(word + " begins " + found + " of " + out + '\n' + err);
            }
            return found.get(0).substring(word.length() + 1);
        }
    }
}
