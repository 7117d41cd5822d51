package io.codetag.core;

import io.codetag.AllocTag;
import io.codetag.CodeTag;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** What the profiler keeps of a tag that has an id: held by the id, and holding its handle weakly. */
final class TagRecord extends WeakReference<AllocTag> {
    private final int code;
    private final CodeTag declaration;
    private final @Nullable Module module;

    /** Gets the module's name as soon as that is known. */
    private volatile CodeTag place;

    private volatile boolean accurate = true;

    /** Whether it is still to be said that counts were lost. Guarded by this. */
    private boolean lossUntold;

    TagRecord(
            int code,
            AllocTag handle,
            CodeTag declaration,
            CodeTag place,
            @Nullable Module module,
            ReferenceQueue<AllocTag> collected) {
        super(handle, collected);
        this.code = code;
        this.declaration = declaration;
        this.place = place;
        this.module = module;
    }

    int code() {
        return code;
    }

    @Nullable
    Module module() {
        return module;
    }

    /** Returns the place with its module; never on a recording thread. */
    CodeTag place() {
        final CodeTag known = place;
        if (module == null || known.module() != null) {
            return known;
        }
        final CodeTag named = known.inModule(module.name());
        place = named;
        return named;
    }

    CodeTag declaration() {
        return module == null ? declaration : declaration.inModule(module.name());
    }

    boolean isAccurate() {
        return accurate;
    }

    void markInaccurate() {
        accurate = false;
    }

    /** Marks it, since counts were lost. */
    synchronized void loseCounts() {
        accurate = false;
        lossUntold = true;
    }

    /** Says true once after counts were lost, for the one warning. */
    synchronized boolean tellLoss() {
        final boolean untold = lossUntold;
        lossUntold = false;
        return untold;
    }

    boolean isUnloaded() {
        return module != null && module.isUnloaded();
    }
}
