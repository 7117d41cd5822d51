package io.codetag.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One stripe of counters. For each row (the order of a block) and each tag it counts what was taken and what was given
 * back, separately; what is live is the difference, summed over all stripes.
 *
 * <pre>
 *   rows[row] --> directory[code / 256] --> chunk, 512 longs
 *   near[row] --> the first chunk, once it is there; only if one thread writes the stripe
 *
 *   chunk:  | taken 0 | given 0 | taken 1 | given 1 | … | taken 255 | given 255 |
 * </pre>
 *
 * Directories and chunks are created on first use. A counter in the first chunk of its row is <em>near</em>: one
 * load and one comparison find it, and nobody asks whether the stripe is shared. Both counts only grow. A reader that reads every <em>given</em>
 * before any <em>taken</em> therefore never sees less than what is live at the moment between: a given that it sees
 * was preceded by its taken. A zero read that way is a true zero, whatever splits and frees are under way.
 *
 * <p><b>Thread safety.</b> An exclusive stripe has one writing thread at a time: plain read, opaque or release write. A
 * shared stripe has any number: atomic adds. A stripe is never both. Anyone may read. Creating a chunk takes the
 * stripe's own lock.
 *
 * @since 0.1
 */
public final class TagStripe {
    /** How many tags have their counters in one chunk. */
    public static final int TAGS_PER_CHUNK = 256;

    /** The largest code a stripe counts for. */
    public static final int MAX_CODE = (1 << 24) - 1;

    private static final int CHUNK_SHIFT = 8;
    private static final int CHUNK_MASK = TAGS_PER_CHUNK - 1;
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle DIRECTORY = MethodHandles.arrayElementVarHandle(long[][][].class);
    private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(long[][].class);

    private static final long[] NOT_NEAR = {};

    private final long[] @Nullable [] @Nullable [] rows;

    /** Empty if the stripe is shared. Written by whoever creates the first chunk of a row, as its own thread reads it. */
    private final long[][] near;

    private final boolean shared;

    /**
     * Makes an empty stripe.
     *
     * @param rows the number of rows
     * @param shared whether several threads write it
     */
    public TagStripe(int rows, boolean shared) {
        this.rows = new long[rows] @Nullable [] @Nullable [];
        this.near = new long[shared ? 0 : rows][];
        this.shared = shared;
        Arrays.fill(near, NOT_NEAR);
    }

    /**
     * Says whether several threads write this stripe.
     *
     * @return true for a shared one
     */
    public boolean isShared() {
        return shared;
    }

    /**
     * Returns the number of rows.
     *
     * @return rows
     */
    public int rows() {
        return rows.length;
    }

    /**
     * Returns the chunk that counts for a tag, creating it if needed, which may wait for another thread that does.
     *
     * @param row the row, in range
     * @param code the tag's code
     * @return the chunk; null if there is no memory for it or the code is out of range
     */
    public long @Nullable [] chunk(int row, int code) {
        final long @Nullable [] chunk = chunkIfPresent(row, code);
        return chunk != null ? chunk : createChunk(row, code);
    }

    /**
     * Returns the chunk that counts for a tag if it was created; never waits.
     *
     * @param row the row, in range
     * @param code the tag's code
     * @return the chunk; null if this thread sees none
     */
    public long @Nullable [] chunkIfPresent(int row, int code) {
        final long @Nullable [] @Nullable [] directory = rows[row];
        final int index = code >>> CHUNK_SHIFT;
        return directory != null && index < directory.length ? directory[index] : null;
    }

    /**
     * Counts what was taken.
     *
     * @param chunk the chunk of the tag
     * @param code the tag's code
     * @param amount how much, 0 or more
     */
    public void take(long[] chunk, int code, long amount) {
        final int cell = (code & CHUNK_MASK) << 1;
        if (shared) {
            CELL.getAndAdd(chunk, cell, amount);
        } else {
            CELL.setOpaque(chunk, cell, (long) CELL.get(chunk, cell) + amount);
        }
    }

