package io.codetag.benchmarks.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Each variant")
class VariantsTest {
    private static final Map<Variant, String> STORES = Map.of(
            Variant.CENSUS, "pageflags",
            Variant.COUNTERS, "pageflags",
            Variant.SHARED_WORD, "pageflags",
            Variant.BESIDE_OTHERS, "pageflags",
            Variant.SPILL, "pageflags",
            Variant.PAGE_EXT, "pageext",
            Variant.CUSTOM, "int-array");

    static List<Variant> variants() {
        return Variant.ofAllocator();
    }

    @ParameterizedTest
    @MethodSource("variants")
    @DisplayName("runs every workload, and records what it says")
    void records(Variant variant) throws Exception {
        final Copy copy = new Copy(variant, Workload.RANDOM_PAIR, 1 << 12);
        for (Workload workload : Workload.values()) {
            if (workload != Workload.RANDOM_MIXED) {
                copy.setup.create(workload, 0, 1).run(256);
                assertEquals(STORES.containsKey(variant), copy.recordsAllocations(), workload::label);
            }
        }
        final Copy mixed = new Copy(variant, Workload.RANDOM_MIXED, 1 << 12);
        mixed.setup.create(Workload.RANDOM_MIXED, 0, 1).run(10_000);
        assertEquals(STORES.containsKey(variant), mixed.recordsAllocations());
        assertEquals(
                variant.equals(Variant.BESIDE_OTHERS) ? List.of("pageext", "int-array") : List.of(), copy.others());
        assertEquals(STORES.getOrDefault(variant, copy.store()), copy.store());
        assertEquals(variant.equals(Variant.SPILL), copy.escapes());
        assertEquals(
                switch (variant.name()) {
                    case "never", "built without", "built without, again (control)", "built without, one CAS each" ->
                        "NEVER";
                    case "cold" -> "COLD";
                    case "draining" -> "DRAINING";
                    default -> "ON";
                },
                copy.state());
    }

    @ParameterizedTest
    @MethodSource("nettyVariants")
    @DisplayName("of Netty's buffers detects leaks at the level that it says")
    void netty(Variant variant) throws Exception {
        final PairedPlan plan = PairedPlan.of(Workload.BUFFER_PAIR, 1 << 12, 1, Variant.ofNetty(), true);
        final WorkFactory setup = new VariantLoader(variant.calls()).factory(variant, plan);
        setup.create(Workload.BUFFER_PAIR, 0, 1).run(64);
        final Class<?> detector = setup.getClass().getClassLoader().loadClass("io.netty.util.ResourceLeakDetector");
        assertEquals(
                variant.settings().get("io.netty.leakDetection.level").toUpperCase(Locale.ROOT),
                detector.getMethod("getLevel").invoke(null).toString());
    }

    static List<Variant> nettyVariants() {
        return Variant.ofNetty().stream()
                .filter(variant -> variant.has(Variant.Trait.NETTY))
                .toList();
    }

    @Test
    @DisplayName("has classes of its own")
    void ownClasses() throws Exception {
        assertNotSame(
                new VariantLoader(Variant.Calls.NONE).loadClass("io.codetag.PageTagger"),
                new VariantLoader(Variant.Calls.NONE).loadClass("io.codetag.PageTagger"));
    }

    @Test
    @DisplayName("is timed in every round, by one thread and by two")
    void timed() {
        for (int threads = 1; threads <= 2; threads++) {
            final PairedPlan plan = new PairedPlan(
                    Workload.RANDOM_BATCH_64,
                    1 << 12,
                    2,
                    threads,
                    List.of(Variant.WITHOUT, Variant.CONTROL, Variant.COUNTERS),
                    1,
                    1);
            assertEquals(plan, PairedPlan.parse(plan.format()));
            final var rows = PairedLaunch.run(plan, 1);
            assertEquals(2 + 4 + 4, rows.size());
            assertTrue(
                    rows.stream().filter(row -> row.metric().equals("median")).allMatch(row -> row.value() > 0));
        }
    }

    /** An allocator of a class loader, reached by reflection. */
    private static final class Copy {
        private final WorkFactory setup;
        private final ClassLoader loader;

        Copy(Variant variant, Workload workload, long pages) {
            final PairedPlan plan = PairedPlan.of(workload, pages, 1, List.of(variant), true);
            setup = new VariantLoader(variant.calls()).factory(variant, plan);
            loader = setup.getClass().getClassLoader();
        }

        /** Allocates a block with the first tag and says whether the bytes of the tag have grown by it. */
        boolean recordsAllocations() throws ReflectiveOperationException {
            final Class<?> tags = Class.forName(VariantLoader.INSIDE + "Tags", true, loader);
            final var field = tags.getDeclaredField("FIRST");
            field.setAccessible(true);
            final Object tag = field.get(null);
            final long before = calls(tag);
            final Object pages = pages();
            pages.getClass().getMethod("allocate", int.class, tag.getClass()).invoke(pages, 0, tag);
            return calls(tag) == before + 1;
        }

        String store() throws ReflectiveOperationException {
            return (String) fact(pages(), "store");
        }

        List<String> others() throws ReflectiveOperationException {
            final List<String> stores = new ArrayList<>();
            for (Object allocator :
                    (List<?>) setup.getClass().getMethod("others").invoke(setup)) {
                stores.add((String) fact(allocator, "store"));
            }
            return stores;
        }

        boolean escapes() throws ReflectiveOperationException {
            setup.create(Workload.BATCH_64, 0, 1).run(64);
            return (boolean) fact(pages(), "escaped");
        }

        String state() throws ReflectiveOperationException {
            final Class<?> profiling = loader.loadClass("io.codetag.Profiling");
            return profiling.getMethod("state").invoke(null).toString();
        }

        private static Object fact(Object allocator, String name) throws ReflectiveOperationException {
            final Object tagger = allocator.getClass().getMethod("tagger").invoke(allocator);
            final Object facts = tagger.getClass().getMethod("storage").invoke(tagger);
            return facts.getClass().getMethod(name).invoke(facts);
        }

        private Object pages() throws ReflectiveOperationException {
            return setup.getClass().getMethod("pages").invoke(setup);
        }

        private static long calls(Object tag) throws ReflectiveOperationException {
            final Object counts = tag.getClass().getMethod("counts").invoke(tag);
            return (long) counts.getClass().getMethod("calls").invoke(counts);
        }
    }
}
