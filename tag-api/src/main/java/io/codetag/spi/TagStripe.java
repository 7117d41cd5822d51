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
 *   near[row] --> the chunk of the lowest codes, which takes in others; only if one thread writes the stripe
 *
 *   chunk:  | taken 0 | given 0 | taken 1 | given 1 | … | taken 255 | given 255 |
 *   near:   the same, with a power of two of chunks, all of whose places in the directory refer to it
 * </pre>
 *
 * Directories and chunks are created on first use. A counter in the near chunk of its row is found by one load and one
 * comparison, and nobody asks whether the stripe is shared. The near chunk grows by copying when a further chunk is
 * created: to 1 024 codes whatever of them is in use, and to 131 072 where a quarter of its parts are. Codes far apart
 * keep chunks of their own.
 *
 * <p>Both counts only grow. A reader that reads every <em>given</em> before any <em>taken</em> therefore never sees less
 * than what is live at the moment between: a given that it sees was preceded by its taken. A zero read that way is a
 * true zero, whatever splits and frees are under way. That holds while chunks are copied: a reader that has the old
 * chunk got it before the new one was published, and finds in it everything that was counted until then.
 *
 * <p><b>Thread safety.</b> An exclusive stripe has one writing thread at a time: plain read, opaque or release write. A
 * shared stripe has any number: atomic adds. A stripe is never both. Anyone may read. Making room takes the stripe's own
 * lock.
 *
 * @since 0.1
 */
public final class TagStripe {
    /** How many tags have their counters in one chunk, and in one part of a near chunk. */
    private static final int TAGS_PER_CHUNK = 256;

    /** The largest code a stripe counts for. */
    public static final int MAX_CODE = (1 << 24) - 1;

    private static final int CHUNK_SHIFT = 8;

    /** So many chunks become one whatever of them is in use. */
    private static final int ALWAYS_NEAR = 4;

    /** Of more, one part in so many has to be in use. */
    private static final int PARTS_PER_USED = 4;

    /** More chunks than these, 2 MiB, never become one. */
    private static final int MOST_NEAR = 512;

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle DIRECTORY = MethodHandles.arrayElementVarHandle(long[][][].class);
    private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(long[][].class);

    private static final long[] NOT_NEAR = {};

    private final long[] @Nullable [] @Nullable [] rows;

    /** Empty if the stripe is shared. Written and read by its own thread. */
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
     * Makes room for the counters of a tag, which may wait for another thread that does.
     *
     * @param row the row, in range
     * @param code the tag's code
     * @return whether there is room; not if there is no memory for it or the code is out of range
     */
    public boolean prepare(int row, int code) {
        return isPrepared(row, code) || create(row, code);
    }

    /**
     * Says whether there is room for the counters of a tag; never waits.
     *
     * @param row the row, in range
     * @param code the tag's code
     * @return whether there is room
     */
    public boolean isPrepared(int row, int code) {
        return chunk(row, code) != null;
    }

    /**
     * Counts what was taken; never waits. In an exclusive stripe only its writer may.
     *
     * @param row the row, in range
     * @param code the tag's code
     * @param amount how much, 0 or more
     * @return whether it was counted; not if there is no room for it
     */
    public boolean take(int row, int code, long amount) {
        final long @Nullable [] chunk = chunk(row, code);
        if (chunk == null) {
            return false;
        }
        final int cell = cell(chunk, code);
        if (shared) {
            CELL.getAndAdd(chunk, cell, amount);
        } else {
            CELL.setOpaque(chunk, cell, (long) CELL.get(chunk, cell) + amount);
        }
        return true;
    }

    /**
     * Counts what was given back; never waits. In an exclusive stripe only its writer may.
     *
     * @param row the row, in range
     * @param code the tag's code
     * @param amount how much, 0 or more
     * @return whether it was counted; not if there is no room for it
     */
    public boolean give(int row, int code, long amount) {
        final long @Nullable [] chunk = chunk(row, code);
        if (chunk == null) {
            return false;
        }
        final int cell = cell(chunk, code) + 1;
        if (shared) {
            CELL.getAndAdd(chunk, cell, amount);
        } else {
            CELL.setRelease(chunk, cell, (long) CELL.get(chunk, cell) + amount);
        }
        return true;
    }

    /**
     * Counts one that was taken, if its counter is near.
     *
     * @param row the row
     * @param code the tag's code, 0 or more
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
     * @param code the tag's code, 0 or more
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
     * @param row the row, in range
     * @param code the tag's code
     * @return the count
     */
    public long taken(int row, int code) {
        final long @Nullable [] chunk = chunk(row, code);
        return chunk == null ? 0 : (long) CELL.getAcquire(chunk, cell(chunk, code));
    }

