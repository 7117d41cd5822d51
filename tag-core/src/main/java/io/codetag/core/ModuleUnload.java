package io.codetag.core;

import io.codetag.AllocCounts;
import java.util.Objects;

/**
 * The unloading of a code module.
 *
 * @param module the module's name
 * @param tags how many of its tags own memory at that moment
 * @param live what they own together
 * @since 0.1
 */
public record ModuleUnload(String module, int tags, AllocCounts live) {
    /**
     * Checks that all is there.
     *
     * @param module the module's name
     * @param tags how many of its tags own memory
     * @param live what they own together
     */
    public ModuleUnload {
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(live, "live");
    }
}
