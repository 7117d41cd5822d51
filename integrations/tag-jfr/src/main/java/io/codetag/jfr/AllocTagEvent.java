package io.codetag.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * What one tag owns, or all that are too small for an event of their own. The events of one period have one number in
 * {@link #sample}; their sum is what the profiler has recorded. Tags that own nothing are left out.
 */
@Name("io.codetag.AllocTag")
@Label("Allocation Tag")
@Category("codetag")
@Description("Live memory of one allocating call site, or of all those that own less, at the end of a period")
@Period("10 s")
@StackTrace(false)
final class AllocTagEvent extends Event {
    @Label("Sample")
    @Description("The number of the period, the same for all events of it")
    long sample;

    @Label("Module")
    @Description("The code module; none for code of the application itself")
    @Nullable
    String module;

    @Label("File")
    @Description("The source file of the call site, with its package as folders")
    @Nullable
    String file;

    @Label("Line")
    @Description("The line of the call site; 0 if unknown")
    int line;

    @Label("Function")
    @Description("The method of the call site")
    @Nullable
    String function;

    @Label("Live Bytes")
    @DataAmount
    long bytes;

    @Label("Live Calls")
    @Description("Allocations that are not freed yet")
    long calls;

    @Label("Accurate")
    @Description("False once something of this tag may have gone uncounted")
    boolean accurate;

    @Label("State")
    @Description("loaded, or unloaded if the code module is gone")
    @Nullable
    String state;

    @Label("Tags")
    @Description("1; for the event of the rest, how many tags that is")
    int tags;

    @Label("Class")
    @Description("The class of the call site")
    @Nullable
    String className;

    @Label("Declaring Class")
    @Description("The class where the tag is declared; none if it is declared at the call site")
    @Nullable
    String declaringClass;

    @Label("Declaring File")
    @Nullable
    String declaringFile;

    @Label("Declaring Line")
    int declaringLine;

    @Label("Declaring Function")
    @Nullable
    String declaringFunction;

    /**
     * Lets a recording say how many tags get events of their own; never leaves an event out.
     *
     * @param setting what the recordings ask for
     * @return true
     */
    @SettingDefinition
    @Name("top")
    @Label("Tags with Events of Their Own")
    @Description("The others are summed up in one event")
    boolean top(TopSetting setting) {
        return true;
    }
}
