package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.TagSpace;
import io.codetag.spi.RecordingSwitch;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.management.ObjectName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What comes and goes")
class LeakTest {
    private static final String PLUGIN = """
            package com.acme.plugin;

            import io.codetag.*;

            public class Tags implements java.util.function.Function<TagSpace, AllocTag> {
                public AllocTag apply(TagSpace space) {
                    return space.here().resolve();
                }
            }
            """;

    @TempDir
    private Path folder;

    @SuppressWarnings("unchecked")
    private static AllocTag use(ClassLoader loader, TagSpace space) throws ReflectiveOperationException {
        final Class<?> type = Class.forName("com.acme.plugin.Tags", true, loader);
        return ((Function<TagSpace, AllocTag>) type.getConstructor().newInstance()).apply(space);
    }

    private PluginJar plugin() throws Exception {
        return PluginJar.compile(folder, "com.acme.plugin.Tags", PLUGIN, "lines,source");
    }

    @Test
    @DisplayName("an isolated profiler that was not closed is collected, and then does not keep the switch on")
    void notClosed() {
        final WeakReference<Profiler> gone = openAndForget();
        assertTrue(RecordingSwitch.allocating());
        PluginJar.collectUntil(() -> gone.refersTo(null) && !RecordingSwitch.freeing());
        assertFalse(RecordingSwitch.allocating());
    }

    private static WeakReference<Profiler> openAndForget() {
        final Profiler profiler = Profiler.builder().build();
        assertNotEquals(0, profiler.here().charge(1)); // the class that declares a tag stays
        return new WeakReference<>(profiler);
    }

    @Test
    @DisplayName("a profiler that was closed is collected with its tags, though the classes that declared them stay")
    void closed() {
        final WeakReference<AllocTag> tag = openDeclareAndClose();
        PluginJar.collectUntil(() -> tag.refersTo(null));
    }

    private static WeakReference<AllocTag> openDeclareAndClose() {
        try (Profiler profiler = Profiler.builder().build()) {
            return new WeakReference<>(profiler.here());
        }
    }

    @Test
    @DisplayName("a profiler that is closed at once leaves no management bean behind")
    void managementBean() throws Exception {
        for (int i = 0; i < 10; i++) {
            Profiler.builder().name("short-lived").managed().build().close();
        }
        final CountDownLatch done = new CountDownLatch(1);
        Daemon.executeSlow(done::countDown);
        assertTrue(done.await(60, TimeUnit.SECONDS));
        final var beans = ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("io.codetag:type=Profiler,name=short-lived*"), null);
        assertEquals(Set.of(), beans);
    }

    @Test
    @DisplayName("class loaders that declare tags are collected, though the profiler stays, with their tags")
    void classLoaders() throws Exception {
        final PluginJar jar = plugin();
        try (Profiler profiler = Profiler.builder().build()) {
            final List<WeakReference<ClassLoader>> gone = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                gone.add(loadOnce(jar, profiler));
            }
            PluginJar.collectUntil(() -> {
                profiler.housekeep();
                return gone.stream().allMatch(loader -> loader.refersTo(null))
                        && profiler.registry().inUse() == 0;
            });
            assertEquals(1, profiler.space().declaredUnused());
        }
    }

    private static WeakReference<ClassLoader> loadOnce(PluginJar jar, Profiler profiler) throws Exception {
        try (URLClassLoader loader = jar.load("plugin")) {
            use(loader, profiler.space());
            return new WeakReference<>(loader);
        }
    }

    @Test
    @DisplayName("a class loader that is unloaded explicitly and used again keeps its name")
    void unloadedLoader() throws Exception {
        try (Profiler profiler = Profiler.builder().build();
                URLClassLoader loader = plugin().load("plugin")) {
            final AllocTag tag = use(loader, profiler.space());
            final CodeModule module = CodeModule.of(profiler.space(), loader.loadClass("com.acme.plugin.Tags"));
            assertTrue(module.isLoaded());
            assertTrue(module.unload());
            assertFalse(module.isLoaded());
            profiler.housekeep();
            assertEquals(
                    "plugin",
                    CodeModule.of(profiler.space(), loader.loadClass("com.acme.plugin.Tags"))
                            .name());
            assertEquals("plugin", tag.place().module());
        }
    }

    @Test
    @DisplayName("a class loader whose name cannot be asked for has its tags in the report all the same")
    void hostileLoader() throws Exception {
        plugin();
        try (Profiler profiler = Profiler.builder().build();
                Logs logs = Logs.capture();
                HostileLoader loader = new HostileLoader(folder.resolve("com.acme.plugin.Tags.jar"))) {
            loader.hostile = true;
            final AllocTag tag = use(loader, profiler.space());
            assertEquals(1, profiler.snapshot().entries().size());
            assertNotNull(tag.place().module());
            profiler.flush();
            assertEquals(0, logs.containing("CODETAG-503").size());
        }
    }

    @Test
    @DisplayName("a list of places is read once, before anything is locked")
    void hostileList() {
        try (Profiler profiler = Profiler.builder().build()) {
            final AllocTag other = Declarations.one(profiler.space());
            final List<CodeTag> places = new AbstractList<>() {
                private int read;

                @Override
                public CodeTag get(int index) {
                    other.resolve();
                    if (++read > size()) {
                        throw new IllegalStateException("read again");
                    }
                    return CodeTag.of("com.acme.Plugin", "Plugin.java", read, "site");
                }

                @Override
                public int size() {
                    return 3;
                }
            };
            final CodeModule module = profiler.load("plugin", places);
            assertEquals(3, other.code(), "used while the list was read");
            assertEquals(
                    List.of(4, 5, 6), module.tags().stream().map(AllocTag::code).toList());
            assertEquals(3, module.tags().get(2).place().line());
            assertThrows(NullPointerException.class, () -> profiler.load("null", Arrays.asList(null, null)));
        }
    }

    /** Throws where a class loader is asked for its name. */
    private static final class HostileLoader extends URLClassLoader {
        private boolean hostile;

        HostileLoader(Path jar) throws MalformedURLException {
            super(new URL[] {jar.toUri().toURL()}, HostileLoader.class.getClassLoader());
        }

        @Override
        public String getName() {
            if (hostile) {
                throw new IllegalStateException("no name");
            }
            return "hostile";
        }
    }
}
