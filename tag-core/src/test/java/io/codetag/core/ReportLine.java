package io.codetag.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** One line of a text report, read back by the rules that {@link AllocInfoText} states and nothing else. */
record ReportLine(
        long bytes,
        long calls,
        String path,
        int line,
        @Nullable String module,
        String function,
        boolean accurate,
        boolean unloaded) {
    static ReportLine parse(String text) {
        final String[] fields = text.strip().split(" +", -1);
        final int colon = fields[2].lastIndexOf(':');
        int next = 3;
        String module = null;
        if (fields[next].startsWith("[")) {
            module = unescape(fields[next].substring(1, fields[next].length() - 1));
            next++;
        }
        if (!fields[next].startsWith("func:")) {
            throw new AssertionError("no function where it belongs: " + text);
        }
        final String function = unescape(fields[next++].substring("func:".length()));
        boolean accurate = true;
        if (next < fields.length && fields[next].equals("accurate:no")) {
            accurate = false;
            next++;
        }
        boolean unloaded = false;
        if (next < fields.length && fields[next].equals("state:unloaded")) {
            unloaded = true;
            next++;
        }
        if (next != fields.length) {
            throw new AssertionError("something follows the markers: " + text);
        }
        return new ReportLine(
                Long.parseUnsignedLong(fields[0]),
                Long.parseUnsignedLong(fields[1]),
                unescape(fields[2].substring(0, colon)),
                Integer.parseInt(fields[2].substring(colon + 1)),
                module,
                function,
                accurate,
                unloaded);
    }

    /** Gives a name back. Bytes are put in for the escapes, then read as UTF-8 that may hold halves of pairs. */
    static String unescape(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); ) {
            if (escaped.charAt(i) == '\\') {
                bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 4), 8));
                i += 4;
            } else {
                final int character = escaped.codePointAt(i);
                bytes.writeBytes(Character.toString(character).getBytes(UTF_8));
                i += Character.charCount(character);
            }
        }
        return decode(bytes.toByteArray());
    }

    private static String decode(byte[] bytes) {
        final StringBuilder name = new StringBuilder();
        for (int i = 0; i < bytes.length; ) {
            final int first = bytes[i] & 0xFF;
            final int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
            int character = more == 0 ? first : first & (0x3F >> more);
            for (int next = 1; next <= more; next++) {
                character = (character << 6) + (bytes[i + next] & 0x3F);
            }
            name.appendCodePoint(character);
            i += more + 1;
        }
        return name.toString();
    }
}
