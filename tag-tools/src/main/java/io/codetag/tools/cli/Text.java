package io.codetag.tools.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Words and numbers in sentences. */
final class Text {
    private Text() {}

    /** Formats a number with its groups parted. */
    static String grouped(long number) {
        return String.format(java.util.Locale.ROOT, "%,d", number);
    }

    /** Says how many there are of something. */
    static String count(long number, String one, String many) {
        return grouped(number) + ' ' + (number == 1 ? one : many);
    }

    /** Writes text and sends it off. */
    static void write(OutputStream out, CharSequence text) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
