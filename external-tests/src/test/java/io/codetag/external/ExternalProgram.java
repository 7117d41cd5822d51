package io.codetag.external;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs of others that tests of this module run, and the line that installs each on Debian. */
enum ExternalProgram {
    CHROMIUM("chromium", "apt-get install -y chromium"),
    CHROMEDRIVER("chromedriver", "apt-get install -y chromium-driver"),
    GO("go", "apt-get install -y golang-go"),
    PROMETHEUS("prometheus", "apt-get install -y prometheus"),
    PROMTOOL("promtool", "apt-get install -y prometheus");

    private final String command;
    private final String install;

    ExternalProgram(String command, String install) {
        this.command = command;
        this.install = install;
    }

    /** Returns the program's file; where there is none, the test is skipped and says what installs it. */
    Path require() {
        final Optional<Path> found = find();
        assumeTrue(found.isPresent(), () -> command + " is not installed; to run this test: " + install);
        return found.orElseThrow();
    }

    private Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
