package io.codetag.examples.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where everything is in a reference file. Numbers are little-endian, sizes are bytes.
 *
 * <pre>
 *   file    | header  | stretch 0     | stretch 1     | ...
 *             4 096     2 101 248       2 101 248
 *
 *   header     0  magic           8   written last; 0 while the file is being made, and once its store was closed
 *              8  version         4
 *             12  page size       4   bytes of one page
 *             16  page count      8
 *             24  process id      8
 *             32  process start   8   milliseconds since 1970, 0 if unknown
 *             40  name length     4
 *             44  allocator name      UTF-8
 *
 *   stretch | table   | block 0 | block 1 | ... | block 63 |
 *             4 096     32 768
 *
 *   table     64 entries of 8: what each block holds
 *
 *             63                        2 1    0
 *             +--------------------------+------+
 *             |  number of the section   | kind |      kind: 0 not in use, 1 codes, 2 names
 *             +--------------------------+------+
 *
 *   codes     8 192 codes of 4: those of the pages from section * 8 192 on
 *
 *   names     records, each at a multiple of 8, none across blocks
 *              0  text length     4   written last: while it is 0 there is no complete record
 *              4  code            4
 *              8  CRC-32          4   of the code and the text
 *             12  text                UTF-8
 * </pre>
 *
 * A later record for a code replaces an earlier one. The file is as long as its stretches; blocks that were never
 * written take no disk where the file system knows holes.
 */
final class FileLayout {
    static final long MAGIC = 0x3150414D_47415443L; // "CTAGMAP1" as bytes
    static final int VERSION = 1;

    static final int HEADER_BYTES = 4096;
    static final int MAGIC_AT = 0;
    static final int VERSION_AT = MAGIC_AT + Long.BYTES;
    static final int PAGE_SIZE_AT = VERSION_AT + Integer.BYTES;
    static final int PAGE_COUNT_AT = PAGE_SIZE_AT + Integer.BYTES;
    static final int PROCESS_AT = PAGE_COUNT_AT + Long.BYTES;
    static final int START_AT = PROCESS_AT + Long.BYTES;
    static final int NAME_LENGTH_AT = START_AT + Long.BYTES;
    static final int NAME_AT = NAME_LENGTH_AT + Integer.BYTES;
    static final int MAX_NAME_BYTES = HEADER_BYTES - NAME_AT;

    static final int SECTION_SHIFT = 13;
    static final int SECTION_PAGES = 1 << SECTION_SHIFT;
    static final int BLOCK_BYTES = SECTION_PAGES * Integer.BYTES;

    static final int BLOCKS = 64;
    static final int TABLE_BYTES = 4096;
    static final int STRETCH_BYTES = TABLE_BYTES + BLOCKS * BLOCK_BYTES;

    static final int KIND_SHIFT = 2;
    static final int KIND_MASK = (1 << KIND_SHIFT) - 1;
    static final int CODES = 1;
    static final int NAMES = 2;

    static final int TEXT_LENGTH_AT = 0;
    static final int CODE_AT = TEXT_LENGTH_AT + Integer.BYTES;
    static final int CRC_AT = CODE_AT + Integer.BYTES;
    static final int TEXT_AT = CRC_AT + Integer.BYTES;
    static final int RECORD_ALIGNMENT = 8;
    static final int MAX_TEXT_BYTES = 4096;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ORDER);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ORDER);

    private FileLayout() {}

    static long stretchAt(long stretch) {
        return HEADER_BYTES + stretch * STRETCH_BYTES;
    }

    static int blockAt(int block) {
        return TABLE_BYTES + block * BLOCK_BYTES;
    }

    static int nextRecord(int at, int textBytes) {
        return (at + TEXT_AT + textBytes + RECORD_ALIGNMENT - 1) & -RECORD_ALIGNMENT;
    }

    static int intAcquire(ByteBuffer bytes, int at) {
        return (int) INT.getAcquire(bytes, at);
    }

    static void intRelease(ByteBuffer bytes, int at, int value) {
        INT.setRelease(bytes, at, value);
    }

    static boolean casInt(ByteBuffer bytes, int at, int expected, int value) {
        return INT.compareAndSet(bytes, at, expected, value);
    }

    static int getAndSetInt(ByteBuffer bytes, int at, int value) {
        return (int) INT.getAndSet(bytes, at, value);
    }

    static long longAcquire(ByteBuffer bytes, int at) {
        return (long) LONG.getAcquire(bytes, at);
    }

    static void longRelease(ByteBuffer bytes, int at, long value) {
        LONG.setRelease(bytes, at, value);
    }
}
