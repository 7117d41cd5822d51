package io.codetag.tools.pprof;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A protocol buffer message that is being put together: the part of the encoding that a profile needs.
 *
 * <pre>
 *   field:   | key: number &lt;&lt; 3 | wire type |  payload                     |
 *   type 0:                                |  varint                      |
 *   type 2:                                |  varint: length | bytes …    |
 *   varint:  7 bits a byte, the lowest first; the top bit says that more follow
 * </pre>
 *
 * Numbers that are 0 are left out, as proto3 does. One instance is filled, written, cleared and filled again.
 */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes = new byte[256];
    private int size;

    /** Adds a number, unless it is 0; a negative one takes ten bytes. */
    ProtoMessage number(int field, long value) {
        if (value != 0) {
            varint((long) field << 3 | VARINT);
            varint(value);
        }
        return this;
    }

    /** Adds numbers in one field, none left out. */
    ProtoMessage packed(int field, long... values) {
        int length = 0;
        for (long value : values) {
            length += lengthOf(value);
        }
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(length);
        for (long value : values) {
            varint(value);
        }
        return this;
    }

    /** Adds another message. */
    ProtoMessage message(int field, ProtoMessage other) {
        return delimited(field, other.bytes, other.size);
    }

    /** Adds the bytes of a string in UTF-8, also when there are none. */
    ProtoMessage string(int field, byte[] utf8) {
        return delimited(field, utf8, utf8.length);
    }

    /** Writes what was added, as it stands, and forgets it. */
    void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }

    /** Forgets what was added. */
    ProtoMessage clear() {
        size = 0;
        return this;
    }

    private ProtoMessage delimited(int field, byte[] content, int length) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(length);
        ensure(length);
        System.arraycopy(content, 0, bytes, size, length);
        size += length;
        return this;
    }

    private void varint(long value) {
        ensure(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private static int lengthOf(long value) {
        return value == 0 ? 1 : (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7;
    }
}
