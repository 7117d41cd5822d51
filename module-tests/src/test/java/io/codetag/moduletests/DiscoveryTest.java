package io.codetag.moduletests;

import static io.codetag.moduletests.LibraryModule.API;
import static io.codetag.moduletests.LibraryModule.CORE;
import static io.codetag.moduletests.LibraryModule.PAGEEXT;
import static io.codetag.moduletests.LibraryModule.PAGEFLAGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.moduletests.backends.Backends;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Backends are found in jars")
class DiscoveryTest {
    private static final List<String> EXACT = List.of(
            "disabled no",
            "counts AllocCounts[bytes=16384, calls=2]",
            "freed AllocCounts[bytes=0, calls=0]",
            "state ON");

    @TempDir
    private Path folder;

    private static void assertRecordsIn(String store, List<String> found) {
        assertEquals("store " + store, found.get(0), found::toString);
        assertEquals(EXACT, found.subList(1, 1 + EXACT.size()));
    }

    private static List<String> warnings(List<String> found) {
        return found.stream().filter(line -> line.startsWith("LOG WARN ")).toList();
    }

    @Test
    @DisplayName("none: one warning that says what to add, and the allocator goes on")
    void none() {
        final List<String> found =
                FreshLoader.of(folder, API, CORE).loggedProbe().apply(List.of("flags"));
        final String why = "there is no storage backend; put codetag-pageext or codetag-pageflags beside codetag-core";
        assertEquals(
                List.of(
                        "store none",
                        "disabled " + why,
                        "counts AllocCounts[bytes=0, calls=0]",
                        "freed AllocCounts[bytes=0, calls=0]",
                        "state ON",
                        "LOG WARN [CODETAG-103] " + why,
                        "LOG INFO [CODETAG-101] allocator 'pool': pages are not profiled: " + why),
                found);
    }

    @Test
    @DisplayName("one: it is used")
    void one() {
        final List<String> found =
                FreshLoader.of(folder, API, CORE, PAGEEXT).loggedProbe().apply(List.of("flags"));
        assertRecordsIn("pageext", found);
        assertEquals(List.of(), warnings(found));
    }

    @Test
    @DisplayName("two: the higher priority is used, where it suits")
    void two() {
        final Function<List<String>, List<String>> probe =
                FreshLoader.of(folder, API, CORE, PAGEEXT, PAGEFLAGS).loggedProbe();
        assertRecordsIn("pageflags", probe.apply(List.of("flags")));
        assertRecordsIn("pageext", probe.apply(List.of()));
    }

    @Test
    @DisplayName("two of one priority: the first by name is used, whatever the order of the jars")
    void byName() {
        for (boolean reversed : new boolean[] {false, true}) {
            final FreshLoader loader = FreshLoader.of(folder, API, CORE, PAGEFLAGS, PAGEEXT)
                    .backend(reversed ? Backends.Beta.class : Backends.Alpha.class)
                    .backend(reversed ? Backends.Alpha.class : Backends.Beta.class);
            assertRecordsIn("alpha", loader.loggedProbe().apply(List.of("flags")));
        }
    }

    @Test
    @DisplayName("any: the one that is asked for by name is used, whatever its priority")
    void askedFor() {
        final Function<List<String>, List<String>> probe = FreshLoader.of(folder, API, CORE, PAGEFLAGS, PAGEEXT)
                .backend(Backends.Alpha.class)
                .backend(Backends.Beta.class)
                .loggedProbe();
        for (String name : List.of("pageext", "beta", "pageflags", "alpha")) {
            final List<String> found = probe.apply(List.of("flags", name));
            assertRecordsIn(name, found);
            assertEquals(List.of(), warnings(found));
        }
    }

    @Test
    @DisplayName("one with a priority below 0: it is used only if it is asked for by name")
    void shy() {
        final Function<List<String>, List<String>> probe =
                FreshLoader.of(folder, API, CORE).backend(Backends.Shy.class).loggedProbe();
        assertEquals("store none", probe.apply(List.of("flags")).get(0));
        assertRecordsIn("shy", probe.apply(List.of("flags", "shy")));
    }

