package io.codetag.moduletests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.moduletests.JvmProgram.Outcome;
import io.codetag.moduletests.programs.UnprofiledProgram;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("tag-api alone")
class WithoutCoreTest {
    private static final String NEVER = "NEVER, allocating false, freeing false";

    private static final Map<Way, Outcome> OUTCOMES = new EnumMap<>(Way.class);

    @TempDir
    private static Path folder;

    /** How the one jar is found. */
    enum Way {
        CLASS_PATH,
        MODULE_PATH
    }

    @BeforeAll
    static void runOnce() throws Exception {
        final List<Path> api = List.of(LibraryModule.API.location());
        final Class<?> main = UnprofiledProgram.class;
        final Path plain = TestJar.in(folder, "plain.jar").classes(main).write();
        final Path module = TestJar.in(folder, "module.jar")
                .classes(main)
                .module("module program { requires io.codetag; }", api)
                .write();
        OUTCOMES.put(
                Way.CLASS_PATH,
                JvmProgram.onClassPath(folder, main, JvmProgram.plus(api, plain))
                        .run());
        OUTCOMES.put(
                Way.MODULE_PATH,
                JvmProgram.onModulePath(folder, main, JvmProgram.plus(api, module))
                        .options("--limit-modules", "java.base,io.codetag")
                        .run());
    }

    private static Outcome outcome(Way way) {
        return OUTCOMES.get(way);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("serves every call, writes nothing, and lets the program end")
    void endsWell(Way way) {
        final List<String> printed = outcome(way).orFail().printed();
        assertTrue(printed.get(printed.size() - 1).startsWith("threads "), printed::toString);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("switches recording off for good with the first attach")
    void switchesOff(Way way) {
        assertEquals("COLD, allocating true, freeing true", outcome(way).after("before"));
        assertEquals(NEVER, outcome(way).after("after"));
        assertEquals("false", outcome(way).after("start"));
        assertEquals(
                "there is no profiler; put codetag-core beside codetag-api",
                outcome(way).after("switch-on"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("records nothing, before and after an allocator is attached")
    void recordsNothing(Way way) {
        assertEquals("0", outcome(way).after("charge-before"));
        assertEquals("0", outcome(way).after("charge"));
        assertEquals("entered", outcome(way).after("scope-before"));
        assertEquals("none", outcome(way).after("scope"));
        assertEquals(
                "AllocCounts[bytes=0, calls=0], code 0, <clinit>", outcome(way).after("tag"));
        assertEquals(
                "PageTotals[allocator=pool, bytes=0, calls=0, untracked=OptionalLong.empty]",
                outcome(way).after("totals"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("leaves the flag words alone and keeps no store")
    void leavesWordsAlone(Way way) {
        assertEquals("untouched", outcome(way).after("words"));
        assertEquals(
                "none, 0 bytes, there is no profiler; put codetag-core and a backend beside codetag-api",
                outcome(way).after("store"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("starts no thread")
    void startsNoThread(Way way) {
        assertEquals("[]", outcome(way).after("threads"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("loads a module that nobody keeps")
    void loadsInertModules(Way way) {
        assertEquals(
                "plugin, 1 tag, loaded false, unloaded false, core ''",
                outcome(way).after("module"));
    }

    @Test
    @DisplayName("knows the sizes of the heap with java.base alone as it does with the whole JDK")
    void fallsBackOnHeapSizes() {
        assertEquals("4 24 16", outcome(Way.CLASS_PATH).after("heap"));
        assertEquals(
                outcome(Way.CLASS_PATH).after("heap"), outcome(Way.MODULE_PATH).after("heap"));
    }
}
