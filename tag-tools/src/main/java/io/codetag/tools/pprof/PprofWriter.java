package io.codetag.tools.pprof;

import static io.codetag.tools.pprof.ProfileFields.FUNCTION_FILENAME;
import static io.codetag.tools.pprof.ProfileFields.FUNCTION_ID;
import static io.codetag.tools.pprof.ProfileFields.FUNCTION_NAME;
import static io.codetag.tools.pprof.ProfileFields.FUNCTION_START_LINE;
import static io.codetag.tools.pprof.ProfileFields.FUNCTION_SYSTEM_NAME;
import static io.codetag.tools.pprof.ProfileFields.LABEL_KEY;
import static io.codetag.tools.pprof.ProfileFields.LABEL_STR;
import static io.codetag.tools.pprof.ProfileFields.LINE_FUNCTION_ID;
import static io.codetag.tools.pprof.ProfileFields.LINE_LINE;
import static io.codetag.tools.pprof.ProfileFields.LOCATION_ID;
import static io.codetag.tools.pprof.ProfileFields.LOCATION_LINE;
import static io.codetag.tools.pprof.ProfileFields.LOCATION_MAPPING_ID;
import static io.codetag.tools.pprof.ProfileFields.MAPPING_FILENAME;
import static io.codetag.tools.pprof.ProfileFields.MAPPING_HAS_FILENAMES;
import static io.codetag.tools.pprof.ProfileFields.MAPPING_HAS_FUNCTIONS;
import static io.codetag.tools.pprof.ProfileFields.MAPPING_HAS_LINE_NUMBERS;
import static io.codetag.tools.pprof.ProfileFields.MAPPING_ID;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_COMMENT;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_DEFAULT_SAMPLE_TYPE;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_FUNCTION;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_LOCATION;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_MAPPING;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_PERIOD;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_PERIOD_TYPE;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_SAMPLE;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_SAMPLE_TYPE;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_STRING_TABLE;
import static io.codetag.tools.pprof.ProfileFields.PROFILE_TIME_NANOS;
import static io.codetag.tools.pprof.ProfileFields.SAMPLE_LABEL;
import static io.codetag.tools.pprof.ProfileFields.SAMPLE_LOCATION_ID;
import static io.codetag.tools.pprof.ProfileFields.SAMPLE_VALUE;
import static io.codetag.tools.pprof.ProfileFields.VALUE_TYPE_TYPE;
import static io.codetag.tools.pprof.ProfileFields.VALUE_TYPE_UNIT;

import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.tools.report.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a report as a profile that pprof reads: one sample of one frame for each tag that owns memory.
 *
 * <p>Sample types are {@code inuse_objects} (live calls) and {@code inuse_space} (live bytes, the default). A tag's code
 * module is the mapping of its frame and, if it has one, the label {@code module}; the labels {@code accurate} and
 * {@code state} repeat the markers of the text report.
 *
 * @since 0.1
 */
public final class PprofWriter {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final OutputStream out;
    private final ProfileStrings strings = new ProfileStrings();
    private final ProfileFrames frames = new ProfileFrames();
    private final Map<CodeTag, Integer> locations = new HashMap<>();

    /** Reused: a field of the profile, what is inside it, and what is inside that. */
    private final ProtoMessage field = new ProtoMessage();

    private final ProtoMessage content = new ProtoMessage();
    private final ProtoMessage inner = new ProtoMessage();

