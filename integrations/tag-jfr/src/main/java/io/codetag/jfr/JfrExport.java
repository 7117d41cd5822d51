package io.codetag.jfr;

import com.google.auto.service.AutoService;
import io.codetag.StorageFacts;
import io.codetag.core.AllocInfo;
import io.codetag.core.ModuleUnload;
import io.codetag.core.Profiler;
import io.codetag.core.ProfilerListener;
import io.codetag.core.StorageChange;
import java.lang.ref.WeakReference;
import java.util.Locale;
import java.util.function.Function;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Exports a profiler to Flight Recorder.
 *
 * <p>The process-wide profiler finds it by itself. For an isolated one:
 *
 * <pre>{@code
 * profiler.addListener(new JfrExport());
 * }</pre>
 *
 * <p>It ends when the listener is removed or the profiler closed. Reports are taken on Flight Recorder's own thread, and
 * only while a recording enables {@code io.codetag.AllocTag}; that is all it costs beside the events themselves.
 *
 * <p><b>Thread safety.</b> Called by the profiler alone.
 *
 * @since 0.1
 */
@AutoService(ProfilerListener.class)
public final class JfrExport implements ProfilerListener {
    private final Function<Profiler, AllocInfo> report;
    private volatile String name = "";

    /** Written by the daemon thread, and once more by Flight Recorder's if the profiler was collected. */
    private volatile @Nullable Runnable hook;

    /** Makes an export that begins when it is added to a profiler. */
    public JfrExport() {
        this(Profiler::snapshot);
    }

    JfrExport(Function<Profiler, AllocInfo> report) {
        this.report = report;
    }

    @Override
    public void added(Profiler profiler) {
        name = profiler.name();
        if (FlightRecorder.isAvailable()) {
            // Flight Recorder holds the hook for good, and must not hold a profiler that is forgotten unclosed.
            final WeakReference<Profiler> reference = new WeakReference<>(profiler);
            final Runnable added = () -> {
                final Profiler reachable = reference.get();
                if (reachable == null) {
                    removed();
                } else {
                    SampleEvents.emit(name, () -> report.apply(reachable), TopSetting.current());
                }
            };
            hook = added; // before it may run
            FlightRecorder.addPeriodicEvent(AllocTagEvent.class, added);
        }
    }

    @Override
    public void removed() {
        final Runnable added = hook;
        if (added != null) {
            FlightRecorder.removePeriodicEvent(added);
            hook = null;
        }
    }

    @Override
    public void storageChanged(StorageChange change) {
        final StorageChangeEvent event = new StorageChangeEvent();
        if (event.isEnabled()) {
            final StorageFacts facts = change.facts();
            event.profiler = name;
            event.allocator = facts.allocator();
            event.change = change.kind().name().toLowerCase(Locale.ROOT);
            event.store = facts.store();
            event.bits = facts.bits();
            event.addressableTags = facts.addressableTags();
            event.overflowStore = facts.overflowStore();
            event.profiled = facts.disabledReason() == null;
            event.reason = change.reason();
            event.commit();
        }
    }

    @Override
    public void moduleUnloaded(ModuleUnload unload) {
        final ModuleUnloadEvent event = new ModuleUnloadEvent();
        if (event.isEnabled()) {
            event.profiler = name;
            event.module = unload.module();
            event.tags = unload.tags();
            event.bytes = unload.live().bytes();
            event.calls = unload.live().calls();
            event.commit();
        }
    }

    /** Says whether Flight Recorder would ask this export for events. */
    boolean isHooked() {
        return hook != null;
    }
}
