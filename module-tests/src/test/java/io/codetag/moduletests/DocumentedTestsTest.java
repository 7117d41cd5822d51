package io.codetag.moduletests;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A page that names tests as evidence")
class DocumentedTestsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)?(?:\\.(\\w+))?`");

    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(file -> file.toString().replace('\\', '/').contains("/src/test/java/"))
                    .collect(toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            (one, other) -> one));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"docs/reliability.md, 25", "docs/kernel-bugs.md, 50"})
    @DisplayName("names only tests that there are, and methods that they have:")
    void exist(String page, int atLeast) throws IOException {
        final Map<String, Path> tests = tests();
        final List<String> missing = new ArrayList<>();
        int named = 0;
        String before = "";
        for (Matcher each = NAMED.matcher(Files.readString(ROOT.resolve(page))); each.find(); ) {
            final String test = each.group(1) == null ? before : each.group(1);
            final String method = each.group(2);
            if (each.group(1) == null && method == null) {
                continue;
            }
            named++;
            before = test;
            final Path file = tests.get(test);
            if (file == null || (method != null && !Files.readString(file).contains("void " + method + "("))) {
                missing.add(each.group());
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(named >= atLeast, "only " + named + " tests are named");
    }
}
