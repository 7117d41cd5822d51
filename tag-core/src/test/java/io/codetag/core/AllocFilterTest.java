package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeTag;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A filter")
class AllocFilterTest {
    private static final long SEED = 31_337L;
    private static final CodeTag CORE = CodeTag.of("com.acme.Foo", "Foo.java", 12, "read");
    private static final CodeTag PLUGIN = CORE.inModule("plugin");

    @Test
    @DisplayName("without conditions lets everything through and needs no counters")
    void all() {
        assertTrue(AllocFilter.ALL.matchesPlace(CORE, true));
        assertTrue(AllocFilter.ALL.matchesPlace(PLUGIN, false));
        assertTrue(AllocFilter.ALL.matchesBytes(Long.MIN_VALUE));
        assertTrue(AllocFilter.ALL.matchesBytes(Long.MAX_VALUE));
        assertFalse(AllocFilter.ALL.needsCounts());
        assertEquals(AllocFilter.ALL, AllocFilter.builder().build());
    }

    @Test
    @DisplayName("by module matches that module; the empty module is the core tags")
    void module() {
        final AllocFilter plugin = AllocFilter.builder().module("plugin").build();
        assertTrue(plugin.matchesPlace(PLUGIN, true));
        assertFalse(plugin.matchesPlace(CORE, true));
        final AllocFilter core = AllocFilter.builder().module("").build();
        assertTrue(core.matchesPlace(CORE, true));
        assertTrue(core.matchesPlace(CORE.inModule(""), true));
        assertFalse(core.matchesPlace(PLUGIN, true));
    }

    @ParameterizedTest
    @CsvSource({
        "com/acme/Foo.java, true",
        "acme/Foo.java, true",
        "Foo.java, true",
        "oo.java, false",
        "com/acme, false",
        "com/acme/foo.java, false",
        "/com/acme/Foo.java, false",
        "'', false"
    })
    @DisplayName("by file matches the path as printed, or its end from some slash on")
    void file(String file, boolean expected) {
        assertEquals(expected, AllocFilter.builder().file(file).build().matchesPlace(CORE, true));
    }

    @Test
    @DisplayName("by file matches the class file that stands for a missing source file")
    void fileOfClass() {
        final CodeTag bare = new CodeTag(null, "com.acme.Foo$Bar", null, 0, "read");
        assertTrue(AllocFilter.builder().file("Foo$Bar.class").build().matchesPlace(bare, true));
    }

