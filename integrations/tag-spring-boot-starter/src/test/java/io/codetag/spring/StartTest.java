package io.codetag.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.springmodules.ModulesProgram;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An application in a process of its own")
class StartTest {
    private static final long PATIENCE_SECONDS = 120;
    /** What a program without a web server leaves out of the module path. */
    private static final String NOT_NEEDED =
            ".*(junit|opentest4j|apiguardian|assertj|byte-buddy|tomcat|webmvc|spring-web|servlet|surefire|jackson|prometheus).*";

    /** How it ended. */
    private record Outcome(int status, String text) {}

    private static Outcome run(List<String> options, String... arguments) throws IOException, InterruptedException {
        return run(System.getProperty("java.class.path"), options, arguments);
    }

    private static Outcome run(String classPath, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        return run(classPath, options, StartProgram.class, arguments);
    }

    private static Outcome run(String classPath, List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CODETAG_") || name.endsWith("_OPTIONS"));
        final Process process = builder.start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), text);
        return new Outcome(process.exitValue(), text);
    }

    @Test
    @DisplayName("has the storage and the headroom that its configuration says")
    void configured() throws Exception {
        final Outcome outcome = run(List.of(), "--codetag.storage=pageext", "--codetag.headroom=5");
        assertEquals(0, outcome.status(), outcome::text);
        assertTrue(outcome.text().contains("store pageext, needed 6"), outcome::text);
    }

    @Test
    @DisplayName("starts where neither an actuator nor Micrometer is on the class path")
    void alone() throws Exception {
        final String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(".*(actuator|micrometer-|health).*"))
                .collect(Collectors.joining(File.pathSeparator));
        final Outcome outcome = run(classPath, List.of());
        assertEquals(0, outcome.status(), outcome::text);
        assertTrue(outcome.text().contains("store pageflags"), outcome::text);
    }

    @Test
    @DisplayName("does not start with a wrong setting, and says what is accepted instead of showing a stack")
    void wrong() throws Exception {
        final Outcome outcome = run(List.of(), "--codetag.stripes=-3");
        assertEquals(1, outcome.status(), outcome::text);
        assertTrue(outcome.text().contains("APPLICATION FAILED TO START"), outcome::text);
        assertTrue(
                outcome.text()
                        .contains(
                                "codetag.stripes is '-3' in the application's configuration; accepted: a whole number"),
                outcome::text);
        assertFalse(outcome.text().contains("system property"), outcome::text);
        assertFalse(outcome.text().contains("\tat "), outcome::text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    ""                        | --codetag.storage=pageext | codetag.storage is 'pageext' in the application's configuration
                    -Dcodetag.storage=pageext | ""                        | system property codetag.storage is 'pageext'
                    """)
    @DisplayName("says of each setting where that is from")
    void whereFrom(String option, String argument, String said) throws Exception {
        final List<String> options = option.isEmpty() ? List.of() : List.of(option);
        final Outcome outcome = argument.isEmpty()
                ? run(options, "--codetag.profiling=1,compressed")
                : run(options, "--codetag.profiling=1,compressed", argument);
        assertEquals(1, outcome.status(), outcome::text);
        final String expected =
                "codetag.profiling is '1,compressed' in the application's configuration asks for storage"
                        + " pageflags, but " + said + "; leave one of them out";
        assertTrue(outcome.text().contains(expected), outcome::text);
    }

    @ParameterizedTest
    @CsvSource({
        "--codetag.metrics.top=-1, codetag.metrics.top is -1; accepted: 0 to 10000",
        "--codetag.overflow=explode, 'DISABLE\n    SPILL\n    SWITCH'"
    })
    @DisplayName("does not start with a setting of the meters, or of a kind, that cannot be, and says what is accepted")
    void wrongKinds(String argument, String said) throws Exception {
        final Outcome outcome = run(List.of(), argument);
        assertEquals(1, outcome.status(), outcome::text);
        assertTrue(outcome.text().contains("APPLICATION FAILED TO START"), outcome::text);
        assertTrue(outcome.text().contains(said), outcome::text);
        assertFalse(outcome.text().contains("\tat "), outcome::text);
    }

    @Test
    @DisplayName("has all of it also where the starter and what it needs are modules, found by `provides`")
    void modules() throws Exception {
        final Map<Boolean, List<String>> paths = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(NOT_NEEDED))
                .collect(Collectors.partitioningBy(entry -> !entry.endsWith("test-classes")));
        final Outcome outcome = run(
                String.join(File.pathSeparator, paths.get(false)),
                List.of(
                        "--module-path",
                        String.join(File.pathSeparator, paths.get(true)),
                        "--add-modules",
                        "ALL-MODULE-PATH"),
                ModulesProgram.class,
                "--codetag.headroom=5",
                "--codetag.metrics.top=7");
        assertEquals(0, outcome.status(), outcome::text);
        final List<String> expected = List.of(
                "module io.codetag.spring",
                "needed 6",
                "profiler default",
                "top 7",
                "binder io.codetag.micrometer",
                "meters true");
        assertEquals(expected, outcome.text().lines().filter(expected::contains).toList(), outcome::text);
    }

    @Test
    @DisplayName("does not start when the profiler runs already without a setting, and says what to do")
    void tooLate() throws Exception {
        final Outcome outcome = run(List.of("-Dearly=true"), "--codetag.storage=pageext");
        assertEquals(1, outcome.status(), outcome::text);
        assertTrue(outcome.text().contains("started before that was read"), outcome::text);
        assertTrue(outcome.text().contains("-Dcodetag.storage=pageext"), outcome::text);
    }
}
