package io.codetag.tools.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.ProfilingState;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link AllocInfoJson} writes. Members may come in any order, and ones that are not known are passed over, as
 * the schema allows to add some; everything else is checked.
 */
final class JsonReport {
    /** Duplicate members are errors; a name may be as long as a line of a text report. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(ReportLines.LONGEST_TEXT)
                    .build())
            .build();

    private final JsonMembers json;
    private final TagPool pool;
    private final List<AllocEntry> entries = new ArrayList<>();
    private @Nullable ProfilingState state;

    private JsonReport(JsonMembers json, TagPool pool) {
        this.json = json;
        this.pool = pool;
    }

    /** What a report says. */
    record Parsed(AllocInfo info, @Nullable ProfilingState state) {}

    /** Reads the object at whose beginning the parser stands, to its end. */
    static Parsed parse(JsonMembers json, TagPool pool) throws IOException, ReportException {
        final JsonReport report = new JsonReport(json, pool);
        final AllocInfo info = report.report();
        return new Parsed(info, report.state);
    }

    private AllocInfo report() throws IOException, ReportException {
        Long version = null;
        Long before = null;
        Long after = null;
        boolean listed = false;
        json.beginObject("a report");
        for (String name = json.nextMember(); name != null; name = json.nextMember()) {
            switch (name) {
                case "version" -> version = version();
                case "contentIdBefore" -> before = json.number(name, Long.MIN_VALUE);
                case "contentIdAfter" -> after = json.number(name, Long.MIN_VALUE);
                case "profiling" -> state = state();
                case "entries" -> {
                    readEntries();
                    listed = true;
                }
                default -> json.skip();
            }
        }
        json.require(version, "version");
        if (!listed) {
            throw json.defect("the report has no member 'entries'");
        }
        return new AllocInfo(
                json.require(before, "contentIdBefore"), json.require(after, "contentIdAfter"), List.copyOf(entries));
    }

    private long version() throws IOException, ReportException {
        final long version = json.number("version", 0);
        if (version != AllocInfoJson.VERSION) {
            throw json.defect("version is " + version + "; accepted: " + AllocInfoJson.VERSION);
        }
        return version;
    }

    private ProfilingState state() throws IOException, ReportException {
        final String name = json.string("profiling");
        for (ProfilingState each : ProfilingState.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw json.defect("profiling is " + Excerpt.of(name) + "; accepted: never, cold, on, draining");
    }

    private void readEntries() throws IOException, ReportException {
        json.beginArray("entries");
        while (json.parser().nextToken() != JsonToken.END_ARRAY) {
            entries.add(entry());
        }
    }

    private AllocEntry entry() throws IOException, ReportException {
        final PlaceMembers place = new PlaceMembers(json);
        Long bytes = null;
        Long calls = null;
        Boolean accurate = null;
        Boolean unloaded = null;
        boolean declared = false;
        CodeTag declaration = null;
        json.beginObject("an entry");
        for (String name = json.nextMember(); name != null; name = json.nextMember()) {
            switch (name) {
                case "bytes" -> bytes = json.number(name, 0);
                case "calls" -> calls = json.number(name, 0);
                case "accurate" -> accurate = json.bool(name);
                case "unloaded" -> unloaded = json.bool(name);
                case "declaration" -> {
                    declaration = declaration();
                    declared = true;
                }
                default -> place.take(name);
            }
        }
        if (!declared) {
            throw json.defect("the entry has no member 'declaration'");
        }
        final AllocCounts counts = new AllocCounts(json.require(bytes, "bytes"), json.require(calls, "calls"));
        return new AllocEntry(
                0,
                pool.only(place.tag()),
                declaration,
                counts,
                json.require(accurate, "accurate"),
                json.require(unloaded, "unloaded"));
    }

    private @Nullable CodeTag declaration() throws IOException, ReportException {
        if (json.parser().currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        final PlaceMembers place = new PlaceMembers(json);
        json.beginObject("a declaration");
        for (String name = json.nextMember(); name != null; name = json.nextMember()) {
            place.take(name);
        }
        return pool.only(place.tag());
    }
}
