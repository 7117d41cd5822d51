package io.codetag;

import io.codetag.spi.ProfilerEngine;
import io.codetag.spi.ProfilerProvider;
import io.codetag.spi.RecordingSwitch;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The entry point: declares tags, attaches allocators, and starts the process-wide profiler.
 *
 * <p>Without {@code codetag-core} at run time every call does nothing and returns at once.
 *
 * <p><b>Thread safety.</b> Safe.
 *
 * @since 0.1
 */
public final class AllocTags {
    private static final System.Logger LOG = System.getLogger("io.codetag");
    private static final TagSpace SPACE = new TagSpace();
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final Object START = new Object();

    /** Keeps the profiler alive, which the space does not. */
    private static @Nullable ProfilerEngine profiler;

    private static volatile boolean started;
    private static boolean starting;

    private AllocTags() {}

    /**
     * Declares a tag at the caller. Its identity is this call: module, class, method, line and bytecode index; asking
     * again gives the same tag. The place that reports show is the first use, which tells more than a static
     * initializer.
     *
     * <p>Walks the stack once and neither starts nor waits for anything.
     *
     * @return the tag, to be kept in a constant
     */
    public static AllocTag here() {
        return SPACE.here(AllocTags.class);
    }

    /**
     * Returns the current tag of this thread.
     *
     * @return the tag of the innermost {@link AllocTag#enter()}; the core tag {@code untagged} outside any
     */
    public static AllocTag current() {
        return SPACE.current();
    }

    /**
     * Credits memory that is no page to the tag that was charged. Trusts its caller.
     *
     * @param reference what {@link AllocTag#charge} returned; 0 does nothing
     * @param bytes how much was charged
     */
    public static void discharge(int reference, long bytes) {
        if (reference != 0 && RecordingSwitch.freeing()) {
            SPACE.discharge(reference, bytes);
        }
    }

    /**
     * Leases counters for memory that is no page, for code that keeps them in an object of its own for each thread.
     *
     * @return the lease, to be closed; one of its threads at a time may use it
     */
    public static ChargeLease lease() {
        return SPACE.lease();
    }

    /**
     * Attaches an allocator, and starts the profiler if this is the first one.
     *
     * @param spec the allocator's pages
     * @return its tagger, to be closed with the allocator
     * @throws IllegalArgumentException if a setting is wrong or the pages cannot be served as asked
     */
    public static PageTagger attach(PageSpec spec) {
        final String caller = WALKER.getCallerClass().getPackageName();
        start();
        final ProfilerEngine engine = SPACE.engine();
        return engine == null ? PageTagger.inert(SPACE, spec) : engine.attach(spec, caller);
    }

    /**
     * Starts the process-wide profiler if there is one, as attaching and reading do.
     *
     * @return whether there is a profiler
     * @throws IllegalArgumentException if a setting is wrong; the message names it and what is accepted
     */
    public static boolean start() {
        if (!started) {
            startOnce();
        }
        return SPACE.engine() != null;
    }

    /**
     * Returns the process-wide tag space.
     *
     * @return the space
     */
    public static TagSpace space() {
        return SPACE;
    }

    /** Says whether a profiler was looked for and not found. */
    static boolean isAbsent() {
        return started && profiler == null;
    }

    private static void startOnce() {
        synchronized (START) {
            if (started || starting) { // a provider that attaches an allocator while it starts gets an inert tagger
                return;
            }
            starting = true;
            try {
                final ProfilerEngine engine = findEngine();
                profiler = engine;
                if (engine == null) {
                    RecordingSwitch.set(false, false);
                } else {
                    SPACE.connect(engine);
                }
                started = true;
            } finally {
                starting = false;
            }
        }
    }

    /** Makes the first profiler that can be made; a setting that is wrong is thrown, a jar that is broken only logged. */
    private static @Nullable ProfilerEngine findEngine() {
        final Iterator<ProfilerProvider> providers = ServiceLoader.load(
                        ProfilerProvider.class, AllocTags.class.getClassLoader())
                .iterator();
        for (int broken = 0; broken < 8; ) { // a broken configuration file fails anew at each step
            try {
                return providers.hasNext() ? providers.next().create(SPACE) : null;
            } catch (ServiceConfigurationError | LinkageError failure) {
                broken++;
                LOG.log(System.Logger.Level.WARNING, "[CODETAG-001] a profiler was found that cannot be used", failure);
            }
        }
        return null;
    }
}
