package io.codetag.examples.pagecache.plugin;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.examples.pagecache.spi.ByteSource;
import io.codetag.examples.pagecache.spi.EntryInflater;
import io.codetag.examples.pagecache.spi.EntrySink;
import io.codetag.examples.pagecache.spi.HostPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates large entries piece by piece.
 *
 * <p>Has two call sites: the pieces, which the host's cache keeps and evicts, and the input buffers, which are used
 * again and again and freed on close. Both tags belong to this plugin's class loader, hence to its code module.
 */
public final class LargeEntryInflater implements EntryInflater {
    private static final AllocTag PIECE = AllocTags.here();
    private static final AllocTag INPUT = AllocTags.here();

    private static final long LARGE = 32 << 10;
    private static final int PIECE_ORDER = 4;
    private static final int PIECE_BYTES = HostPages.PAGE_BYTES << PIECE_ORDER;
    private static final int INPUT_ORDER = 2;

    private final Queue<Long> idleInputs = new ConcurrentLinkedQueue<>();
    private @Nullable HostPages pages;

    /** For the service loader. */
    public LargeEntryInflater() {}

    @Override
    public void open(HostPages hostPages) {
        pages = hostPages;
        idleInputs.add(inputBuffer());
    }

    @Override
    public boolean accepts(String entry, long inflatedBytes) {
        return inflatedBytes > LARGE;
    }

    @Override
    public void inflate(ByteSource compressed, long inflatedBytes, EntrySink sink)
            throws IOException, DataFormatException {
        final Long idle = idleInputs.poll();
        final long input = idle == null ? inputBuffer() : idle;
        final Inflater inflater = new Inflater(true);
        try {
            final ByteBuffer in = pages().buffer(input);
            inflater.setInput(in.limit(0));
            while (!inflater.finished()) {
                inflatePiece(inflater, in, compressed, sink);
                if (inflater.getBytesWritten() > inflatedBytes) {
                    throw new DataFormatException("the entry is longer than the archive says");
                }
            }
        } finally {
            inflater.end();
            idleInputs.add(input);
        }
    }

    @Override
    public void close() {
        for (Long input = idleInputs.poll(); input != null; input = idleInputs.poll()) {
            pages().free(input);
        }
    }

    private long inputBuffer() {
        return pages().allocate(INPUT_ORDER, INPUT);
    }

    private void inflatePiece(Inflater inflater, ByteBuffer in, ByteSource compressed, EntrySink sink)
            throws IOException, DataFormatException {
        final long piece = pages().allocate(PIECE_ORDER, PIECE);
        boolean kept = false;
        try {
            final ByteBuffer out = pages().buffer(piece).limit(PIECE_BYTES);
            while (out.hasRemaining() && !inflater.finished()) {
                if (inflater.inflate(out) == 0 && !inflater.finished()) {
                    refill(inflater, in, compressed);
                }
            }
            if (out.position() > 0) {
                pages().trim(piece, HostPages.orderFor(out.position()));
                sink.keep(piece, out.position());
                kept = true;
            }
        } finally {
            if (!kept) {
                pages().free(piece);
            }
        }
    }

    private static void refill(Inflater inflater, ByteBuffer in, ByteSource compressed)
            throws IOException, DataFormatException {
        if (!inflater.needsInput() || compressed.read(in.clear()) < 0) {
            throw new DataFormatException("the entry ends too early, or needs a dictionary");
        }
        inflater.setInput(in.flip());
    }

    private HostPages pages() {
        return Objects.requireNonNull(pages, "not open");
    }
}
