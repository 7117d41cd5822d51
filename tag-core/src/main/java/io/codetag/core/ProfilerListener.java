package io.codetag.core;

/**
 * Hears of what happens to a profiler and is more than a number in a report.
 *
 * <p>Listeners found by {@link java.util.ServiceLoader} are added to the process-wide profiler when it starts; others by
 * {@link Profiler#addListener}. One instance serves one profiler.
 *
 * <p><b>Thread safety.</b> All methods are called on the profiler's daemon thread, one at a time and in order, and
 * outside any lock of the profiler; at exit on the thread that runs what the daemon thread left. What they throw is
 * logged, and disturbs nobody. As the profiler logs on the same thread, they should not take long.
 *
 * @since 0.1
 */
public interface ProfilerListener {
    /**
     * Called first, once this listener was added.
     *
     * @param profiler the profiler, which a listener should hold weakly if it is held by others itself
     */
    default void added(Profiler profiler) {}

    /** Called last: this listener was removed, or the profiler was closed. */
    default void removed() {}

    /**
     * Called after references began to go elsewhere than before, or nowhere.
     *
     * @param change what happened
     */
    default void storageChanged(StorageChange change) {}

    /**
     * Called after a code module was unloaded, or found to be collected.
     *
     * @param unload which module, and what it left behind
     */
    default void moduleUnloaded(ModuleUnload unload) {}
}
