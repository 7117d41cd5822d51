package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The documentation")
class MessagesTest {
    /** Comes from tag-api, which has no SLF4J. */
    private static final String OF_THE_API = "CODETAG-001";

    private static final Path PROJECT = Path.of("..");

    private static String read(String file) throws IOException {
        return Files.readString(PROJECT.resolve(file));
    }

    private static final List<String> OF_THE_TOOLS = List.of("CODETAG-601", "CODETAG-602");
    private static final String SETTING_OF_THE_TOOLS = "codetag.page";

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    @DisplayName("has a line for every message, with its level and what to do, and for no other")
    void everyMessage() throws IOException {
        final TreeSet<String> codes = new TreeSet<>(List.of(OF_THE_API));
        Arrays.stream(Message.values()).map(Message::code).forEach(codes::add);
        assertEquals(Message.values().length + 1, codes.size(), "two messages have one code");
        codes.addAll(OF_THE_TOOLS);
        final List<String> lines = matches("^\\| CODETAG-.*$", read("docs/messages.md"));
        assertEquals(
                List.copyOf(codes),
                lines.stream()
                        .map(line -> line.substring(2, 2 + OF_THE_API.length()))
                        .toList());
        for (String line : lines) {
            assertTrue(line.matches("\\| \\S+ \\| (info|warn) \\| [^|]{20,} \\| [^|]{5,} \\|"), line);
        }
    }

    @Test
    @DisplayName("names no code anywhere that does not exist")
    void noOtherCode() throws IOException {
        final String known = read("docs/messages.md");
        try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            for (Path file : (Iterable<Path>) Stream.concat(docs, Stream.of(PROJECT.resolve("README.md")))
                    .filter(path -> path.toString().endsWith(".md"))::iterator) {
                for (String code : matches("CODETAG-\\d+", Files.readString(file))) {
                    assertTrue(known.contains("| " + code + " |"), code + " in " + file);
                }
            }
        }
    }

    @Test
    @DisplayName("lists every setting, in the package's table and in the README, and no other")
    void everySetting() throws IOException {
        final List<String> names = Settings.names().stream()
                .map(name -> "codetag." + name)
                .sorted()
                .toList();
        final String table = read("tag-core/src/main/java/io/codetag/core/package-info.java");
        assertEquals(
                names,
                matches("(?<=<tr><td>)codetag\\.[A-Za-z.]+(?=</td>)", table).stream()
                        .sorted()
                        .toList());
        final String readme = read("README.md");
        for (String name : names) {
            assertTrue(readme.contains("`" + name + "`"), name + " is not in the README");
        }
        for (String file : List.of("README.md", "docs/messages.md", "docs/architecture.md", "docs/spi.md")) {
            for (String name : matches("(?<=[`-]D?)codetag\\.[a-z]+(\\.[a-z][A-Za-z]+)?(?=[`=])", read(file))) {
                assertTrue(
                        names.contains(name) || name.equals(SETTING_OF_THE_TOOLS),
                        name + " in " + file + " is no setting");
            }
        }
    }
}