    private PprofWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes a profile.
     *
     * @param sample the report and when it was taken
     * @param out where to; it is left open
     * @throws IOException if that fails
     */
    public static void write(Sample sample, OutputStream out) throws IOException {
        final GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 13);
        new PprofWriter(zipped).write(sample);
        zipped.finish();
    }

    private void write(Sample sample) throws IOException {
        final List<AllocEntry> live = sample.info().entries().stream()
                .filter(entry -> entry.bytes() > 0 || entry.calls() > 0)
                .toList();
        valueType(PROFILE_SAMPLE_TYPE, "inuse_objects", "count");
        valueType(PROFILE_SAMPLE_TYPE, "inuse_space", "bytes");
        valueType(PROFILE_PERIOD_TYPE, "space", "bytes");
        field.number(PROFILE_PERIOD, 1)
                .number(PROFILE_TIME_NANOS, nanos(sample.takenAt()))
                .number(PROFILE_DEFAULT_SAMPLE_TYPE, strings.indexOf("inuse_space"))
                .number(PROFILE_COMMENT, strings.indexOf("allocinfo: exact, every live allocation is counted"))
                .drainTo(out);
        for (AllocEntry entry : live) {
            frames.add(entry.place());
        }
        for (AllocEntry entry : live) {
            sample(entry, location(entry.place()));
        }
        functions();
        mappings();
        for (byte[] utf8 : strings.table()) {
            field.string(PROFILE_STRING_TABLE, utf8).drainTo(out);
        }
    }

    private void valueType(int number, String type, String unit) throws IOException {
        content.clear().number(VALUE_TYPE_TYPE, strings.indexOf(type)).number(VALUE_TYPE_UNIT, strings.indexOf(unit));
        field.message(number, content).drainTo(out);
    }

    private void sample(AllocEntry entry, int location) throws IOException {
        content.clear()
                .packed(SAMPLE_LOCATION_ID, location)
                .packed(SAMPLE_VALUE, Math.max(0, entry.calls()), Math.max(0, entry.bytes()));
        final String module = entry.place().module();
        if (module != null && !module.isEmpty()) {
            label("module", module);
        }
        if (!entry.accurate()) {
            label("accurate", "no");
        }
        if (entry.unloaded()) {
            label("state", "unloaded");
        }
        field.message(PROFILE_SAMPLE, content).drainTo(out);
    }

    private void label(String key, String value) {
        inner.clear().number(LABEL_KEY, strings.indexOf(key)).number(LABEL_STR, strings.indexOf(value));
        content.message(SAMPLE_LABEL, inner);
    }

    /** Returns the id of the location of a place, writing it the first time. */
    private int location(CodeTag place) throws IOException {
        final Integer known = locations.get(place);
        if (known != null) {
            return known;
        }
        final int id = locations.size() + 1;
        locations.put(place, id);
        inner.clear().number(LINE_FUNCTION_ID, frames.functionOf(place)).number(LINE_LINE, place.line());
        content.clear()
                .number(LOCATION_ID, id)
                .number(LOCATION_MAPPING_ID, frames.mappingOf(place))
                .message(LOCATION_LINE, inner);
        field.message(PROFILE_LOCATION, content).drainTo(out);
        return id;
    }

    private void functions() throws IOException {
        for (var each : frames.functions().entrySet()) {
            final ProfileFrames.Function function = each.getKey();
            content.clear()
                    .number(FUNCTION_ID, each.getValue().id())
                    .number(FUNCTION_NAME, strings.indexOf(function.name()))
                    .number(FUNCTION_SYSTEM_NAME, strings.indexOf(function.systemName()))
                    .number(FUNCTION_FILENAME, strings.indexOf(function.file()))
                    .number(FUNCTION_START_LINE, each.getValue().startLine());
            field.message(PROFILE_FUNCTION, content).drainTo(out);
        }
    }

    /** Writes the mappings; they say that all is known, so that pprof looks for no binary file. */
    private void mappings() throws IOException {
        for (var each : frames.mappings().entrySet()) {
            content.clear()
                    .number(MAPPING_ID, each.getValue())
                    .number(MAPPING_FILENAME, strings.indexOf(each.getKey().name()))
                    .number(MAPPING_HAS_FUNCTIONS, 1)
                    .number(MAPPING_HAS_FILENAMES, 1)
                    .number(MAPPING_HAS_LINE_NUMBERS, 1);
            field.message(PROFILE_MAPPING, content).drainTo(out);
        }
    }

    /** Returns nanoseconds since 1970; 0, which means unknown, for what a long cannot hold (beyond the year 2262). */
    private static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
        } catch (ArithmeticException tooFar) {
            return 0;
        }
    }
}
