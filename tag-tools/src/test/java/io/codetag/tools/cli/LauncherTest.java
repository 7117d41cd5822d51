package io.codetag.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The launcher script")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a shell script")
class LauncherTest {
    private static final String REPORT =
            "allocinfo - version: 2.0\n#     <size>  <calls> <tag info>\n          10        1 a/B.java:1 func:f \n";

    /** Its name has blanks, and a character that a shell would expand. */
    @TempDir
    private Path root;

    private Path script;

    @BeforeEach
    void install() throws IOException {
        final Path home = root.resolve("it's a $HOME * folder");
        script = Files.createDirectories(home.resolve("bin")).resolve("allocinfo");
        Files.copy(Path.of("bin", "allocinfo"), script);
        assertTrue(script.toFile().setExecutable(true));
    }

    /** Puts the jars where a build puts them. */
    private void build() throws IOException {
        final Path target = script.getParent().resolveSibling("target");
        Files.createDirectories(target.resolve("lib"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            final Path path = Path.of(entry);
            if (entry.endsWith(".jar") && entry.matches(".*(picocli|jackson-core|jline|slf4j-api|codetag).*")) {
                Files.copy(path, target.resolve("lib").resolve(path.getFileName()));
            } else if (Files.isDirectory(path)) {
                final boolean tools = Files.exists(path.resolve("io/codetag/tools/AllocInfoMain.class"));
                jar(path, target.resolve(tools ? "codetag-tools-1.jar" : "lib/" + ++number + ".jar"));
            }
        }
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> paths = Files.walk(classes)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                final String name = classes.relativize(path).toString().replace(File.separatorChar, '/');
                if (!name.equals("module-info.class")) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(path, out);
                }
            }
        }
    }

    private Ran run(Path folder, Map<String, String> environment, String command, String... args)
            throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(args));
        // A file, and not a pipe: a script that refuses at once would have closed it before it was written.
        final Path in = Files.writeString(Files.createTempFile(root, "in", ""), REPORT);
        final Path out = Files.createTempFile(root, "out", "");
        final Path err = Files.createTempFile(root, "err", "");
        final ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS") || name.equals("JAVA_HOME"));
        builder.environment().putAll(environment);
        final Process process = builder.start();
        return new Ran(process.waitFor(), Files.readAllBytes(out), Files.readString(err, StandardCharsets.UTF_8));
    }

    private static Map<String, String> javaHome() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }

    private static Map<String, String> javaOnPath() {
        return Map.of(
                "PATH", Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + System.getenv("PATH"));
    }

    @Test
    @DisplayName("runs from any folder, by JAVA_HOME or the PATH, though its own folder has blanks in its name")
    void anywhere() throws Exception {
        build();
        for (Map<String, String> java : List.of(javaHome(), javaOnPath())) {
            final List<String> lines =
                    run(root, java, script.toString(), "show", "-").lines();
            assertEquals("1 tag owns 10 bytes in 1 call", lines.get(0));
        }
        assertEquals(
                "1 tag owns 10 bytes in 1 call",
                run(script.getParent(), javaHome(), "./allocinfo", "show", "-")
                        .lines()
                        .get(0));
    }

    @Test
    @DisplayName("runs through links, absolute and relative, to itself or to its folder")
    void links() throws Exception {
        build();
        final Path links = Files.createDirectories(root.resolve("my links"));
        final Path absolute = Files.createSymbolicLink(links.resolve("one"), script);
        final Path relative = Files.createSymbolicLink(links.resolve("two"), Path.of("one"));
        Files.createSymbolicLink(links.resolve("folder"), links.relativize(script.getParent()));
        for (Path link : List.of(absolute, relative, links.resolve("folder").resolve("allocinfo"))) {
            assertEquals(
                    "1 tag owns 10 bytes in 1 call",
                    run(root, javaHome(), link.toString(), "show", "-").lines().get(0));
        }
    }

    @Test
    @DisplayName("passes arguments as they are, options for Java, and the exit status")
    void arguments() throws Exception {
        build();
        final Ran none = run(root, javaHome(), script.toString(), "show", "no such file $HOME *");
        assertTrue(none.refusal().startsWith("there is no file no such file $HOME *;"), none::err);
        final Ran options = run(
                root,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "ALLOCINFO_JAVA_OPTS", "-Xmx64m -showversion"),
                script.toString(),
                "show",
                "-");
        assertEquals(0, options.status());
        assertTrue(options.err().contains("VM"), options::err);
    }

    @Test
    @DisplayName("says what to do where nothing was built")
    void notBuilt() throws Exception {
        final String refusal =
                run(root, javaHome(), script.toString(), "show", "-").refusal();
        assertTrue(refusal.startsWith("there is no codetag-tools-*.jar in "), refusal);
        assertTrue(refusal.endsWith("in a checkout, 'mvn package' makes it"), refusal);
    }

    @Test
    @DisplayName("says what is wrong where there is no Java")
    void noJava() throws Exception {
        build();
        final Ran wrongHome = run(root, Map.of("JAVA_HOME", root.toString()), script.toString(), "show", "-");
        assertTrue(wrongHome.refusal().endsWith(", where there is no bin/java"), wrongHome::err);
        final Path tools = Files.createDirectories(root.resolve("without java"));
        for (String tool : List.of("sh", "readlink", "dirname")) {
            Files.createSymbolicLink(tools.resolve(tool), find(tool));
        }
        final Ran onPath = run(root, Map.of("PATH", tools.toString()), script.toString(), "show", "-");
        assertTrue(onPath.refusal().startsWith("there is no java on the PATH and JAVA_HOME is not set"), onPath::err);
    }

    private static Path find(String tool) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("top falls back to plain lines where output leads elsewhere")
    void withoutTerminal() throws Exception {
        build();
        final Path report = Files.writeString(root.resolve("report.txt"), REPORT);
        final List<String> lines = run(
                        root,
                        javaHome(),
                        script.toString(),
                        "top",
                        report.toString(),
                        "--count",
                        "2",
                        "--interval",
                        "50ms")
                .lines();
        assertEquals(11, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("allocinfo top - " + report), lines::toString);
        assertTrue(lines.get(4).endsWith("  a/B.java:1 func:f"), lines::toString);
        assertEquals("", lines.get(5));
        assertTrue(lines.stream().noneMatch(line -> line.indexOf('\u001b') >= 0), lines::toString);
    }
}
