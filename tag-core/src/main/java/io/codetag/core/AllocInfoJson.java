package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report as JSON, one entry a line.
 *
 * <pre>
 * {"version":1,"contentIdBefore":7,"contentIdAfter":7,"profiling":"on",
 * "totals":{"pages":[{"allocator":"cache","bytes":151552,"calls":37,"untracked":0}],
 *           "charged":{"bytes":0,"calls":0},"ownBytes":81920},
 * "storage":[{"allocator":"cache","store":"pageflags", …}],
 * "entries":[
 * {"module":null,"class":"com.acme.cache.PageCache","file":"PageCache.java","path":"com/acme/cache/PageCache.java",
 *  "line":214,"function":"readAhead","bytes":151552,"calls":37,"accurate":true,"unloaded":false,
 *  "declaration":{"module":null,"class":…,"file":…,"path":…,"line":…,"function":…}}
 * ]}
 * </pre>
 *
 * <ul>
 *   <li>Members come in this order. {@code profiling} (never, cold, on, draining), {@code totals} and {@code storage}
 *       are there only if they were given; a member that is there in one entry is there in all.
 *   <li>Null are: {@code module} of core tags, {@code file} where the class does not name it, {@code declaration} where
 *       it is not known, {@code untracked} where the allocator cannot tell, {@code overflowStore} and
 *       {@code disabledReason} of the storage facts. {@code line} is 0 where it is not known.
 *   <li>Numbers are 64-bit. Bytes and calls below zero are written as 0.
 *   <li>Names are exact. Characters that could break a page of HTML, a terminal or a line are written as {@code \}{@code
 *       uXXXX}, halves of surrogate pairs too.
 *   <li>{@code version} changes when a member changes its meaning or goes away, not when one is added.
 * </ul>
 *
 * <p>Writing streams: about 8 KiB are buffered, whatever the number of entries.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class AllocInfoJson {
    /** The version of the schema. */
    public static final int VERSION = 1;

    /** Writes the entries and nothing else. */
    public static final AllocInfoJson ENTRIES = new AllocInfoJson(null, null, null);

    private final @Nullable ProfilingState state;
    private final @Nullable ProfilerTotals totals;
    private final @Nullable List<StorageFacts> storage;

    private AllocInfoJson(
            @Nullable ProfilingState state, @Nullable ProfilerTotals totals, @Nullable List<StorageFacts> storage) {
        this.state = state;
        this.totals = totals;
        this.storage = storage;
    }

    /**
     * Adds the state of profiling.
     *
     * @param current the state
     * @return a writer that writes it too
     */
    public AllocInfoJson with(ProfilingState current) {
        return new AllocInfoJson(current, totals, storage);
    }

    /**
     * Adds the totals.
     *
     * @param current the totals
     * @return a writer that writes them too
     */
    public AllocInfoJson with(ProfilerTotals current) {
        return new AllocInfoJson(state, current, storage);
    }

    /**
     * Adds the storage facts.
     *
     * @param current one for each allocator
     * @return a writer that writes them too
     */
    public AllocInfoJson with(List<StorageFacts> current) {
        return new AllocInfoJson(state, totals, List.copyOf(current));
    }

    /**
     * Writes a report.
     *
     * @param info the entries, in the order they are written
     * @param out where to
     * @throws IOException if {@code out} throws it
     */
    public void write(AllocInfo info, Appendable out) throws IOException {
        final JsonWriter json = new JsonWriter(out);
        json.begin('{').name("version").value(VERSION);
        json.name("contentIdBefore").value(info.contentIdBefore());
        json.name("contentIdAfter").value(info.contentIdAfter());
        if (state != null) {
            json.name("profiling").value(lower(state));
        }
        if (totals != null) {
            writeTotals(json.line().name("totals"), totals);
        }
        if (storage != null) {
            json.line().name("storage").begin('[');
            for (StorageFacts facts : storage) {
                writeStorage(json.line(), facts);
            }
            json.end(']');
        }
        json.line().name("entries").begin('[');
        for (AllocEntry entry : info.entries()) {
            writeEntry(json.line(), entry);
        }
        json.end(']').end('}');
        json.flush();
        out.append('\n');
    }

    /**
     * Writes to a print stream, such as {@code System.out}, in UTF-8.
     *
     * @param info the entries
     * @param out where to; flushed, but not closed. It keeps errors to itself: see {@link PrintStream#checkError()}
     * @throws IOException never
     */
    public void write(AllocInfo info, PrintStream out) throws IOException {
        write(info, (OutputStream) out);
    }

    /**
     * Writes a report in UTF-8.
     *
     * @param info the entries, in the order they are written
     * @param out where to; flushed, but not closed
     * @throws IOException if {@code out} throws it
     */
    public void write(AllocInfo info, OutputStream out) throws IOException {
        final Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        write(info, writer);
        writer.flush();
    }

    private static void writeEntry(JsonWriter json, AllocEntry entry) throws IOException {
        json.begin('{');
        writePlace(json, entry.place());
        writeCounts(json, entry.counts());
        json.name("accurate").value(entry.accurate());
        json.name("unloaded").value(entry.unloaded());
        json.name("declaration");
        final CodeTag declaration = entry.declaration();
        if (declaration == null) {
            json.value((String) null);
        } else {
            json.begin('{');
            writePlace(json, declaration);
            json.end('}');
        }
        json.end('}');
    }

    private static void writePlace(JsonWriter json, CodeTag place) {
        final String module = PlaceKey.moduleOf(place);
        json.name("module").value(module.isEmpty() ? null : module);
        json.name("class").value(place.className());
        json.name("file").value(place.file());
        json.name("path").value(place.path());
        json.name("line").value(place.line());
        json.name("function").value(place.function());
    }

    private static void writeCounts(JsonWriter json, AllocCounts counts) {
        json.name("bytes").value(Math.max(0, counts.bytes()));
        json.name("calls").value(Math.max(0, counts.calls()));
    }

    private static void writeTotals(JsonWriter json, ProfilerTotals totals) throws IOException {
        json.begin('{').name("pages").begin('[');
        for (PageTotals each : totals.pages()) {
            json.begin('{').name("allocator").value(each.allocator());
            writeCounts(json, new AllocCounts(each.bytes(), each.calls()));
            json.name("untracked");
            if (each.untracked().isPresent()) {
                json.value(each.untracked().getAsLong());
            } else {
                json.value((String) null);
            }
            json.end('}');
        }
        json.end(']').name("charged").begin('{');
        writeCounts(json, totals.charged());
        json.end('}').name("ownBytes").value(totals.ownBytes()).end('}');
    }

    private static void writeStorage(JsonWriter json, StorageFacts facts) throws IOException {
        json.begin('{').name("allocator").value(facts.allocator());
        json.name("store").value(facts.store());
        json.name("bits").value(facts.bits());
        json.name("unusedBits").value(facts.unusedBits());
        json.name("addressableTags").value(facts.addressableTags());
        json.name("neededTags").value(facts.neededTags());
        json.name("policy").value(lower(facts.policy()));
        json.name("overflowStore").value(facts.overflowStore());
        json.name("limit").value(facts.limit());
        json.name("escaped").value(facts.escaped());
        json.name("disabledReason").value(facts.disabledReason());
        json.name("bytesOccupied").value(facts.bytesOccupied());
        json.name("reason").value(facts.reason()).end('}');
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
