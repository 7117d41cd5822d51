package io.codetag.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Races, by jcstress")
class RacesTest {
    private static final Path RESULTS = Path.of("target", "jcstress");
    private static final Pattern RACE = Pattern.compile("io\\.codetag\\.\\w+\\.\\w+Races\\.[A-Za-z]+");

    @Test
    @DisplayName("end in no other way than those that have a name, and each race that exists was run")
    void races() throws Exception {
        final String mode = System.getProperty("codetag.stress", "short");
        final Set<String> existing = existing();
        assertTrue(existing.size() > 50, existing::toString);
        final Path log = run(arguments(mode));
        final Set<String> ran = new TreeSet<>();
        final Set<String> failed = new TreeSet<>();
        for (String line : Files.readAllLines(log)) {
            final Matcher race = RACE.matcher(line);
            if (race.find() && line.contains("[OK]")) {
                ran.add(race.group());
            } else if (race.find(0) && (line.contains("[FAILED]") || line.contains("[ERROR]"))) {
                failed.add(race.group());
            }
        }
        assertEquals(Set.of(), failed, "see " + log.toAbsolutePath());
        assertEquals(existing, ran, "see " + log.toAbsolutePath());
    }

    /**
     * Returns what jcstress is told. The short mode races each once, compiled as one; quick races each under every set of
     * JVM flags that jcstress knows; the others are jcstress's own, with the threads compiled separately. Short strides
     * save the most where other processes want the processors too.
     */
    private static List<String> arguments(String mode) {
        final String brief = "-sc false -iters 1 -time 100 -strideCount 10 -pth false";
        final String told =
                switch (mode) {
                    case "short" -> brief + " -f 1 -fsm 1 -jvmArgs -Xmx256m -jvmArgs -XX:+UseSerialGC";
                    case "quick" -> brief + " -m quick";
                    default -> "-m " + mode;
                };
        final List<String> arguments = new ArrayList<>(List.of("-r", ".", "-v"));
        arguments.addAll(List.of(told.split(" ", -1)));
        return arguments;
    }

    /** Runs jcstress in a JVM of its own and returns what it printed. */
    private static Path run(List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OneLocking.class.getName()));
        command.addAll(arguments);
        Files.createDirectories(RESULTS);
        final Path log = RESULTS.resolve("log.txt");
        final int status = new ProcessBuilder(command)
                .directory(RESULTS.toFile()) // jcstress leaves a file where it runs
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertEquals(0, status, "exit status; see " + log.toAbsolutePath());
        return log;
    }

    /** Returns the races in the source: what carries the annotation, by the list that jcstress's processor wrote. */
    private static Set<String> existing() throws IOException {
        final URL list = RacesTest.class.getResource("/META-INF/TestList");
        final Set<String> names = new TreeSet<>();
        try (var in = list.openStream()) {
            final Matcher race = RACE.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (race.find()) {
                names.add(race.group());
            }
        }
        return names;
    }
}
