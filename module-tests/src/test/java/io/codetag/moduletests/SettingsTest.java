package io.codetag.moduletests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.moduletests.JvmProgram.Outcome;
import io.codetag.moduletests.programs.SettingsProgram;
import io.codetag.moduletests.programs.WrongSettingsProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Settings of a process")
class SettingsTest {
    /** All of them, none at its default. */
    private static final Map<String, String> EACH = Map.of(
            "codetag.profiling", "0",
            "codetag.storage", "pageext",
            "codetag.overflow", "spill",
            "codetag.accounting", "census",
            "codetag.stripes", "3",
            "codetag.pageflags.maxBits", "7",
            "codetag.headroom", "5",
            "codetag.debug", "1");

    @TempDir
    private static Path folder;

    private static Path jar;
    private static Outcome byProperty;
    private static Outcome byEnvironment;

    @BeforeAll
    static void runOnce() throws Exception {
        jar = TestJar.in(folder, "programs.jar")
                .classes(SettingsProgram.class, WrongSettingsProgram.class)
                .write();
        final JvmProgram properties = program(SettingsProgram.class);
        final JvmProgram environment = program(SettingsProgram.class);
        EACH.forEach((name, value) -> {
            // What the environment says is not even looked at where there is a property.
            properties.property(name, value).environment(variable(name), "nonsense");
            environment.environment(variable(name), value);
        });
        byProperty = properties.run();
        byEnvironment = environment.run();
    }

    private static JvmProgram program(Class<?> main) {
        return JvmProgram.onClassPath(folder, main, JvmProgram.plus(JvmProgram.allJars(), jar));
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    @Test
    @DisplayName("hold when they are system properties, whatever the environment says")
    void properties() {
        assertHold(byProperty);
    }

    @Test
    @DisplayName("hold when they are environment variables")
    void environment() {
        assertHold(byEnvironment);
    }

    private static void assertHold(Outcome outcome) {
        final List<String> printed = outcome.orFail().printed();
        assertEquals("COLD false false", outcome.after("state"));
        assertEquals("0", outcome.after("recorded"));
        assertEquals("done", outcome.after("switch-on"));
        assertEquals("4096", outcome.after("recorded-on"));
        // 7 tags are "untagged", the program's own, and the headroom.
        assertTrue(printed.contains("pool as set: pageext, 0 bits, SPILL, 7 tags needed"), printed::toString);
        assertTrue(printed.contains("pool flags: pageflags, 7 bits, SPILL, 7 tags needed"), printed::toString);
        assertEquals("2", outcome.after("exclusive"), "the main thread has the third");
        assertEquals(1, logged(outcome, "[CODETAG-403]"), outcome::toString);
    }

    @Test
    @DisplayName("of a builder come before system properties and environment variables")
    void builder() {
        assertEquals("[ON, pageflags, 2 stripes]", byProperty.after("builder"));
        assertEquals(byProperty.after("builder"), byEnvironment.after("builder"));
    }

    @Test
    @DisplayName("`never` records nothing, opens no store, and cannot be taken back")
    void never() throws Exception {
        final Outcome outcome = program(SettingsProgram.class)
                .property("codetag.profiling", "never")
                .run()
                .orFail();
        assertEquals("NEVER false false", outcome.after("state"));
        assertTrue(outcome.after("switch-on").startsWith("profiling was set to 'never' at start"), outcome::toString);
        assertEquals("0", outcome.after("recorded-on"));
        assertTrue(outcome.printed().contains("pool as set: none, 0 bits, DISABLE, 0 tags needed"), outcome::toString);
        assertEquals("0", outcome.after("bytes"));
        assertEquals(2, logged(outcome, "pages are not profiled: profiling is set to never"), outcome::toString);
    }

    @Test
    @DisplayName("that are wrong fail each attach alike, name what is accepted, and leave nothing half-built")
    void wrong() throws Exception {
        final Outcome outcome = program(WrongSettingsProgram.class)
                .environment("CODETAG_HEADROOM", "lots")
                .run(
                        "codetag.profiling=on",
                        "codetag.storage=Page Flags",
                        "codetag.overflow=panic",
                        "codetag.accounting=census2",
                        "codetag.stripes=-1",
                        "codetag.pageflags.maxBits=65",
                        "codetag.headroom=1048577",
                        "codetag.headroom=5;codetag.debug=yes",
                        "codetag.profiling=1,compressed;codetag.storage=pageext")
                .orFail();
        final List<String> expected = List.of(
                "system property codetag.profiling is 'on'; accepted: 1, 0, never;"
                        + " 1,compressed and 0,compressed mean storage pageflags",
                "system property codetag.storage is 'Page Flags'; accepted: auto, or the name of a backend:"
                        + " lower-case letters, digits and hyphens",
                "system property codetag.overflow is 'panic'; accepted: switch, spill, disable",
                "system property codetag.accounting is 'census2'; accepted: counters, census",
                "system property codetag.stripes is '-1'; accepted: a whole number from 0 to 65536",
                "system property codetag.pageflags.maxBits is '65'; accepted: a whole number from 0 to 64",
                "system property codetag.headroom is '1048577'; accepted: a whole number from 0 to 1048576",
                "system property codetag.debug is 'yes'; accepted: 1, true, 0, false",
                "system property codetag.profiling is '1,compressed' asks for storage pageflags, but"
                        + " system property codetag.storage is 'pageext'; leave one of them out");
        for (int i = 0; i < expected.size(); i++) {
            assertEquals("first " + expected.get(i), outcome.printed().get(2 * i));
            assertEquals("again " + expected.get(i), outcome.printed().get(2 * i + 1));
        }
        assertEquals("COLD true 0", outcome.after("meanwhile"));
        assertEquals(
                "environment variable CODETAG_HEADROOM is 'lots'; accepted: a whole number from 0 to 1048576",
                outcome.after("without"));
        assertEquals("pageext AllocCounts[bytes=8192, calls=1]", outcome.after("corrected"));
    }

    @Test
    @DisplayName("`0,compressed` means page flags, switched off")
    void compressed() throws Exception {
        final Outcome outcome = program(SettingsProgram.class)
                .environment("CODETAG_PROFILING", " 0,compressed ")
                .run()
                .orFail();
        assertEquals("COLD false false", outcome.after("state"));
        assertTrue(
                outcome.printed().contains("pool as set: pageflags, 31 bits, DISABLE, 1002 tags needed"),
                outcome::toString);
    }

    private static long logged(Outcome outcome, String text) {
        return outcome.logged().stream().filter(line -> line.contains(text)).count();
    }
}
