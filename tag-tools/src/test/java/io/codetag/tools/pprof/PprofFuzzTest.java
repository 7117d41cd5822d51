package io.codetag.tools.pprof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.PlaceText;
import io.codetag.tools.hostile.HostileReports;
import io.codetag.tools.pprof.ParsedProfile.Frame;
import io.codetag.tools.report.Sample;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Whatever the names of classes, methods, files and modules,")
class PprofFuzzTest {
    private static List<Long> seeds() {
        return HostileReports.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("a profile is valid and gives them back exactly,")
    void givesBack(long seed) throws Exception {
        final Sample sample = HostileReports.sample(seed, 400);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        PprofWriter.write(sample, out);
        final Map<List<Object>, Long> expected = new HashMap<>();
        for (AllocEntry entry : sample.info().entries()) {
            final CodeTag place = entry.place();
            final String module = place.module() == null ? ProfileFrames.CORE : place.module();
            expected.merge(
                    List.of(module, place.className() + '.' + place.function(), place.path(), (long) place.line()),
                    entry.bytes(),
                    Long::sum);
        }
        final Map<List<Object>, Long> read = new HashMap<>();
        for (Frame frame : ParsedProfile.of(out.toByteArray()).frames()) {
            read.merge(
                    List.of(
                            PlaceText.unescape(frame.module()),
                            PlaceText.unescape(frame.function()),
                            PlaceText.unescape(frame.file()),
                            frame.line()),
                    frame.bytes(),
                    Long::sum);
        }
        assertEquals(expected, read);
    }
}
