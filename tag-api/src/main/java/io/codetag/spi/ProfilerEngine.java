package io.codetag.spi;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the vocabulary asks of a profiler. {@code codetag-core} implements it.
 *
 * <p><b>Thread safety.</b> All methods may be called concurrently.
 *
 * @since 0.1
 */
public abstract class ProfilerEngine {
    /** For profilers. */
    protected ProfilerEngine() {}

    /**
     * Gives a tag its code and fixes its place. Runs under the locks of an allocator: one stack walk, one id, some
     * arrays, and no foreign code. The caller holds the tag's own lock and stores the code.
     *
     * @param tag the tag, used for the first time
     * @param declaration where it was declared
     * @param allocatorPackage a package whose frames are no call sites; null for none
     * @return the code; 0 if the allocation is to stay untracked
     */
    public abstract int firstUse(AllocTag tag, TagDeclaration declaration, @Nullable String allocatorPackage);

    /** Counts an allocation that stays untracked since the first use of its tag failed or re-entered. */
    public abstract void firstUseFailed();

    /**
     * Loads a named module: all its tags get their codes in one step, or none does.
     *
     * @param name the module's name
     * @param tags its tags, not used before
     * @param places their places, in the same order
     * @return the module's number, then the codes in the same order
     * @throws IllegalStateException if the ids do not suffice
     */
    public abstract int[] load(String name, List<AllocTag> tags, List<CodeTag> places);

    /**
     * Returns the number of the module that a class belongs to.
     *
     * @param type a class
     * @return the number; 0 for core tags
     */
    public abstract int moduleOf(Class<?> type);

    /**
     * Returns the name of a module.
     *
     * @param module its number
     * @return the name; empty for core tags
     */
    public abstract String moduleName(int module);

    /**
     * Marks a module as unloaded: its tags stay in the report while they own bytes.
     *
     * @param module its number
     * @return whether it was loaded until now
     */
    public abstract boolean unload(int module);

    /**
     * Says whether a module is loaded.
     *
     * @param module its number
     * @return false once it was unloaded or its class loader collected
     */
    public abstract boolean isLoaded(int module);

    /**
     * Attaches an allocator.
     *
     * @param spec its pages
     * @param callerPackage the package of the class that attaches
     * @return the tagger
     * @throws IllegalArgumentException if the pages cannot be served as asked
     */
    public abstract PageTagger attach(PageSpec spec, String callerPackage);

    /**
     * Counts memory that is no page.
     *
     * @param code the tag's code
     * @param bytes how much, 0 or more
     * @return the code; 0 if nothing was counted
     */
    public abstract int charge(int code, long bytes);

    /**
     * Credits memory that is no page.
     *
     * @param code what {@link #charge} returned
     * @param bytes how much
     */
    public abstract void discharge(int code, long bytes);

    /**
     * Counts memory that is no page, in counters of the caller's own.
     *
     * @param stripe counters leased from {@link #chargeStripes()} by the calling thread
     * @param code the tag's code
     * @param bytes how much, 0 or more
     * @return the code; 0 if nothing was counted
     */
    public abstract int charge(TagStripe stripe, int code, long bytes);

    /**
     * Credits memory that is no page, in counters of the caller's own.
     *
     * @param stripe counters leased from {@link #chargeStripes()} by the calling thread
     * @param code what {@code charge} returned
     * @param bytes how much
     */
    public abstract void discharge(TagStripe stripe, int code, long bytes);

    /**
     * Returns the counters of memory that is no page.
     *
     * @return where they are leased
     */
    public abstract TagStripes chargeStripes();

    /**
     * Reads the counters of a tag.
     *
     * @param code its code
     * @return what is live
     */
    public abstract AllocCounts counts(int code);

    /**
     * Returns the place of a tag as reports show it.
     *
     * @param code its code
     * @return the place; null if the code names no tag
     */
    public abstract @Nullable CodeTag place(int code);

    /**
     * Returns the state of profiling.
     *
     * @return the state
     */
    public abstract ProfilingState state();

    /**
     * Switches recording on or off.
     *
     * @param on whether allocations are recorded from now on
     * @throws IllegalStateException if it cannot be switched on any more; the message says why
     */
    public abstract void record(boolean on);
}
