package io.codetag.tools.cli;

import io.codetag.core.AllocInfoJson;
import io.codetag.core.AllocInfoText;
import io.codetag.tools.pprof.PprofWriter;
import io.codetag.tools.report.CsvWriter;
import io.codetag.tools.report.FoldedWriter;
import io.codetag.tools.report.Sample;
import io.codetag.tools.report.SeriesWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms of a report. */
enum ReportForm {
    TEXT_1_0("text-1.0"),
    TEXT_2_0("text-2.0"),
    JSON("json"),
    CSV("csv"),
    PPROF("pprof"),
    FOLDED("folded"),
    SERIES("series");

    private final String label;

    ReportForm(String label) {
        this.label = label;
    }

    /** Writes samples; where a form holds one report, the last. */
    void write(List<Sample> samples, OutputStream out) throws IOException {
        final Sample last = samples.get(samples.size() - 1);
        final OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        switch (this) {
            case TEXT_1_0 -> AllocInfoText.V1_0.write(last.info(), buffered);
            case TEXT_2_0 -> AllocInfoText.V2_0.write(last.info(), buffered);
            case JSON -> AllocInfoJson.ENTRIES.write(last.info(), buffered);
            case CSV -> CsvWriter.write(samples, buffered);
            case PPROF -> PprofWriter.write(last, buffered);
            case FOLDED -> FoldedWriter.write(last, buffered);
            case SERIES -> {
                for (Sample sample : samples) {
                    buffered.write(SeriesWriter.line(sample));
                }
            }
        }
        buffered.flush();
    }

    /** Reads the name of a form. */
    static final class Converter implements ITypeConverter<ReportForm> {
        @Override
        public ReportForm convert(String value) {
            for (ReportForm form : values()) {
                if (form.label.equals(value) || (form == TEXT_2_0 && value.equals("text"))) {
                    return form;
                }
            }
            throw new TypeConversionException("'" + value + "'; accepted: text, "
                    + Arrays.stream(values()).map(form -> form.label).collect(Collectors.joining(", ")));
        }
    }
}
