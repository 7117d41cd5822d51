package io.codetag.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A code module was unloaded, or its class loader found to be collected. */
@Name("io.codetag.ModuleUnload")
@Label("Module Unload")
@Category("codetag")
@Description("A code module was unloaded or collected, and what its tags still own")
@StackTrace(false)
final class ModuleUnloadEvent extends Event {
    @Label("Profiler")
    @Nullable
    String profiler;

    @Label("Module")
    @Nullable
    String module;

    @Label("Owning Tags")
    @Description("How many of its tags own memory")
    int tags;

    @Label("Live Bytes")
    @DataAmount
    long bytes;

    @Label("Live Calls")
    @Description("Allocations that are not freed yet")
    long calls;
}
