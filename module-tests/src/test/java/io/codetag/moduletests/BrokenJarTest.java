package io.codetag.moduletests;

import static io.codetag.moduletests.LibraryModule.API;
import static io.codetag.moduletests.LibraryModule.CORE;
import static io.codetag.moduletests.LibraryModule.PAGEEXT;
import static io.codetag.moduletests.LibraryModule.PAGEFLAGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.moduletests.backends.Backends;
import io.codetag.moduletests.programs.AttachProbe;
import io.codetag.spi.ProfilerProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A broken jar is reported and left out:")
class BrokenJarTest {
    private static final Logger JUL = Logger.getLogger("io.codetag");

    private final Capture capture = new Capture();

    @TempDir
    private Path folder;

    /** What may be wrong with a backend's jar. */
    enum Fault {
        MISSING_CLASS(Backends.Alpha.class, "com.acme.NoSuchBackend", "com.acme.NoSuchBackend"),
        NOT_A_PROVIDER(Backends.Alpha.class, AttachProbe.class.getName(), AttachProbe.class.getName()),
        NOT_A_CLASS_NAME(Backends.Alpha.class, "back end", "Alpha.jar"),
        MISSING_TYPE(Backends.Orphan.class, "Backends$LeftOut"),
        CONSTRUCTOR_THROWS(Backends.Failing.class),
        NAME_THROWS(Backends.Nameless.class),
        NAME_IS_NULL(Backends.Null.class),
        NAME_IS_NOT_ONE(Backends.Capital.class),
        NAME_IS_TAKEN(Backends.Auto.class),
        PRIORITY_THROWS(Backends.Rankless.class);

        private final Class<?> backend;
        private final String listed;
        private final String mentioned;

        Fault(Class<?> backend) {
            this(backend, backend.getName());
        }

        Fault(Class<?> backend, String mentioned) {
            this(backend, backend.getName(), mentioned);
        }

        Fault(Class<?> backend, String listed, String mentioned) {
            this.backend = backend;
            this.listed = listed;
            this.mentioned = mentioned;
        }
    }

    @BeforeEach
    void listen() {
        JUL.setUseParentHandlers(false);
        JUL.addHandler(capture);
    }

    @AfterEach
    void listenNoMore() {
        JUL.removeHandler(capture);
        JUL.setUseParentHandlers(true);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a backend, once, and the others are used")
    void backend(Fault fault) {
        final List<String> found = FreshLoader.of(folder, API, CORE)
                .backend(fault.backend, fault.listed)
                .jar(PAGEFLAGS.location())
                .jar(PAGEEXT.location())
                .loggedProbe()
                .apply(List.of("flags"));
        assertEquals("store pageflags", found.get(0), found::toString);
        assertEquals("counts AllocCounts[bytes=16384, calls=2]", found.get(2));
        final List<String> warnings =
                found.stream().filter(line -> line.startsWith("LOG WARN ")).toList();
        assertEquals(1, warnings.size(), found::toString);
        assertTrue(warnings.get(0).startsWith("LOG WARN [CODETAG-104] "), warnings.get(0));
        assertTrue(warnings.get(0).contains(fault.mentioned), warnings.get(0));
    }

    @Test
    @DisplayName("a backend that cannot answer, unless it is asked for by name, and then it is an error")
    void answersNothing() {
        final Function<List<String>, List<String>> probe = FreshLoader.of(folder, API, CORE, PAGEEXT)
                .backend(Backends.Mute.class)
                .backend(Backends.Outdated.class)
                .loggedProbe();
        assertEquals("store pageext", probe.apply(List.of("flags")).get(0));
        assertEquals(
                "refused allocator 'pool' asks for storage 'mute', which cannot serve it: it failed to answer:"
                        + " java.lang.IllegalStateException: mute; use another backend, or auto",
                probe.apply(List.of("mute")).get(0));
        assertEquals(
                "refused allocator 'pool' asks for storage 'outdated', which cannot serve it: it failed to answer:"
                        + " java.lang.AbstractMethodError: maxCode; use another backend, or auto",
                probe.apply(List.of("outdated")).get(0));
    }

    @Test
    @DisplayName("a profiler, and nothing is recorded if there is no other")
    void profiler() {
        assertUnprofiled(FreshLoader.of(folder, API).jar(failingProfiler()).probe());
        assertEquals(1, capture.lines.size(), capture.lines::toString);
        assertTrue(capture.lines.peek().startsWith("WARNING [CODETAG-001] "), capture.lines::toString);
        assertTrue(capture.lines.peek().contains("no licence"), capture.lines::toString);
    }

    @Test
    @DisplayName("a profiler, and the next one is used")
    void nextProfiler() {
        final List<String> found = FreshLoader.of(folder, API)
                .jar(failingProfiler())
                .jar(CORE.location())
                .jar(PAGEEXT.location())
                .loggedProbe()
                .apply(List.of());
        assertEquals("store pageext", found.get(0), found::toString);
        assertEquals(1, capture.lines.size(), capture.lines::toString);
    }

    @Test
    @DisplayName("the core without SLF4J, and nothing is recorded")
    void withoutSlf4j() {
        assertUnprofiled(FreshLoader.of(folder, API, CORE, PAGEEXT).probe());
        assertEquals(1, capture.lines.size(), capture.lines::toString);
        assertTrue(capture.lines.peek().startsWith("WARNING [CODETAG-001] "), capture.lines::toString);
        assertTrue(capture.lines.peek().contains("org/slf4j/"), capture.lines::toString);
    }

    private Path failingProfiler() {
        return TestJar.in(folder, "profiler.jar")
                .classes(Backends.FailingProfiler.class)
                .service(ProfilerProvider.class, Backends.FailingProfiler.class)
                .write();
    }

    /** Twice, since the second attach must not look again. */
    private static void assertUnprofiled(Function<List<String>, List<String>> probe) {
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    List.of(
                            "store none",
                            "disabled there is no profiler",
                            "counts AllocCounts[bytes=0, calls=0]",
                            "freed AllocCounts[bytes=0, calls=0]",
                            "state NEVER"),
                    probe.apply(List.of("flags")));
        }
    }

    /** What tag-api says to the platform's logging. */
    private static final class Capture extends Handler {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + line.getMessage() + "; " + causes(line.getThrown()));
        }

        private static String causes(Throwable thrown) {
            return thrown == null ? "" : thrown + "; " + causes(thrown.getCause());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
