package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.TagSpace;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A code module")
class ModuleTest {
    private static final String PLUGIN = """
            package com.acme.plugin;

            import io.codetag.*;

            public class Zip implements java.util.function.Function<TagSpace, AllocTag> {
                private static AllocTag tag;

                public AllocTag apply(TagSpace space) {
                    tag = space.here().resolve();
                    return tag;
                }
            }
            """;

    private static final String OWN_ALLOCATOR = """
            package com.acme.plugin;

            import io.codetag.*;
            import java.util.function.*;

            public class Pool implements BiFunction<Function<PageSpec, PageTagger>, TagSpace, PageTagger> {
                private static PageTagger tagger;

                static class Words implements FlagWords {
                    private final long[] words = new long[64];
                    public long size() { return 64; }
                    public synchronized long get(long pfn) { return words[(int) pfn]; }
                    public synchronized boolean compareAndSet(long pfn, long expected, long word) {
                        if (words[(int) pfn] != expected) return false;
                        words[(int) pfn] = word;
                        return true;
                    }
                }

                public PageTagger apply(Function<PageSpec, PageTagger> attach, TagSpace space) {
                    tagger = attach.apply(PageSpec.builder("plugin pool", 64, 4096)
                            .flags(new Words(), PageFlagsLayout.builder().field("own", 0, 8).build())
                            .orders(pfn -> -1)
                            .build());
                    tagger.add(3, 2, space.here());
                    return tagger;
                }
            }
            """;

    @TempDir
    private Path folder;

    @SuppressWarnings("unchecked")
    private static AllocTag run(URLClassLoader loader, TagSpace space) throws ReflectiveOperationException {
        final Class<?> type = Class.forName("com.acme.plugin.Zip", true, loader);
        return ((Function<TagSpace, AllocTag>) type.getConstructor().newInstance()).apply(space);
    }

    @Test
    @DisplayName("is named by its class loader, else by its jar")
    void names() throws Exception {
        final PluginJar jar = PluginJar.compile(folder, "com.acme.plugin.Zip", PLUGIN, "lines,source");
        try (Profiler profiler = Profiler.builder().build();
                URLClassLoader named = jar.load("zip-plugin");
                URLClassLoader unnamed = jar.load(null)) {
            final CodeTag place = run(named, profiler.space()).resolve().place();
            assertEquals("zip-plugin", place.module());
            assertEquals("com/acme/plugin/Zip.java", place.path());
            assertEquals(9, place.line());
            assertEquals("apply", place.function());
            assertEquals(
                    jar.fileName(),
                    run(unnamed, profiler.space()).resolve().place().module());
            assertEquals(
                    "zip-plugin",
                    CodeModule.of(profiler.space(), named.loadClass("com.acme.plugin.Zip"))
                            .name());
        }
    }

    @Test
    @DisplayName("without line numbers and source is shown by its class, at line 0")
    void withoutDebug() throws Exception {
        final PluginJar jar = PluginJar.compile(folder, "com.acme.plugin.Zip", PLUGIN, "none");
        try (Profiler profiler = Profiler.builder().build();
                URLClassLoader loader = jar.load("bare")) {
            assertEquals(
                    "com/acme/plugin/Zip.class:0 [bare] func:apply",
                    run(loader, profiler.space()).resolve().place().toString());
        }
    }

    @Test
    @DisplayName("that is collected with live bytes stays in the report until they are freed; then its id is reused")
    void collected() throws Exception {
        final PluginJar jar = PluginJar.compile(folder, "com.acme.plugin.Zip", PLUGIN, "lines,source");
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", 64, 20).build());
            final WeakReference<ClassLoader> gone = allocateOnce(jar, profiler, tagger);
            final int code = profiler.snapshot().entries().get(0).code();
            PluginJar.collectUntil(() -> gone.refersTo(null));
            PluginJar.collectUntil(() -> {
                profiler.housekeep();
                return profiler.snapshot().entries().stream().anyMatch(AllocEntry::unloaded);
            });
            final AllocEntry entry = profiler.snapshot().entries().get(0);
            assertEquals(new AllocCounts(8L * Pools.PAGE, 1), entry.counts());
            assertEquals("zip-plugin", entry.place().module());
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-301]").size());
            assertTrue(profiler.registry().record(code) != null);
            final long before = profiler.contentId();