    /**
     * Counts what was given back.
     *
     * @param chunk the chunk of the tag
     * @param code the tag's code
     * @param amount how much, 0 or more
     */
    public void give(long[] chunk, int code, long amount) {
        final int cell = ((code & CHUNK_MASK) << 1) + 1;
        if (shared) {
            CELL.getAndAdd(chunk, cell, amount);
        } else {
            CELL.setRelease(chunk, cell, (long) CELL.get(chunk, cell) + amount);
        }
    }

    /**
     * Counts one that was taken, if its counter is near.
     *
     * @param row the row
     * @param code the tag's code
     * @return whether it was counted
     */
    public boolean takeNear(int row, int code) {
        final long[][] chunks = near;
        if (row >= 0 && row < chunks.length) {
            final long[] chunk = chunks[row];
            final int cell = code << 1;
            if (cell >= 0 && cell < chunk.length) {
                CELL.setOpaque(chunk, cell, chunk[cell] + 1);
                return true;
            }
        }
        return false;
    }

    /**
     * Counts one that was given back, if its counter is near.
     *
     * @param row the row
     * @param code the tag's code
     * @return whether it was counted
     */
    public boolean giveNear(int row, int code) {
        final long[][] chunks = near;
        if (row >= 0 && row < chunks.length) {
            final long[] chunk = chunks[row];
            final int cell = (code << 1) + 1;
            if (cell >= 0 && cell < chunk.length) {
                CELL.setRelease(chunk, cell, chunk[cell] + 1);
                return true;
            }
        }
        return false;
    }

    /**
     * Counts an amount that was taken in one row, and one in another, if both counters are near.
     *
     * @param amountRow the row of the amount
     * @param countRow the row of the one
     * @param code the tag's code, 0 or more
     * @param amount how much, 0 or more
     * @return whether both were counted; if not, neither was
     */
    public boolean takeNear(int amountRow, int countRow, int code, long amount) {
        final long[][] chunks = near;
        if (amountRow >= 0 && countRow >= 0 && amountRow < chunks.length && countRow < chunks.length) {
            final long[] amounts = chunks[amountRow];
            final long[] counts = chunks[countRow];
            final int cell = code << 1;
            if (cell >= 0 && cell < amounts.length && cell < counts.length) {
                CELL.setOpaque(amounts, cell, amounts[cell] + amount);
                CELL.setOpaque(counts, cell, counts[cell] + 1);
                return true;
            }
        }
        return false;
    }

    /**
     * Counts an amount that was given back in one row, and one in another, if both counters are near.
     *
     * @param amountRow the row of the amount
     * @param countRow the row of the one
     * @param code the tag's code, 0 or more
     * @param amount how much, 0 or more
     * @return whether both were counted; if not, neither was
     */
    public boolean giveNear(int amountRow, int countRow, int code, long amount) {
        final long[][] chunks = near;
        if (amountRow >= 0 && countRow >= 0 && amountRow < chunks.length && countRow < chunks.length) {
            final long[] amounts = chunks[amountRow];
            final long[] counts = chunks[countRow];
            final int cell = (code << 1) + 1;
            if (cell >= 0 && cell < amounts.length && cell < counts.length) {
                CELL.setRelease(amounts, cell, amounts[cell] + amount);
                CELL.setRelease(counts, cell, counts[cell] + 1);
                return true;
            }
        }
        return false;
    }

    /**
     * Reads what was taken of one tag.
     *
     * @param row the row
     * @param code the tag's code
     * @return the count
     */
    public long taken(int row, int code) {
        final long @Nullable [] chunk = existing(row, code >>> CHUNK_SHIFT);
        return chunk == null ? 0 : (long) CELL.getAcquire(chunk, (code & CHUNK_MASK) << 1);
    }

    /**
     * Reads what was given back of one tag.
     *
     * @param row the row
     * @param code the tag's code
     * @return the count
     */
    public long given(int row, int code) {
        final long @Nullable [] chunk = existing(row, code >>> CHUNK_SHIFT);
        return chunk == null ? 0 : (long) CELL.getAcquire(chunk, ((code & CHUNK_MASK) << 1) + 1);
    }

