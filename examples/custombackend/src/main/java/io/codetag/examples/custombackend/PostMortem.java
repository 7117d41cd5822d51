package io.codetag.examples.custombackend;

import io.codetag.examples.store.MappedFileReader;
import io.codetag.spi.TagCodes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who held which page, as the file of a process says.
 *
 * @param heading whose pages these are
 * @param pageSize bytes of one page
 * @param holders the holders by code
 * @param tornNames names that were being written at the end
 */
record PostMortem(String heading, int pageSize, SortedMap<Integer, Holder> holders, int tornNames) {
    static PostMortem read(Path file) throws IOException {
        try (MappedFileReader reader = MappedFileReader.open(file)) {
            final SortedMap<Integer, Holder> holders = new TreeMap<>();
            reader.references((pfn, code) -> holders.computeIfAbsent(code, c -> new Holder(c, name(reader, c)))
                    .add(pfn));
            final String heading = "allocator \"" + reader.allocator() + "\", " + reader.pageCount() + " pages of "
                    + reader.pageSize() + " bytes, process " + reader.process()
                    + (reader.isWriterAlive() ? ", which is running" : ", which is no more");
            return new PostMortem(heading, reader.pageSize(), holders, reader.tornNames());
        }
    }

    long pages() {
        return holders.values().stream().mapToLong(Holder::pages).sum();
    }

    void print(PrintStream out) {
        out.println(heading);
        final int width = holders.values().stream()
                .mapToInt(holder -> holder.name().length())
                .max()
                .orElse(0);
        final String row = "%8s %12s  %-" + Math.max(width, 8) + "s  %s%n";
        out.printf(row, "pages", "bytes", "held by", "which");
        final List<Holder> largestFirst = holders.values().stream()
                .sorted(Comparator.comparingLong(Holder::pages).reversed())
                .toList();
        for (Holder holder : largestFirst) {
            out.printf(row, holder.pages(), holder.pages() * pageSize, holder.name(), holder.runs());
        }
        out.printf(row, pages(), pages() * pageSize, "in all", "");
        if (tornNames > 0) {
            out.println(tornNames + " names were being written and are not readable");
        }
    }

    private static @Nullable String name(MappedFileReader reader, int code) {
        return switch (code) {
            case TagCodes.EMPTY -> "(deliberately untracked)";
            case TagCodes.ESCAPED -> "(reference in the overflow store, which is gone)";
            default -> reader.names().get(code);
        };
    }
}
