package io.codetag.examples.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Text of bounded size. */
final class Utf8 {
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private Utf8() {}

    /** Returns the UTF-8 form of a text, cut between two characters if it is longer than allowed. */
    static byte[] bytes(String text, int maxBytes) {
        final byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length <= maxBytes) {
            return bytes;
        }
        int end = maxBytes;
        while (end > 0 && (bytes[end] & CONTINUATION_MASK) == CONTINUATION) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
