package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.TagScope;
import io.codetag.examples.pagecache.spi.HostPages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A growing table of records of one size, in pages.
 *
 * <p>A container, so that a line in here would say nothing: it keeps the tag that was current when it was made, and
 * whatever it allocates later is charged to that tag. The report shows who <em>made</em> the table, also when another
 * thread makes it grow.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class MetadataTable implements AutoCloseable {
    private static final int BLOCK_ORDER = 1;
    private static final int BLOCK_BYTES = HostPages.PAGE_BYTES << BLOCK_ORDER;

    private final PagePool pool;
    private final AllocTag owner;
    private final int recordBytes;
    private final int recordsPerBlock;
    private final List<Long> blocks = new ArrayList<>();

    /**
     * Makes an empty table on behalf of the current tag.
     *
     * @param pool where its pages come from
     * @param recordBytes bytes of a record, 1 to 8 192
     */
    MetadataTable(PagePool pool, int recordBytes) {
        this.pool = pool;
        this.owner = AllocTags.current();
        this.recordBytes = recordBytes;
        this.recordsPerBlock = BLOCK_BYTES / recordBytes;
    }

    /**
     * Writes a record, making room for it if needed.
     *
     * @param row its number, 0 or more
     * @param record its bytes
     */
    synchronized void put(long row, byte[] record) {
        while (blocks.size() <= row / recordsPerBlock) {
            grow();
        }
        at(row).put(record, 0, recordBytes);
    }

    /**
     * Reads a record.
     *
     * @param row its number, 0 or more
     * @return its bytes; all 0 if it was never written
     */
    synchronized byte[] get(long row) {
        final byte[] record = new byte[recordBytes];
        if (row / recordsPerBlock < blocks.size()) {
            at(row).get(record);
        }
        return record;
    }

    @Override
    public synchronized void close() {
        blocks.forEach(pool::free);
        blocks.clear();
    }

    private ByteBuffer at(long row) {
        final long pfn = blocks.get((int) (row / recordsPerBlock));
        return pool.buffer(pfn).position((int) (row % recordsPerBlock) * recordBytes);
    }

    @SuppressWarnings("try") // a scope is entered and left, not used
    private void grow() {
        try (TagScope onBehalfOfOwner = owner.enter()) {
            final long pfn = pool.allocate(BLOCK_ORDER);
            pool.buffer(pfn).put(new byte[BLOCK_BYTES]); // pages come as the last user left them
            blocks.add(pfn);
        }
    }
}
