package io.codetag.tools.page;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a report as one HTML file that needs nothing else: no network, no other file, no server.
 *
 * <p>Its content policy lets it run its own script and nothing else, and send nothing anywhere. Names are data: they
 * stand in a block of JSON that no name can end, and the script puts them into the page as text only.
 */
public final class HtmlReport {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)}}");

    private HtmlReport() {}

    /**
     * Writes a report, in UTF-8.
     *
     * @param content what it shows
     * @param out where to; flushed, but not closed
     * @throws IOException if {@code out} throws it
     */
    public static void write(PageContent content, OutputStream out) throws IOException {
        final Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        write(writer, content.title(), PageAssets.POLICY, data -> PageJson.write(content, data));
        writer.flush();
    }

    /** Writes the page with some data. */
    static void write(Appendable out, String title, String policy, Data data) throws IOException {
        final Map<String, String> parts = Map.of(
                "title",
                escape(title),
                "policy",
                policy,
                "licences",
                escape(PageAssets.LICENSES),
                "notice",
                PageAssets.LICENSES.replace("--", "- -"),
                "style",
                PageAssets.STYLE,
                "script",
                PageAssets.SCRIPT);
        final String template = PageAssets.TEMPLATE;
        final Matcher matcher = PLACEHOLDER.matcher(template);
        int done = 0;
        for (MatchResult found : matcher.results().toList()) {
            out.append(template, done, found.start());
            if (found.group(1).equals("data")) {
                data.write(out);
            } else {
                out.append(parts.get(found.group(1)));
            }
            done = found.end();
        }
        out.append(template, done, template.length());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Writes the JSON that a page shows. */
    @FunctionalInterface
    interface Data {
        void write(Appendable out) throws IOException;
    }
}
