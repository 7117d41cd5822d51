package io.codetag.core;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Who listens to a profiler. Each call is a task of the daemon thread on its own, so that one that throws is alone. */
final class Listeners {
    private final List<ProfilerListener> all = new CopyOnWriteArrayList<>();

    void add(ProfilerListener listener, Profiler profiler) {
        all.add(listener);
        Daemon.executeAlways(() -> listener.added(profiler));
    }

    boolean remove(ProfilerListener listener) {
        final boolean removed = all.remove(listener);
        if (removed) {
            Daemon.executeAlways(listener::removed);
        }
        return removed;
    }

    void removeAll() {
        all.forEach(this::remove);
    }

    /**
     * Tells something to everyone who listens at this moment, also to who is removed before it is told; what is told is
     * found out on the daemon thread.
     */
    <T> void tell(Supplier<T> what, BiConsumer<ProfilerListener, T> how) {
        final List<ProfilerListener> listening = List.copyOf(all);
        if (!listening.isEmpty()) {
            Daemon.execute(() -> {
                final T told = what.get();
                for (ProfilerListener listener : listening) {
                    Daemon.runOne(() -> how.accept(listener, told));
                }
            });
        }
    }

    /** Finds listeners as services; on the daemon thread, since they may be slow to load. */
    static void discover(Profiler profiler) {
        final ClassLoader loader = Listeners.class.getClassLoader();
        discover(ServiceLoader.load(ProfilerListener.class, loader)::iterator, profiler::addListener);
    }

    /** Each is loaded on its own, and a broken one is reported and left out. */
    static void discover(Supplier<Iterator<ProfilerListener>> source, Consumer<ProfilerListener> found) {
        // A broken configuration file may fail anew at each step, and a broken source never gives an iterator.
        Iterator<ProfilerListener> each = null;
        for (int broken = 0; broken < StoreCatalog.MAX_BROKEN; ) {
            try {
                if (each == null) {
                    each = source.get();
                }
                if (!each.hasNext()) {
                    return;
                }
                found.accept(each.next());
            } catch (RuntimeException | Error failure) {
                broken++;
                Daemon.warn(Message.HOUSEKEEPING_FAILED, "a listener was found that cannot be used", failure);
            }
        }
    }
}
