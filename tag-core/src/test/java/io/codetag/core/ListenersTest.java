package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageTagger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A listener")
class ListenersTest {
    private static List<CodeTag> places(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> CodeTag.of("com.acme.Plugin", "Plugin.java", i + 1, "site" + i))
                .toList();
    }

    /** Notes what it was told, and on which thread. */
    static final class Notes implements ProfilerListener {
        private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

        private void note(Object what) {
            threads.add(Thread.currentThread().getName());
            told.add(what);
        }

        @Override
        public void added(Profiler profiler) {
            note(profiler);
        }

        @Override
        public void removed() {
            note("removed");
        }

        @Override
        public void storageChanged(StorageChange change) {
            note(change);
        }

        @Override
        public void moduleUnloaded(ModuleUnload unload) {
            note(unload);
        }

        /** Waits for the next thing it is told. */
        <T> T next(Class<T> type) throws InterruptedException {
            final Object next = told.poll(60, TimeUnit.SECONDS);
            assertNotNull(next, "nothing told within a minute");
            assertEquals("codetag", threads.take());
            return type.cast(next);
        }
    }

    /** Fails whenever it is told anything. */
    private static final class Broken implements ProfilerListener {
        @Override
        public void added(Profiler profiler) {
            throw new IllegalStateException("no added");
        }

        @Override
        public void removed() {
            throw new StackOverflowError("no removed");
        }

        @Override
        public void storageChanged(StorageChange change) {
            throw new IllegalStateException("no change");
        }

        @Override
        public void moduleUnloaded(ModuleUnload unload) {
            throw new NoClassDefFoundError("no unload");
        }
    }

    @ParameterizedTest
    @CsvSource({"SWITCH, SWITCH, pageext, ", "SPILL, SPILL, pageext, ", "DISABLE, DISABLE, , used up"})
    @DisplayName("is told on the daemon thread that an overflow policy was applied, and where references go now")
    void overflow(OverflowPolicy policy, StorageChange.Kind kind, String overflowStore, String disabled)
            throws Exception {
        try (Profiler profiler = Profiler.builder().headroom(0).overflow(policy).build()) {
            final Notes notes = new Notes();
            profiler.addListener(notes);
            assertSame(profiler, notes.next(Profiler.class));
            profiler.attach(Pools.flags("pool", 64, 4).build());
            profiler.load("many", places(40));
            final StorageChange change = notes.next(StorageChange.class);
            assertEquals(kind, change.kind());
            assertEquals("pool", change.facts().allocator());
            assertTrue(change.reason().contains("[many]"), change.reason());
            assertEquals(policy, change.facts().policy());
            if (policy == OverflowPolicy.SWITCH) {
                assertEquals(0, change.facts().limit());
            }
            assertEquals(disabled != null, change.facts().disabledReason() != null);
            assertEquals(overflowStore, change.facts().overflowStore());
        }
    }

    @Test
    @DisplayName("is told that a store threw")
    void failure() throws Exception {
        try (Logs logs = Logs.capture();
                Profiler profiler =
                        Profiler.builder().storage(FaultyStores.NAME).build()) {
            final Notes notes = new Notes();
            profiler.addListener(notes);
            notes.next(Profiler.class);
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            FaultyStores.arm("getAndSet", () -> new IllegalStateException("broken backend"));
            try {
                tagger.add(0, 0, profiler.here());
            } finally {
                FaultyStores.disarm();
            }
            final StorageChange change = notes.next(StorageChange.class);
            assertEquals(StorageChange.Kind.FAIL, change.kind());
            assertTrue(change.reason().contains("broken backend"), change.reason());
            assertEquals(1, logs.containing("[CODETAG-204]").size());
        }
    }

    @Test
    @DisplayName("is told of a module that was unloaded: what its tags own together, also if that is nothing")
    void unload() throws Exception {
        try (Profiler profiler = Profiler.builder().build()) {
            final Notes notes = new Notes();
            profiler.addListener(notes);
            notes.next(Profiler.class);
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            final CodeModule clean = profiler.load("clean", places(3));
            final CodeModule untidy = profiler.load("untidy", places(3));
            tagger.add(0, 2, untidy.tags().get(0));
            tagger.add(8, 0, untidy.tags().get(1));
            untidy.unload();
            clean.unload();
            assertEquals(
                    new ModuleUnload("untidy", 2, new AllocCounts(5L * Pools.PAGE, 2)), notes.next(ModuleUnload.class));
            assertEquals(new ModuleUnload("clean", 0, AllocCounts.ZERO), notes.next(ModuleUnload.class));
        }
    }

    @Test
    @DisplayName("that throws is reported, and the others are told all the same")
    void broken() throws Exception {
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder()
                        .headroom(0)
                        .overflow(OverflowPolicy.SWITCH)
                        .build()) {
            final Broken broken = new Broken();
            final Notes notes = new Notes();
            profiler.addListener(broken);
            profiler.addListener(notes);
            notes.next(Profiler.class);
            profiler.attach(Pools.flags("pool", 64, 4).build());
            profiler.load("many", places(40)).unload();
            notes.next(StorageChange.class);
            notes.next(ModuleUnload.class);
            assertTrue(profiler.removeListener(broken));
            profiler.flush();
            assertEquals(4, logs.containing("[CODETAG-503]").size(), () -> logs.containing("")
                    .toString());
        }
    }

    @Test
    @DisplayName("that was removed, or whose profiler was closed, is told that last and nothing more")
    void removed() throws Exception {
        final Notes gone = new Notes();
        final Notes closed = new Notes();
        final Profiler profiler = Profiler.builder().build();
        try (profiler) {
            profiler.addListener(gone);
            profiler.addListener(closed);
            assertTrue(profiler.removeListener(gone));
            assertFalse(profiler.removeListener(gone));
            profiler.load("one", places(1)).unload();
        }
        profiler.load("two", places(1)).unload();
        profiler.flush();
        gone.next(Profiler.class);
        assertEquals("removed", gone.next(String.class));
        closed.next(Profiler.class);
        assertEquals("one", closed.next(ModuleUnload.class).module());
        assertEquals("removed", closed.next(String.class));
        profiler.flush();
        assertTrue(gone.told.isEmpty() && closed.told.isEmpty());
    }

    @Test
    @DisplayName("that cannot be loaded as a service is reported and left out; the others are found")
    void discovery(@TempDir Path folder) throws Exception {
        final Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(
                services.resolve(ProfilerListener.class.getName()),
                List.of("com.acme.NotThere", Unmakeable.class.getName(), Service.class.getName()));
        try (Logs logs = Logs.capture();
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, ListenersTest.class.getClassLoader())) {
            final List<ProfilerListener> found = new ArrayList<>();
            Listeners.discover(ServiceLoader.load(ProfilerListener.class, loader)::iterator, found::add);
            assertEquals(1, found.size());
            assertEquals(Service.class, found.get(0).getClass());
            Daemon.flush();
            assertEquals(2, logs.containing("[CODETAG-503]").size());
        }
    }

    @Test
    @DisplayName("is looked for a bounded number of times where each look fails")
    void endlessFailure() {
        try (Logs logs = Logs.capture()) {
            final List<ProfilerListener> found = new ArrayList<>();
            Listeners.discover(
                    () -> {
                        throw new ServiceConfigurationError("always");
                    },
                    found::add);
            assertEquals(List.of(), found);
            Daemon.flush();
            assertEquals(
                    StoreCatalog.MAX_BROKEN, logs.containing("[CODETAG-503]").size());
        }
    }

    /** A listener as the service loader finds it. */
    public static final class Service implements ProfilerListener {
        /** For the service loader. */
        public Service() {}
    }

    /** A listener that cannot be made. */
    public static final class Unmakeable implements ProfilerListener {
        /** Throws. */
        public Unmakeable() {
            throw new IllegalStateException("not today");
        }
    }
}
