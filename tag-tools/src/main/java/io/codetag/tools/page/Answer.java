package io.codetag.tools.page;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * What a request gets.
 *
 * @param type its content type
 * @param policy its content policy
 * @param body writes it; not called for a HEAD request, so that it asks nothing of the program
 */
record Answer(String type, String policy, Body body) {
    static final String PLAIN = "text/plain; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";

    /** Nothing but a page needs to load, run or show anything. */
    static final String NOTHING = "default-src 'none'";

    static Answer of(String type, Text text) {
        return new Answer(type, NOTHING, text.inUtf8());
    }

    /** Writes bytes. */
    @FunctionalInterface
    interface Body {
        void write(OutputStream out) throws IOException, Refusal;
    }

    /** Writes characters. */
    @FunctionalInterface
    interface Text {
        void write(Appendable out) throws IOException, Refusal;

        default Body inUtf8() {
            return out -> {
                final Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                write(writer);
                writer.flush();
            };
        }
    }
}
