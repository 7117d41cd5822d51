package io.codetag.tools.report;

import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.PlaceText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as folded stacks, which flame graph programs read: {@code frame;frame;frame bytes}.
 *
 * <p>The frames are the module in brackets, the folders of the path, the file, and {@code function:line}. Names are escaped
 * as in the text report, {@code ;} with them, and a {@code [} at the beginning of a path that follows no module. Tags that
 * own nothing are left out; equal stacks are added up.
 *
 * @since 0.1
 */
public final class FoldedWriter {
    private FoldedWriter() {}

    /**
     * Writes a report.
     *
     * @param sample the report
     * @param out where to; it is left open
     * @throws IOException if that fails
     */
    public static void write(Sample sample, OutputStream out) throws IOException {
        final Map<String, Long> stacks = new TreeMap<>();
        for (AllocEntry entry : sample.info().entries()) {
            stacks.merge(stack(entry.place()), entry.bytes(), Long::sum);
        }
        final Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        for (Map.Entry<String, Long> each : stacks.entrySet()) {
            if (each.getValue() > 0) {
                text.append(each.getKey())
                        .append(' ')
                        .append(String.valueOf(each.getValue()))
                        .append('\n');
            }
        }
        text.flush();
    }

    private static String stack(CodeTag place) {
        final @Nullable String module = place.module();
        final String path = frame(place.path()).replace('/', ';');
        final String stack = path + ';' + frame(place.function()) + ':' + place.line();
        if (module == null || module.isEmpty()) {
            return stack.startsWith("[") ? "\\133" + stack.substring(1) : stack; // else it reads as a module
        }
        return '[' + frame(module) + "];" + stack;
    }

    private static String frame(String name) {
        return PlaceText.escape(name).replace(";", "\\073");
    }
}