    /**
     * Reads what was given back of one tag.
     *
     * @param row the row, in range
     * @param code the tag's code
     * @return the count
     */
    public long given(int row, int code) {
        final long @Nullable [] chunk = chunk(row, code);
        return chunk == null ? 0 : (long) CELL.getAcquire(chunk, cell(chunk, code) + 1);
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
        final int chunks = Math.min(directory.length, (bytes.length + TAGS_PER_CHUNK - 1) >>> CHUNK_SHIFT);
        for (int i = 0; i < chunks; i++) {
            final long @Nullable [] chunk = (long[]) CHUNK.getAcquire(directory, i);
            if (chunk != null) {
                final int base = i << CHUNK_SHIFT;
                final int end = Math.min(TAGS_PER_CHUNK, bytes.length - base);
                final int first = cell(chunk, base) + side;
                for (int tag = 0; tag < end; tag++) {
                    final long count = (long) CELL.getAcquire(chunk, first + (tag << 1));
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
                long[] counted = null;
                for (int i = 0; i < directory.length; i++) {
                    final long @Nullable [] chunk = (long[]) CHUNK.getAcquire(directory, i);
                    if (chunk != null && chunk != counted) { // the parts of a near chunk follow each other
                        bytes += HeapSizes.array(chunk.length, Long.BYTES);
                        counted = chunk;
                    }
                }
            }
        }
        return bytes;
    }

    private long @Nullable [] @Nullable [] directory(int row) {
        return (long[][]) DIRECTORY.getAcquire(rows, row);
    }

    private long @Nullable [] chunk(int row, int code) {
        final long @Nullable [] @Nullable [] directory = directory(row);
        final int index = code >>> CHUNK_SHIFT;
        return directory == null || index >= directory.length ? null : (long[]) CHUNK.getAcquire(directory, index);
    }

    /** Returns where a tag was taken; where it was given back comes next. */
    private static int cell(long[] chunk, int code) {
        return (code << 1) & (chunk.length - 1); // a power of two
    }

    /*
     * A chunk is published before anyone counts in it; one of a shared stripe is never replaced. A directory that grows is
     * copied: whoever still holds the old one finds the chunks of then, in which a writer of a shared stripe counts all the
     * same, or comes here.
     */
    private synchronized boolean create(int row, int code) {
        if (code < 0 || code > MAX_CODE) {
            return false;
        }
        try {
            final int index = code >>> CHUNK_SHIFT;
            long @Nullable [] @Nullable [] directory = rows[row];
            if (directory == null || index >= directory.length) {
                final int length = Math.max(ALWAYS_NEAR, Integer.highestOneBit(index) << 1);
                directory = directory == null ? new long[length] @Nullable [] : Arrays.copyOf(directory, length);
                DIRECTORY.setRelease(rows, row, directory);
            }
            if (directory[index] == null) {
                CHUNK.setRelease(directory, index, new long[2 * TAGS_PER_CHUNK]);
            }
            if (!shared) {
                bringNear(row, directory, index);
            }
        } catch (OutOfMemoryError none) {
            return isPrepared(row, code); // what is not near is found all the same
        }
        return true;
    }

    /** Makes one of the lowest chunks, if the one that has just been created is among them. */
    private void bringNear(int row, long[] @Nullable [] directory, int created) {
        final int parts = created < MOST_NEAR ? nearParts(directory, created) : 0;
        if (parts <= created) {
            return;
        }
        final long[] lowest = directory[0];
        if (parts == 1 && lowest != null) {
            near[row] = lowest;
            return;
        }
        final long[] joined = new long[parts * 2 * TAGS_PER_CHUNK];
        for (int i = 0; i < parts; i++) {
            final long[] chunk = directory[i];
            if (chunk != null) {
                System.arraycopy(
                        chunk,
                        cell(chunk, i << CHUNK_SHIFT),
                        joined,
                        cell(joined, i << CHUNK_SHIFT),
                        2 * TAGS_PER_CHUNK);
            }
        }
        near[row] = NOT_NEAR; // wherever this is broken off, who counts finds what readers read
        for (int i = 0; i < parts; i++) {
            CHUNK.setRelease(directory, i, joined);
        }
        near[row] = joined;
    }

    /** Returns the most of the lowest chunks, a power of two, of which enough are in use. */
    private static int nearParts(long[] @Nullable [] directory, int created) {
        int most = 0;
        int used = 0;
        for (int parts = 1; parts <= Math.min(directory.length, MOST_NEAR); parts <<= 1) {
            final int before = used;
            for (int part = parts >> 1; part < parts; part++) {
                final long[] chunk = directory[part];
                if (chunk != null && (part == created || isUsed(chunk, part))) {
                    used++;
                }
            }
            if (used > before && (parts <= ALWAYS_NEAR || used * PARTS_PER_USED >= parts)) {
                most = parts;
            }
        }
        return most;
    }

    private static boolean isUsed(long[] chunk, int part) {
        final int first = cell(chunk, part << CHUNK_SHIFT);
        for (int cell = first; cell < first + 2 * TAGS_PER_CHUNK; cell++) {
            if (chunk[cell] != 0) {
                return true;
            }
        }
        return false;
    }
}