    @Test
    @DisplayName("two of one name: an error that names both and their jars, whichever is asked for, each time")
    void sameName() throws MalformedURLException {
        final Function<List<String>, List<String>> probe = FreshLoader.of(folder, API, CORE, PAGEEXT)
                .backend(Backends.TwinOne.class)
                .backend(Backends.TwinTwo.class)
                .loggedProbe();
        for (List<String> wishes : List.of(List.of("flags"), List.of("pageext"), List.of("twin"))) {
            final List<String> found = probe.apply(wishes);
            assertEquals(
                    List.of(
                            "refused two storage backends are named 'twin': " + origin(Backends.TwinTwo.class) + " and "
                                    + origin(Backends.TwinOne.class) + "; take one of them away",
                            "state COLD"),
                    found);
        }
    }

    private String origin(Class<?> backend) throws MalformedURLException {
        return backend.getName() + " in "
                + folder.resolve(FreshLoader.jarName(backend)).toUri().toURL();
    }

    @Test
    @DisplayName("not the one asked for: an error that says what was asked, what there is, and what to do")
    void askedForMissing() {
        final Function<List<String>, List<String>> probe =
                FreshLoader.of(folder, API, CORE, PAGEEXT, PAGEFLAGS).loggedProbe();
        final String refused = "refused allocator 'pool' asks for storage 'nosuch', but the backends on the class"
                + " path are: pageflags, pageext; add the backend's jar, correct the name, or use auto";
        assertEquals(refused, probe.apply(List.of("nosuch")).get(0));
        assertEquals(refused, probe.apply(List.of("nosuch", "flags")).get(0));
        assertRecordsIn("pageext", probe.apply(List.of()));
    }

    @Test
    @DisplayName("not the one the setting asks for: the same error each time, and another one may be asked for")
    void settingAsksForMissing() {
        final Function<List<String>, List<String>> probe =
                FreshLoader.of(folder, API, CORE, PAGEEXT).loggedProbe();
        System.setProperty("codetag.storage", "nosuch");
        try {
            for (int attach = 0; attach < 2; attach++) {
                final String found = probe.apply(List.of()).get(0);
                assertTrue(found.startsWith("refused allocator 'pool' asks for storage 'nosuch', but"), found);
            }
            assertRecordsIn("pageext", probe.apply(List.of("auto")));
        } finally {
            System.clearProperty("codetag.storage");
        }
    }

    @Test
    @DisplayName("none, but one is asked for: an error that says so")
    void askedForOfNone() {
        final List<String> found =
                FreshLoader.of(folder, API, CORE).loggedProbe().apply(List.of("pageext"));
        assertTrue(found.get(0).startsWith("refused allocator 'pool' asks for storage 'pageext',"), found::toString);
        assertTrue(found.get(0).contains("are: none;"), found::toString);
    }

    @Test
    @DisplayName("one that cannot serve: passed over unless asked for by name, and then an error with its reason")
    void unsuitable() {
        final Function<List<String>, List<String>> probe = FreshLoader.of(folder, API, CORE, PAGEEXT)
                .backend(Backends.Picky.class)
                .loggedProbe();
        assertRecordsIn("pageext", probe.apply(List.of()));
        assertEquals(
                "refused allocator 'pool' asks for storage 'picky', which cannot serve it: pages of 4096 bytes are too"
                        + " small for it; use another backend, or auto",
                probe.apply(List.of("picky")).get(0));
    }

    @Test
    @DisplayName("page flags asked for where there are no flag words: not profiled, one warning with the reason")
    void unsuitablePageFlags() {
        final List<String> found = FreshLoader.of(folder, API, CORE, PAGEEXT, PAGEFLAGS)
                .loggedProbe()
                .apply(List.of("pageflags"));
        final String why = "storage pageflags was asked for, but the allocator has no flag words";
        assertEquals(List.of("store none", "disabled " + why), found.subList(0, 2));
        assertEquals(List.of("LOG WARN [CODETAG-103] " + why), warnings(found));
    }

    @Test
    @DisplayName(
            "one that declares, charges, enters and attaches while it is made: all that yields nothing, later it works")
    void registering() {
        final List<String> found = FreshLoader.of(folder, API, CORE, PAGEFLAGS, PAGEEXT)
                .backend(Backends.Registering.class)
                .loggedProbe()
                .apply(List.of("flags"));
        assertEquals("store registering", found.get(0), found::toString);
        assertEquals("counts AllocCounts[bytes=16384, calls=2]", found.get(2), found::toString);
        assertEquals("freed AllocCounts[bytes=0, calls=0]", found.get(3), found::toString);
        assertEquals(
                0, found.stream().filter(line -> line.startsWith("LOG WARN")).count(), found::toString);
    }
}
