package io.codetag.micrometer;

import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.core.Profiler;
import java.util.ArrayList;
import java.util.List;

/** An isolated profiler, and tags that own memory in it. */
final class Owner implements AutoCloseable {
    final Profiler profiler = Profiler.builder().profiling("1").build();
    private final List<CodeModule> modules = new ArrayList<>(); // their tags live as long as somebody has them

    /** Loads a tag at a line of {@code com/acme/Pool.java}. */
    AllocTag tag(String module, int line) {
        return tag(module, "com.acme.Pool", "Pool.java", line, "take");
    }

    AllocTag tag(String module, String className, String file, int line, String function) {
        final CodeModule loaded = profiler.load(module, List.of(CodeTag.of(className, file, line, function)));
        modules.add(loaded);
        return loaded.tags().get(0);
    }

    /** Loads a tag and charges some bytes to it. */
    AllocTag owning(String module, int line, long bytes) {
        final AllocTag tag = tag(module, line);
        tag.charge(bytes);
        return tag;
    }

    CodeModule lastModule() {
        return modules.get(modules.size() - 1);
    }

    @Override
    public void close() {
        profiler.close();
    }
}
