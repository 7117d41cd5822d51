package io.codetag;

import io.codetag.spi.ProfilerEngine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unit that brings tags and may go away: a class loader, or a plugin known by name.
 *
 * <p>Unloading marks. Tags that still own bytes stay in the report and keep crediting frees; an id is given to another
 * tag only after its handle was collected and everything charged to it was credited.
 *
 * <p><b>Thread safety.</b> Safe.
 *
 * @since 0.1
 */
public final class CodeModule {
    private final @Nullable ProfilerEngine engine;
    private final int number;
    private final String name;
    private final List<AllocTag> tags;

    CodeModule(@Nullable ProfilerEngine engine, int number, String name, List<AllocTag> tags) {
        this.engine = engine;
        this.number = number;
        this.name = name;
        this.tags = List.copyOf(tags);
    }

    /**
     * Loads a named module into the process-wide space: all of its tags get their ids in one step, or none does.
     *
     * @param name the module's name, not blank; need not be unique
     * @param places where its tags are
     * @return the module
     * @throws IllegalStateException if the ids do not suffice
     */
    public static CodeModule load(String name, List<CodeTag> places) {
        AllocTags.start();
        return AllocTags.space().load(name, places);
    }

    /**
     * Returns the module that a class belongs to, by its class loader.
     *
     * @param type a class
     * @return the module, without tags; named "" for the core tags
     */
    public static CodeModule of(Class<?> type) {
        AllocTags.start();
        return of(AllocTags.space(), type);
    }

    /**
     * Returns the module that a class belongs to in a given space, by its class loader.
     *
     * @param space the tag space
     * @param type a class
     * @return the module, without tags; named "" for the core tags
     */
    public static CodeModule of(TagSpace space, Class<?> type) {
        final ProfilerEngine engine = space.engine();
        if (engine == null) {
            return new CodeModule(null, 0, "", List.of());
        }
        final int number = engine.moduleOf(type);
        return new CodeModule(engine, number, engine.moduleName(number), List.of());
    }

    /**
     * Returns the name as reports show it.
     *
     * @return the name; empty for core tags
     */
    public String name() {
        return name;
    }

    /**
     * Returns the tags of a module that was loaded by name.
     *
     * @return the tags in the order of their places; empty for the module of a class loader
     */
    public List<AllocTag> tags() {
        return tags;
    }

    /**
     * Says whether this module is loaded.
     *
     * @return false once it was unloaded, or its class loader collected; false without a profiler
     */
    public boolean isLoaded() {
        return engine != null && engine.isLoaded(number);
    }

    /**
     * Marks this module as unloaded. Each tag that still owns bytes is logged once. A module of core tags stays.
     *
     * @return whether it was loaded until now
     */
    public boolean unload() {
        return engine != null && engine.unload(number);
    }

    @Override
    public String toString() {
        return "CodeModule[" + (name.isEmpty() ? "core" : name) + ", " + tags.size() + " tags]";
    }
}
