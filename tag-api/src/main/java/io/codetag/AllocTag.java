package io.codetag;

import io.codetag.spi.ProfilerEngine;
import io.codetag.spi.RecordingSwitch;
import io.codetag.spi.TagDeclaration;
import org.jspecify.annotations.Nullable;

/**
 * The handle that a call site holds: a code tag with live counters.
 *
 * <pre>{@code
 * private static final AllocTag READ_AHEAD = AllocTags.here();
 * }</pre>
 *
 * <p>Its id is handed out and its place in reports fixed once, at first use. A handle belongs to one tag space; it
 * records nothing in another.
 *
 * <p><b>Thread safety.</b> Safe; identity semantics.
 *
 * @since 0.1
 */
public final class AllocTag {
    private final TagSpace space;
    private final TagDeclaration declaration;

    /*
     * The code, and above it the number of the space, so that one comparison tells a tagger whether it may record this
     * tag. 0 until first use, then constant. Written under the declaration's monitor, read without: a reader that still
     * sees 0, or one half of it where a long is two words, takes the slow path, which reads again under the monitor.
     * Nothing else is published by it.
     */
    private long ticket;
    private boolean inFirstUse;

    AllocTag(TagSpace space, TagDeclaration declaration) {
        this.space = space;
        this.declaration = declaration;
    }

    /**
     * Takes the id and fixes the place now, rather than under an allocator's lock at the first allocation.
     *
     * @return this tag
     */
    public AllocTag resolve() {
        code(null);
        return this;
    }

    /**
     * Makes this tag the current one of this thread until the scope is closed. Scopes nest; the innermost wins.
     *
     * <p>While profiling is off this does nothing. Under {@code -Xlint:try} javac complains that the variable of a
     * {@code try (TagScope scope = TAG.enter())} is not used; {@code @SuppressWarnings("try")} tells it why.
     *
     * @return the scope, to be closed by the same thread
     */
    public TagScope enter() {
        // Another profiler that is off turns the switch off, also before this space has its profiler.
        if (!RecordingSwitch.allocating() && !space.awaitsProfiler()) {
            return TagScope.NONE;
        }
        if (code() == 0) {
            code(null);
        }
        return TagScope.push(this);
    }

    /**
     * Counts memory that is no page: one call and some bytes. Looks up the counters of the thread, which a
     * {@link ChargeLease} saves.
     *
     * @param bytes how much, 0 or more
     * @return a reference to keep with the memory and to hand to {@link AllocTags#discharge}; 0 if nothing was counted
     */
    public int charge(long bytes) {
        return RecordingSwitch.allocating() ? space.charge(this, bytes) : 0;
    }

    /**
     * Reads this tag's counters.
     *
     * @return what is live; zero if the tag was never used
     */
    public AllocCounts counts() {
        final ProfilerEngine engine = space.engine();
        return engine == null || code() == 0 ? AllocCounts.ZERO : engine.counts(code());
    }

    /**
     * Returns the place as reports show it: the first use, or the declaration while there was none.
     *
     * @return the place
     */
    public CodeTag place() {
        final ProfilerEngine engine = space.engine();
        final CodeTag place = engine == null || code() == 0 ? null : engine.place(code());
        return place == null ? declaration.place() : place;
    }

    /**
     * Returns the place where the tag was declared: what identifies it.
     *
     * @return the place, without a module
     */
    public CodeTag declaration() {
        return declaration.place();
    }

    /**
     * Returns the number that references store.
     *
     * @return the code, at least 3; 0 before first use
     */
    public int code() {
        return (int) ticket;
    }

    /**
     * Returns the tag space this handle belongs to.
     *
     * @return the space
     */
    public TagSpace space() {
        return space;
    }

    @Override
    public String toString() {
        return "AllocTag[" + place() + ']';
    }

    /** Returns the code and the number of the space, as {@link TagSpace#ticket} joins them; 0 before first use. */
    long ticket() {
        return ticket;
    }

    /** Returns the code, at first use by way of the profiler; 0 if the allocation is to stay untracked. */
    int code(@Nullable String allocatorPackage) {
        final int known = code();
        if (known != 0) {
            return known;
        }
        final ProfilerEngine engine = space.engine();
        return engine == null ? 0 : firstUse(engine, allocatorPackage);
    }

    /** Stores a code that was handed out together with others. */
    void assign(int assigned) {
        synchronized (declaration) {
            ticket = space.ticket(assigned);
        }
    }

    private int firstUse(ProfilerEngine engine, @Nullable String allocatorPackage) {
        synchronized (declaration) {
            if (ticket != 0) {
                return code();
            }
            if (inFirstUse) { // the walk or the id needed memory from the allocator that is being recorded
                engine.firstUseFailed();
                return 0;
            }
            inFirstUse = true;
            try {
                assign(engine.firstUse(this, declaration, allocatorPackage));
            } catch (RuntimeException | Error failure) { // recording never throws, not even for want of memory
                engine.firstUseFailed();
            } finally {
                inFirstUse = false;
            }
            return code();
        }
    }
}
