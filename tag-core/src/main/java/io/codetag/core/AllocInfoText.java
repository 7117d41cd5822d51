package io.codetag.core;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The text report, byte for byte in the form of Linux' {@code /proc/allocinfo}, so that its readers work:
 * {@code sort -g allocinfo | tail | numfmt --to=iec}.
 *
 * <pre>
 * allocinfo - version: 2.0
 * #     &lt;size&gt;  &lt;calls&gt; &lt;tag info&gt;
 *       151552       37 com/acme/cache/PageCache.java:214 func:readAhead
 *        81920       20 com/acme/plugin/Zip.java:94 [zip-plugin] func:inflate accurate:no
 * </pre>
 *
 * <p>A line has the live bytes, at least 12 wide, the live calls, at least 8 wide, {@code path:line}, the module in
 * brackets unless it is a core tag, {@code func:} and the function, and the markers {@code accurate:no} and
 * {@code state:unloaded} in this order where they hold. One blank parts the fields and one ends the line. Numbers below
 * zero are printed as 0. The line is 0 where the class does not tell it.
 *
 * <p><b>Escapes.</b> White space, control and format characters, halves of surrogate pairs and backslashes inside a name
 * are written as their bytes in UTF-8, each as a backslash and three octal digits, as in {@code /proc/mounts}: a blank
 * is {@code \040}. So a line is parsed without doubt: the path ends before the last colon of the third field, the fourth
 * field is the module if it begins with a bracket, and decoding the escapes gives the names back exactly.
 *
 * <p>Writing streams: about 8 KiB are buffered, whatever the number of entries.
 *
 * @since 0.1
 */
public enum AllocInfoText {
    /** Without markers. */
    V1_0("1.0"),
    /** With markers. */
    V2_0("2.0");

    private static final int BUFFER = 1 << 13;
    private static final int SIZE_WIDTH = 12;
    private static final int CALLS_WIDTH = 8;

    private static final String[] BLANKS = new String[SIZE_WIDTH + 1];

    static {
        for (int i = 0; i < BLANKS.length; i++) {
            BLANKS[i] = " ".repeat(i);
        }
    }

    private final String version;

    AllocInfoText(String version) {
        this.version = version;
    }

    /**
     * Returns the version as the header prints it.
     *
     * @return such as {@code 2.0}
     */
    public String version() {
        return version;
    }

    /**
     * Writes header and entries, in the order they have.
     *
     * @param info the entries
     * @param out where to
     * @throws IOException if {@code out} throws it
     */
    public void write(AllocInfo info, Appendable out) throws IOException {
        final StringBuilder buffer = new StringBuilder(BUFFER + 256);
        appendHeader(buffer);
        for (AllocEntry entry : info.entries()) {
            appendLine(buffer, entry);
            if (buffer.length() >= BUFFER) {
                out.append(buffer);
                buffer.setLength(0);
            }
        }
        out.append(buffer);
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
     * Writes header and entries in UTF-8, in the order they have.
     *
     * @param info the entries
     * @param out where to; flushed, but not closed
     * @throws IOException if {@code out} throws it
     */
    public void write(AllocInfo info, OutputStream out) throws IOException {
        write(info, new Utf8(out));
        out.flush();
    }

    /**
     * Writes a name as it stands in a report: with its white space, control and format characters, halves of surrogate
     * pairs and backslashes escaped. Different names stay different.
     *
     * @param name a path, a module or a function
     * @return the name as reports show it
     */
    public static String escape(String name) {
        return PlaceText.escape(name);
    }

    /** Appends the two lines of the header. */
    void appendHeader(StringBuilder text) {
        text.append("allocinfo - version: ").append(version).append('\n');
        text.append("#     <size>  <calls> <tag info>\n");
    }

    /** Appends the line of one entry. */
    void appendLine(StringBuilder text, AllocEntry entry) {
        appendPadded(text, entry.bytes(), SIZE_WIDTH);
        text.append(' ');
        appendPadded(text, entry.calls(), CALLS_WIDTH);
        text.append(' ');
        PlaceText.append(text, entry.place());
        if (this != V1_0) {
            appendMarkers(text, entry);
        }
        text.append(" \n");
    }

    /** Appends the line of one entry with its bytes in human units and without the blank at the end. */
    static void appendHumanLine(StringBuilder text, AllocEntry entry) {
        final int start = text.length();
        HumanBytes.append(text, Math.max(0, entry.bytes()));
        pad(text, start, SIZE_WIDTH);
        text.append(' ');
        appendPadded(text, entry.calls(), CALLS_WIDTH);
        text.append(' ');
        PlaceText.append(text, entry.place());
        appendMarkers(text, entry);
    }

    private static void appendMarkers(StringBuilder text, AllocEntry entry) {
        if (!entry.accurate()) {
            text.append(" accurate:no");
        }
        if (entry.unloaded()) {
            text.append(" state:unloaded");
        }
    }

    private static void appendPadded(StringBuilder text, long value, int width) {
        final long printed = Math.max(0, value);
        int blanks = width - 1;
        for (long rest = printed; rest >= 10 && blanks > 0; rest /= 10) {
            blanks--;
        }
        text.append(BLANKS[blanks]).append(printed);
    }

    private static void pad(StringBuilder text, int start, int width) {
        final int missing = width - (text.length() - start);
        if (missing > 0) {
            text.insert(start, BLANKS[missing]);
        }
    }

    /** Encodes what is appended as a whole, which takes a fraction of the time of encoding character by character. */
    private record Utf8(OutputStream out) implements Appendable {
        @Override
        public Appendable append(CharSequence text) throws IOException {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text.subSequence(start, end));
        }

        @Override
        public Appendable append(char character) throws IOException {
            return append(String.valueOf(character));
        }
    }
}
