package io.codetag.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** References of an allocator's pages go elsewhere than before, or nowhere. */
@Name("io.codetag.StorageChange")
@Label("Storage Change")
@Category("codetag")
@Description("References of an allocator's pages go elsewhere than before, or nowhere")
@StackTrace(false)
final class StorageChangeEvent extends Event {
    @Label("Profiler")
    @Nullable
    String profiler;

    @Label("Allocator")
    @Nullable
    String allocator;

    @Label("Change")
    @Description(
            "switch, spill, disable: an overflow policy was applied; yield: the allocator claimed bits; return: new"
                    + " references return to the flag word; fail: the store threw")
    @Nullable
    String change;

    @Label("Store")
    @Description("The main store")
    @Nullable
    String store;

    @Label("Bits")
    @Description("Bits of the flag word that tags take; 0 for a store elsewhere")
    int bits;

    @Label("Addressable Tags")
    @Description("How many tags the main store can name")
    int addressableTags;

    @Label("Overflow Store")
    @Nullable
    String overflowStore;

    @Label("Profiled")
    @Description("Whether new references are still stored")
    boolean profiled;

    @Label("Reason")
    @Nullable
    String reason;
}
