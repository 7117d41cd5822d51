package io.codetag.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Ends the events of one period. Who reads a recording takes the events of a sample for the whole only if it finds as many
 * as this one says. Its duration is what taking the report cost.
 */
@Name("io.codetag.AllocSample")
@Label("Allocation Sample")
@Category("codetag")
@Description("The sum of the allocation tags of one period, and the mark that they are complete")
@StackTrace(false)
final class AllocSampleEvent extends Event {
    @Label("Sample")
    @Description("The number of the period, the same for all events of it")
    long sample;

    @Label("Profiler")
    @Nullable
    String profiler;

    @Label("Events")
    @Description("How many events Allocation Tag belong to this sample")
    int events;

    @Label("Tags")
    @Description("How many tags own memory")
    int tags;

    @Label("Live Bytes")
    @DataAmount
    long bytes;

    @Label("Live Calls")
    @Description("Allocations that are not freed yet")
    long calls;

    @Label("Content Id Before")
    @Description("Changes whenever a tag or a module comes or goes; as read before the counters")
    long contentIdBefore;

    @Label("Content Id After")
    @Description("The same as read after the counters")
    long contentIdAfter;
}