    /**
     * Adds one side of a row to sums by code. Each count is read once, so that bytes and calls are of one moment.
     *
     * @param row the row
     * @param takenSide true for what was taken, false for what was given back
     * @param bytesOfOne what one count adds to the bytes; negative takes off
     * @param callsOfOne what one count adds to the calls; negative takes off
     * @param bytes the sums of bytes; codes beyond its length are left out
     * @param calls the sums of calls, as long as those of bytes
     */
    public void addTo(int row, boolean takenSide, long bytesOfOne, long callsOfOne, long[] bytes, long[] calls) {
        final long @Nullable [] @Nullable [] directory = directory(row);
        if (directory == null) {
            return;
        }
        final int side = takenSide ? 0 : 1;
        final int chunks = Math.min(directory.length, (bytes.length + CHUNK_MASK) >>> CHUNK_SHIFT);
        for (int i = 0; i < chunks; i++) {
            final long @Nullable [] chunk = (long[]) CHUNK.getAcquire(directory, i);
            if (chunk != null) {
                final int base = i << CHUNK_SHIFT;
                final int end = Math.min(TAGS_PER_CHUNK, bytes.length - base);
                for (int tag = 0; tag < end; tag++) {
                    final long count = (long) CELL.getAcquire(chunk, (tag << 1) + side);
                    if (count != 0) {
                        bytes[base + tag] += count * bytesOfOne;
                        calls[base + tag] += count * callsOfOne;
                    }
                }
            }
        }
    }

    /**
     * Returns the memory of this stripe.
     *
     * @return bytes on the heap
     */
    public long bytesOccupied() {
        long bytes = HeapSizes.object(2 * HeapSizes.referenceBytes() + 1)
                + HeapSizes.references(rows.length)
                + HeapSizes.references(near.length);
        for (int row = 0; row < rows.length; row++) {
            final long @Nullable [] @Nullable [] directory = directory(row);
            if (directory != null) {
                bytes += HeapSizes.references(directory.length);
                for (int i = 0; i < directory.length; i++) {
                    if (CHUNK.getAcquire(directory, i) != null) {
                        bytes += HeapSizes.array(2 * TAGS_PER_CHUNK, Long.BYTES);
                    }
                }
            }
        }
        return bytes;
    }

    private long @Nullable [] @Nullable [] directory(int row) {
        return (long[][]) DIRECTORY.getAcquire(rows, row);
    }

    private long @Nullable [] existing(int row, int index) {
        final long @Nullable [] @Nullable [] directory = directory(row);
        return directory == null || index >= directory.length ? null : (long[]) CHUNK.getAcquire(directory, index);
    }

    /*
     * The chunk is published before anyone counts in it and is never replaced; a directory that grows is copied, and
     * whoever still holds the old one finds the same chunks, or comes here. A racy plain read of a directory sees null
     * where a chunk is missing, never a half-made chunk: a new array is all zeros to every thread.
     */
    private synchronized long @Nullable [] createChunk(int row, int code) {
        if (code < 0 || code > MAX_CODE) {
            return null;
        }
        try {
            final int index = code >>> CHUNK_SHIFT;
            long @Nullable [] @Nullable [] directory = rows[row];
            if (directory == null || index >= directory.length) {
                final int length = Math.max(index + 1, directory == null ? 4 : directory.length * 2);
                directory = directory == null ? new long[length] @Nullable [] : Arrays.copyOf(directory, length);
                DIRECTORY.setRelease(rows, row, directory);
            }
            long @Nullable [] chunk = directory[index];
            if (chunk == null) {
                chunk = new long[2 * TAGS_PER_CHUNK];
                CHUNK.setRelease(directory, index, chunk);
            }
            if (index == 0 && !shared) {
                near[row] = chunk;
            }
            return chunk;
        } catch (OutOfMemoryError none) {
            return null;
        }
    }
}
