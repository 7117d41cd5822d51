package io.codetag.examples.pagecache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An entry of an archive, as its index holds it.
 *
 * <pre>
 *    0         8           16         24     28      30            32
 *    | header  | compressed | inflated | crc | method | name length | name …
 * </pre>
 *
 * @param header where its local header is in the file, in bytes
 * @param compressed its bytes in the file
 * @param inflated its bytes inflated
 * @param crc the CRC-32 of these
 * @param method 0 stored, 8 deflated
 * @param name its name
 */
record ArchiveEntry(long header, long compressed, long inflated, int crc, int method, String name) {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int NAME_OFFSET = 32;

    /** Returns the bytes that an entry takes in an index. */
    static int indexedBytes(int nameLength) {
        return NAME_OFFSET + nameLength;
    }

    /** Reads the next entry of an index. */
    static ArchiveEntry get(ByteBuffer index) {
        final long header = index.getLong();
        final long compressed = index.getLong();
        final long inflated = index.getLong();
        final int crc = index.getInt();
        final int method = index.getShort();
        final byte[] name = new byte[Short.toUnsignedInt(index.getShort())];
        index.get(name);
        return new ArchiveEntry(header, compressed, inflated, crc, method, new String(name, StandardCharsets.UTF_8));
    }

    /** Appends an entry to an index; the name follows. */
    static void put(
            ByteBuffer index, long header, long compressed, long inflated, int crc, int method, int nameLength) {
        index.putLong(header).putLong(compressed).putLong(inflated).putInt(crc);
        index.putShort((short) method).putShort((short) nameLength);
    }
}
