package io.codetag.tools.cli;

import io.codetag.core.AllocFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tags are shown: all conditions have to hold. */
final class FilterOptions {
    @Option(names = "--module", paramLabel = "NAME", description = "The module; '' for tags of no module.")
    @Nullable
    String module;

    @Option(names = "--function", paramLabel = "NAME", description = "The function.")
    @Nullable
    String function;

    @Option(names = "--file", paramLabel = "PATH", description = "The path, or its end from a slash on, as Foo.java.")
    @Nullable
    String file;

    @Option(names = "--line", paramLabel = "N", description = "The line; 0 for unknown.")
    @Nullable
    Integer line;

    /** Returns the filter. */
    AllocFilter filter() {
        return builder().build();
    }

    AllocFilter.Builder builder() {
        final AllocFilter.Builder filter =
                AllocFilter.builder().module(module).function(function).file(file);
        return line == null ? filter : filter.line(line);
    }
}
