package io.codetag.benchmarks.paired;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One way to build and set up the allocator and its profiler.
 *
 * @param name its row in tables
 * @param calls what the allocator's class for tags does
 * @param settings settings of the profiler, without prefix; of Netty, system properties
 * @param traits what is done before anything is timed
 */
public record Variant(String name, Calls calls, Map<String, String> settings, Set<Trait> traits) {
    /** What everything is compared with. */
    public static final Variant WITHOUT = new Variant("built without", Calls.NONE, Map.of("profiling", "never"));

    /** The same once more, which shows what a difference has to exceed. */
    public static final Variant CONTROL = new Variant("built without, again (control)", Calls.NONE, WITHOUT.settings());

    public static final Variant NEVER = new Variant("never", Calls.FUSED, Map.of("profiling", "never"));
    public static final Variant COLD = new Variant("cold", Calls.FUSED, Map.of("profiling", "0"));
    public static final Variant DRAINING = new Variant("draining", Calls.FUSED, Map.of(), Set.of(Trait.DRAINING));
    public static final Variant CENSUS = new Variant("census", Calls.FUSED, Map.of("accounting", "census"));
    public static final Variant COUNTERS = new Variant("counters, page flags fused", Calls.FUSED, Map.of());
    public static final Variant BESIDE_OTHERS = new Variant(
            "counters, page flags fused, two other kinds in use", Calls.FUSED, Map.of(), Set.of(Trait.BESIDE_OTHERS));
    public static final Variant SHARED_WORD = new Variant("counters, page flags shared", Calls.SHARED_WORD, Map.of());
    public static final Variant PAGE_EXT = new Variant("counters, page_ext", Calls.FUSED, Map.of("storage", "pageext"));
    public static final Variant SPILL = new Variant(
            "counters, half of the tags spilled",
            Calls.FUSED,
            Map.of("storage", "pageflags", "overflow", "spill", "pageflags.maxBits", "4"),
            Set.of(Trait.SECOND_TAG_ESCAPES));
    public static final Variant CUSTOM =
            new Variant("counters, custom backend", Calls.FUSED, Map.of("storage", "int-array"));

    /** No tags at all, but what changing a shared word costs at the least. */
    public static final Variant ONE_CAS = new Variant("built without, one CAS each", Calls.ONE_CAS, WITHOUT.settings());

    /** Netty's pooled buffers without leak detection. */
    public static final Variant NETTY = netty("Netty pooled, untracked", "disabled");

    public static final Variant NETTY_CONTROL = netty("Netty pooled, untracked, again (control)", "disabled");
    public static final Variant NETTY_CHARGED =
            netty("Netty pooled, each buffer charged to a tag", "disabled", Trait.CHARGED);
    public static final Variant NETTY_LEASED =
            netty("Netty pooled, each buffer charged, counters leased", "disabled", Trait.CHARGED, Trait.LEASED);
    public static final Variant NETTY_SIMPLE = netty("Netty pooled, detection SIMPLE", "simple");
    public static final Variant NETTY_ADVANCED = netty("Netty pooled, detection ADVANCED", "advanced");
    public static final Variant NETTY_PARANOID = netty("Netty pooled, detection PARANOID", "paranoid");

    private static final List<Variant> ALLOCATOR = List.of(
            WITHOUT,
            CONTROL,
            NEVER,
            COLD,
            DRAINING,
            CENSUS,
            COUNTERS,
            BESIDE_OTHERS,
            SHARED_WORD,
            ONE_CAS,
            PAGE_EXT,
            SPILL,
            CUSTOM);

    private Variant(String name, Calls calls, Map<String, String> settings) {
        this(name, calls, settings, Set.of());
    }

    private static Variant netty(String name, String detection, Trait... traits) {
        final Set<Trait> all = new HashSet<>(Set.of(traits));
        all.add(Trait.NETTY);
        final Map<String, String> properties =
                Map.of("io.netty.leakDetection.level", detection, "io.netty.allocator.useCacheForAllThreads", "true");
        return new Variant(name, Calls.FUSED, properties, Set.copyOf(all));
    }

    /** Returns all variants of the allocator, in the order of the tables. */
    public static List<Variant> ofAllocator() {
        return ALLOCATOR;
    }

    /** Returns Netty's buffers, tracked in several ways, and the allocator beside them. */
    public static List<Variant> ofNetty() {
        return List.of(
                NETTY,
                NETTY_CONTROL,
                NETTY_LEASED,
                NETTY_CHARGED,
                NETTY_SIMPLE,
                NETTY_ADVANCED,
                NETTY_PARANOID,
                WITHOUT,
                COUNTERS);
    }

    /**
     * Finds a variant.
     *
     * @param name its name
     * @return the variant
     */
    public static Variant of(String name) {
        return Stream.concat(ALLOCATOR.stream(), ofNetty().stream())
                .filter(variant -> variant.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Says whether something is done before anything is timed.
     *
     * @param trait what
     * @return whether it is
     */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** What the allocator does for tags. */
    public enum Calls {
        /** Nothing: the calls are taken out of its class files. */
        NONE,
        /** What it was written to do: the reference goes into the word that it stores anyway. */
        FUSED,
        /** The general operations, as on a word that others change too. */
        SHARED_WORD,
        /** One compare-and-set of the flag word for each allocation and each free, and nothing else. */
        ONE_CAS
    }

    /** What is done before anything is timed. */
    public enum Trait {
        /** A block is recorded and stays live, then profiling is switched off. */
        DRAINING,
        /** Tags are loaded between the two that are used, so that the second does not fit into the flag word. */
        SECOND_TAG_ESCAPES,
        /** Allocators on page_ext and on a custom backend are used before each time that is taken. */
        BESIDE_OTHERS,
        /** It is no variant of the allocator, but of Netty's; the settings are system properties. */
        NETTY,
        /** Each buffer is charged to a tag, and the reference kept beside it. */
        CHARGED,
        /** Charges are counted in counters that the thread has at hand. */
        LEASED
    }
}
