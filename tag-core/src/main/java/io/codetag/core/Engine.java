package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import io.codetag.spi.ProfilerEngine;
import io.codetag.spi.TagCodes;
import io.codetag.spi.TagDeclaration;
import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the vocabulary sees of a profiler. */
final class Engine extends ProfilerEngine {
    private final Profiler profiler;
    private final TagRegistry registry;

    Engine(Profiler profiler) {
        this.profiler = profiler;
        this.registry = profiler.registry();
    }

    @Override
    public int firstUse(AllocTag tag, TagDeclaration declaration, @Nullable String allocatorPackage) {
        final CodeTag place = CallSites.firstUse(declaration, allocatorPackage);
        final int code = registry.register(tag, declaration, place);
        if (code == TagCodes.NONE) {
            firstUseFailed();
        } else {
            tellName(code);
        }
        return code;
    }

    /** The id was handed out and must reach its handle, whether or not there is memory for the rest. */
    private void tellName(int code) {
        try {
            Daemon.execute(() -> profiler.tellName(code));
        } catch (OutOfMemoryError none) {
            return; // a store that outlives the process has a code without a name
        }
    }

    @Override
    public void firstUseFailed() {
        profiler.useFailures().add();
    }

    @Override
    public int[] load(String name, List<AllocTag> tags, List<CodeTag> places) {
        final int[] numbers = registry.load(name, tags, places);
        int largest = 0;
        for (int i = 1; i < numbers.length; i++) {
            largest = Math.max(largest, numbers[i]);
        }
        profiler.decideOverflow(largest);
        Daemon.execute(() -> {
            for (int i = 1; i < numbers.length; i++) {
                profiler.tellName(numbers[i]);
            }
        });
        return numbers;
    }

    @Override
    public int moduleOf(Class<?> type) {
        final Module module = registry.moduleFor(type);
        return module == null ? 0 : module.number();
    }

    @Override
    public String moduleName(int number) {
        final Module module = registry.module(number);
        return module == null ? "" : module.name();
    }

    @Override
    public boolean unload(int number) {
        final Module module = registry.module(number);
        if (module == null || !registry.unload(number)) {
            return false;
        }
        profiler.unloaded(module);
        return true;
    }

    @Override
    public boolean isLoaded(int number) {
        final Module module = registry.module(number);
        return number == 0 || (module != null && !module.isUnloaded());
    }

    @Override
    public PageTagger attach(PageSpec spec, String callerPackage) {
        return profiler.attach(spec, callerPackage);
    }

    @Override
    public int charge(int code, long bytes) {
        return profiler.charge(code, bytes);
    }

    @Override
    public void discharge(int code, long bytes) {
        profiler.discharge(code, bytes);
    }

    @Override
    public int charge(TagStripe stripe, int code, long bytes) {
        return profiler.charge(stripe, code, bytes);
    }

    @Override
    public void discharge(TagStripe stripe, int code, long bytes) {
        profiler.discharge(stripe, code, bytes);
    }

    @Override
    public TagStripes chargeStripes() {
        return profiler.chargeStripes();
    }

    @Override
    public AllocCounts counts(int code) {
        return profiler.counts(code);
    }

    @Override
    public @Nullable CodeTag place(int code) {
        final TagRecord record = registry.record(code);
        return record == null ? null : record.place();
    }

    @Override
    public ProfilingState state() {
        return profiler.state();
    }

    @Override
    public void record(boolean on) {
        profiler.record(on);
    }
}
