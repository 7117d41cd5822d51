package io.codetag.examples.pagecache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes files for tests. */
final class Samples {
    private Samples() {}

    /** Returns bytes that deflate to about half. */
    static byte[] bytes(Random random, int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            bytes[i] &= 0x0f;
        }
        return bytes;
    }

    static Path file(Path path, byte[] content) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.write(path, content);
    }

    /** Returns a zip file with some bytes in front, one deflated entry of each length, and one stored entry. */
    static byte[] zip(Random random, byte[] front, int... lengths) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int length : lengths) {
                zip.putNextEntry(new ZipEntry("entry-of-" + length));
                zip.write(bytes(random, length));
                zip.closeEntry();
            }
            final byte[] stored = bytes(random, 5000);
            final ZipEntry entry = new ZipEntry("stored");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(stored.length);
            final CRC32 crc = new CRC32();
            crc.update(stored);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(stored);
            zip.closeEntry();
        }
        final byte[] zipped = out.toByteArray();
        final byte[] whole = new byte[front.length + zipped.length];
        System.arraycopy(front, 0, whole, 0, front.length);
        System.arraycopy(zipped, 0, whole, front.length, zipped.length);
        return whole;
    }
}
