package io.codetag.examples.pagecache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/**
 * Finds the central directory of a zip file, from its end.
 *
 * <p>What stands before the zip proper (the four bytes of a jmod, the script of a self-extracting file) shifts every
 * position in it; how far follows from where the directory is and where it says it is.
 *
 * @param start where the directory begins in the file, in bytes
 * @param entries how many entries it has
 * @param shift the bytes in front of the zip proper
 */
record ArchiveDirectory(long start, int entries, long shift) {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;

    /**
     * Finds the directory.
     *
     * @param reader reads the file
     * @param size bytes of the file
     * @return where the directory is
     * @throws IOException if the file cannot be read, or is no zip file of the plain kind
     */
    static ArchiveDirectory find(FileReader reader, long size) throws IOException {
        final int length = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        final ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        reader.read(size - length, tail);
        for (int at = length - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE) {
                return parse(tail, at, size - length + at);
            }
        }
        throw new ZipException("no zip file");
    }

    private static ArchiveDirectory parse(ByteBuffer tail, int at, long end) throws ZipException {
        final int entries = Short.toUnsignedInt(tail.getShort(at + 10));
        final long bytes = Integer.toUnsignedLong(tail.getInt(at + 12));
        final long claimed = Integer.toUnsignedLong(tail.getInt(at + 16));
        if (entries == 0xffff || claimed == 0xffff_ffffL) {
            throw new ZipException("a zip64 file, which this example does not read");
        }
        final long start = end - bytes;
        if (start < claimed) {
            throw new ZipException("the directory is not where it says");
        }
        return new ArchiveDirectory(start, entries, start - claimed);
    }
}