            tagger.sub(0, 3);
            assertEquals(List.of(), profiler.snapshot().entries());
            PluginJar.collectUntil(() -> {
                profiler.housekeep();
                return profiler.registry().record(code) == null;
            });
            assertNotEquals(before, profiler.contentId());
            assertEquals(code, profiler.here().resolve().code());
        }
    }

    @Test
    @DisplayName("with an allocator of its own is collected, and what its pages held is credited")
    void ownAllocator() throws Exception {
        final PluginJar jar = PluginJar.compile(folder, "com.acme.plugin.Pool", OWN_ALLOCATOR, "lines,source");
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().build()) {
            final WeakReference<ClassLoader> gone = attachOnce(jar, profiler);
            profiler.flush();
            assertEquals(1, profiler.snapshot().entries().size());
            PluginJar.collectUntil(() -> gone.refersTo(null));
            PluginJar.collectUntil(() -> {
                profiler.housekeep();
                return profiler.totals().pages().isEmpty();
            });
            assertEquals(Collections.emptyList(), profiler.snapshot().entries());
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-303]").size());
        }
    }

    @Test
    @DisplayName("loaded by name takes all its ids in one step, lowest first")
    void loadedByName() {
        try (Profiler profiler = Profiler.builder().build()) {
            final long before = profiler.contentId();
            final CodeModule module = profiler.load("three", List.of(place(1), place(2), place(3)));
            assertNotEquals(before, profiler.contentId());
            assertEquals(
                    List.of(3, 4, 5), module.tags().stream().map(AllocTag::code).toList());
            assertEquals("three", module.tags().get(0).place().module());
            assertTrue(module.isLoaded());
            assertTrue(module.unload());
            assertFalse(module.unload());
            assertFalse(module.isLoaded());
            assertEquals(List.of(), profiler.snapshot().entries());
        }
    }

    @Test
    @DisplayName("that brings too many tags gets none of its ids")
    void allOrNothing() {
        try (Profiler profiler = Profiler.builder().build()) {
            final long before = profiler.contentId();
            final List<CodeTag> tooMany = Collections.nCopies(TagRegistry.MAX_TAGS + 1, place(1));
            final var failure = assertThrows(IllegalStateException.class, () -> profiler.load("too many", tooMany));
            assertTrue(failure.getMessage().contains("'too many'"), failure.getMessage());
            assertEquals(before, profiler.contentId());
            assertEquals(3, profiler.here().resolve().code());
        }
    }

    @Test
    @DisplayName("unloaded explicitly keeps crediting, and a handle used again keeps its id")
    void unloadedExplicitly() {
        try (Profiler profiler = Profiler.builder().build()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            final CodeModule module = profiler.load("plugin", List.of(place(7)));
            final AllocTag tag = module.tags().get(0);
            tagger.add(0, 0, tag);
            assertTrue(module.unload());
            assertTrue(profiler.snapshot().entries().get(0).unloaded());
            tagger.add(1, 0, tag);
            assertEquals(3, tag.code());
            assertEquals(new AllocCounts(2L * Pools.PAGE, 2), tag.counts());
            tagger.sub(0, 0);
            tagger.sub(1, 0);
            assertEquals(List.of(), profiler.snapshot().entries());
        }
    }

    /** In a method of its own, so that no frame keeps the loader. */
    private static WeakReference<ClassLoader> allocateOnce(PluginJar jar, Profiler profiler, PageTagger tagger)
            throws Exception {
        try (URLClassLoader loader = jar.load("zip-plugin")) {
            tagger.add(0, 3, run(loader, profiler.space()));
            return new WeakReference<>(loader);
        }
    }

    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> attachOnce(PluginJar jar, Profiler profiler) throws Exception {
        try (URLClassLoader loader = jar.load("pool-plugin")) {
            final Class<?> type = Class.forName("com.acme.plugin.Pool", true, loader);
            final PageTagger tagger = ((BiFunction<Function<PageSpec, PageTagger>, TagSpace, PageTagger>)
                            type.getConstructor().newInstance())
                    .apply(profiler::attach, profiler.space());
            assertEquals("pageflags", tagger.storage().store());
            return new WeakReference<>(loader);
        }
    }

    private static CodeTag place(int line) {
        return CodeTag.of("com.acme.Plugin", "Plugin.java", line, "site");
    }
}