    @Test
    @DisplayName("by file matches what the path says, whatever names there are")
    void anyFile() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final List<String> parts = List.of("a", "b", "ab", "a.b", "/", "\\", "");
        int matching = 0;
        int passedOver = 0;
        for (int i = 0; i < 20_000; i++) {
            final String file = random.nextInt(8) == 0 ? null : any(parts, random);
            final CodeTag place = new CodeTag(null, "c" + any(parts, random), file, 1, "read");
            final String wanted = any(parts, random);
            final boolean expected = List.of(place.path(), AllocInfoText.escape(place.path())).stream()
                    .anyMatch(path -> path.equals(wanted) || path.endsWith("/" + wanted));
            assertEquals(
                    expected,
                    AllocFilter.builder().file(wanted).build().matchesPlace(place, true),
                    () -> "'" + wanted + "' of '" + place.path() + "', seed " + SEED);
            matching += expected ? 1 : 0;
            final AllocFilter filter = AllocFilter.builder().file(wanted).build();
            final boolean looked = FileKey.may(FileKey.of(file), FileKey.wantedBy(filter));
            assertTrue(looked || !expected, () -> "'" + wanted + "' of '" + place.path() + "' would be passed over");
            passedOver += looked ? 0 : 1;
        }
        assertTrue(passedOver > 5_000, "only " + passedOver);
        assertTrue(matching > 500, "only " + matching);
    }

    @Test
    @DisplayName("by file finds each of its tags among many others")
    void oneOfManyFiles() {
        try (Profiler profiler = Profiler.builder().build()) {
            final List<CodeTag> places = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                places.add(CodeTag.of("com.acme.C" + i % 7, "C" + i % 7 + ".java", i + 1, "call"));
            }
            profiler.load("many", places).tags().forEach(tag -> tag.charge(1));
            for (int file = 0; file < 7; file++) {
                final String name = "C" + file + ".java";
                final List<Integer> lines = new ArrayList<>();
                final AllocFilter filter =
                        AllocFilter.builder().file("acme/" + name).build();
                profiler.snapshot(filter)
                        .entries()
                        .forEach(entry -> lines.add(entry.place().line()));
                assertEquals(
                        places.stream()
                                .filter(place -> name.equals(place.file()))
                                .map(CodeTag::line)
                                .toList(),
                        lines);
            }
        }
    }

    private static String any(List<String> parts, SplittableRandom random) {
        return parts.get(random.nextInt(parts.size())) + parts.get(random.nextInt(parts.size()));
    }

    @Test
    @DisplayName("by function, by line and by accuracy match those alone")
    void others() {
        assertTrue(AllocFilter.builder().function("read").build().matchesPlace(CORE, true));
        assertFalse(AllocFilter.builder().function("rea").build().matchesPlace(CORE, true));
        assertTrue(AllocFilter.builder().line(12).build().matchesPlace(CORE, true));
        assertFalse(AllocFilter.builder().line(1).build().matchesPlace(CORE, true));
        assertTrue(AllocFilter.builder().accurate(false).build().matchesPlace(CORE, false));
        assertFalse(AllocFilter.builder().accurate(false).build().matchesPlace(CORE, true));
        assertTrue(AllocFilter.builder().accurate(true).build().matchesPlace(CORE, true));
    }

    @Test
    @DisplayName("needs all of its conditions")
    void allConditions() {
        final AllocFilter.Builder builder =
                AllocFilter.builder().module("plugin").function("read");
        assertTrue(builder.build().matchesPlace(PLUGIN, true));
        assertFalse(builder.build().matchesPlace(CORE, true));
        assertFalse(builder.line(13).build().matchesPlace(PLUGIN, true));
    }

    @Test
    @DisplayName("finds a hostile name both as it is and as the report prints it")
    void hostileNames() {
        System.out.println("seed " + SEED);
        for (AllocEntry entry :
                ReportEntries.hostile(new SplittableRandom(SEED), 2_000).entries()) {
            final CodeTag place = entry.place();
            final String module = place.module() == null ? "" : place.module();
            assertTrue(new AllocFilter(module, place.function(), place.path(), null, null, 0, 9)
                    .matchesPlace(place, true));
            assertTrue(new AllocFilter(
                            PlaceText.escape(module),
                            PlaceText.escape(place.function()),
                            PlaceText.escape(place.path()),
                            null,
                            null,
                            0,
                            9)
                    .matchesPlace(place, true));
        }
    }

    @Test
    @DisplayName("needs counters only for a bound that can exclude something")
    void needsCounts() {
        assertFalse(
                AllocFilter.builder().module("m").function("f").line(3).build().needsCounts());
        assertFalse(AllocFilter.builder().minBytes(0).build().needsCounts());
        assertTrue(AllocFilter.builder().minBytes(1).build().needsCounts());
        assertTrue(AllocFilter.builder().maxBytes(0).build().needsCounts());
    }

    @Test
    @DisplayName("has bounds that include their ends, and counts below zero as 0")
    void bounds() {
        final AllocFilter filter =
                AllocFilter.builder().minBytes(10).maxBytes(20).build();
        assertEquals(
                List.of(false, true, true, false),
                List.of(
                        filter.matchesBytes(9),
                        filter.matchesBytes(10),
                        filter.matchesBytes(20),
                        filter.matchesBytes(21)));
        assertFalse(filter.matchesBytes(-15));
        assertTrue(AllocFilter.builder().maxBytes(0).build().matchesBytes(-15));
    }

    @Test
    @DisplayName("with bounds that contradict each other is refused, naming both")
    void contradiction() {
        final AllocFilter.Builder builder = AllocFilter.builder().minBytes(21).maxBytes(20);
        final String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains("21") && message.contains("20"), message);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    @DisplayName("with a negative bound or line is refused, naming the value")
    void negative(long bytes) {
        final AllocFilter.Builder builder = AllocFilter.builder().minBytes(bytes);
        final String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains(Long.toString(bytes)), message);
        final AllocFilter.Builder line = AllocFilter.builder().line(-3);
        assertTrue(assertThrows(IllegalArgumentException.class, line::build)
                .getMessage()
                .contains("-3"));
    }
}
