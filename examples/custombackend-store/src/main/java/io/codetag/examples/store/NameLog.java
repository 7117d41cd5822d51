package io.codetag.examples.store;

import static io.codetag.examples.store.FileLayout.BLOCK_BYTES;
import static io.codetag.examples.store.FileLayout.CODE_AT;
import static io.codetag.examples.store.FileLayout.CRC_AT;
import static io.codetag.examples.store.FileLayout.MAX_TEXT_BYTES;
import static io.codetag.examples.store.FileLayout.NAMES;
import static io.codetag.examples.store.FileLayout.TEXT_AT;
import static io.codetag.examples.store.FileLayout.TEXT_LENGTH_AT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The names behind codes: records appended to blocks of names.
 *
 * <p>A record is complete once its length is there, and the length is written last. A process that is killed in the
 * middle therefore leaves a record of length 0, and whatever is read up to it is whole. After a crash of the machine,
 * which may keep the length and lose the text, the checksum tells.
 */
final class NameLog {
    private final MappedFile file;
    private @Nullable ByteBuffer block;
    private int end;

    NameLog(MappedFile file) {
        this.file = file;
    }

    synchronized void append(int code, String name) {
        final byte[] text = Utf8.bytes(name, MAX_TEXT_BYTES);
        ByteBuffer target = block;
        if (target == null || end + TEXT_AT + text.length > BLOCK_BYTES) {
            target = file.takeBlock(NAMES, 0).order(ByteOrder.LITTLE_ENDIAN);
            block = target;
            end = 0;
        }
        target.putInt(end + CODE_AT, code);
        target.putInt(end + CRC_AT, checksum(code, text));
        target.put(end + TEXT_AT, text);
        FileLayout.intRelease(target, end + TEXT_LENGTH_AT, text.length);
        end = FileLayout.nextRecord(end, text.length);
    }

    /**
     * Reads the records of one block into a map.
     *
     * @return how many were torn
     */
    static int read(ByteBuffer block, Map<Integer, String> names) {
        int torn = 0;
        for (int at = 0; at + TEXT_AT < BLOCK_BYTES; ) {
            final int length = FileLayout.intAcquire(block, at + TEXT_LENGTH_AT);
            final int code = FileLayout.intAcquire(block, at + CODE_AT);
            if (length == 0) {
                return code == 0 ? torn : torn + 1; // begun and not finished: the writer died here
            }
            if (length < 0 || length > MAX_TEXT_BYTES || at + TEXT_AT + length > BLOCK_BYTES) {
                return torn + 1; // the next one cannot be found
            }
            final byte[] text = new byte[length];
            block.get(at + TEXT_AT, text);
            if (FileLayout.intAcquire(block, at + CRC_AT) == checksum(code, text)) {
                names.put(code, new String(text, UTF_8));
            } else {
                torn++;
            }
            at = FileLayout.nextRecord(at, length);
        }
        return torn;
    }

    private static int checksum(int code, byte[] text) {
        final CRC32 crc = new CRC32();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            crc.update(code >>> shift);
        }
        crc.update(text);
        return (int) crc.getValue();
    }
}
