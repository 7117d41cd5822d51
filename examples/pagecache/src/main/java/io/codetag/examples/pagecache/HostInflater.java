package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.examples.pagecache.spi.ByteSource;
import io.codetag.examples.pagecache.spi.EntryInflater;
import io.codetag.examples.pagecache.spi.EntrySink;
import io.codetag.examples.pagecache.spi.HostPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates entries of one kind of archive into one block each, or several if they are long.
 *
 * <p>Three call sites, one a kind, so that the report tells apart what came out of zip, jar and jmod files.
 */
final class HostInflater implements EntryInflater {
    private static final AllocTag ZIP_ENTRY = AllocTags.here();
    private static final AllocTag JAR_ENTRY = AllocTags.here();
    private static final AllocTag JMOD_ENTRY = AllocTags.here();

    private static final int LARGEST_ORDER = 5;

    private final ArchiveKind kind;
    private @Nullable HostPages pages;

    HostInflater(ArchiveKind kind) {
        this.kind = kind;
    }

    @Override
    public void open(HostPages hostPages) {
        pages = hostPages;
    }

    @Override
    public boolean accepts(String entry, long inflatedBytes) {
        return true;
    }

    @Override
    public void inflate(ByteSource compressed, long inflatedBytes, EntrySink sink)
            throws IOException, DataFormatException {
        final Inflater inflater = new Inflater(true);
        try (Scratch scratch = new Scratch()) {
            long rest = inflatedBytes;
            while (rest > 0) {
                final int order = Math.min(LARGEST_ORDER, HostPages.orderFor(rest));
                final int length = (int) Math.min(rest, (long) HostPages.PAGE_BYTES << order);
                inflateBlock(inflater, compressed, scratch.bytes(), order, length, sink);
                rest -= length;
            }
        } finally {
            inflater.end();
        }
    }

    @Override
    public void close() {
        pages = null;
    }

    private void inflateBlock(
            Inflater inflater, ByteSource compressed, ByteBuffer input, int order, int length, EntrySink sink)
            throws IOException, DataFormatException {
        final long pfn = allocate(order);
        boolean kept = false;
        try {
            final ByteBuffer target = pages().buffer(pfn).limit(length);
            while (target.hasRemaining()) {
                if (inflater.inflate(target) == 0) {
                    if (!inflater.needsInput() || compressed.read(input.clear()) < 0) {
                        throw new DataFormatException("the entry is shorter than the archive says");
                    }
                    inflater.setInput(input.flip());
                }
            }
            sink.keep(pfn, length);
            kept = true;
        } finally {
            if (!kept) {
                pages().free(pfn);
            }
        }
    }

    private long allocate(int order) {
        return switch (kind) {
            case ZIP -> zipEntry(order);
            case JAR -> jarEntry(order);
            case JMOD -> jmodEntry(order);
        };
    }

    private long zipEntry(int order) {
        return pages().allocate(order, ZIP_ENTRY);
    }

    private long jarEntry(int order) {
        return pages().allocate(order, JAR_ENTRY);
    }

    private long jmodEntry(int order) {
        return pages().allocate(order, JMOD_ENTRY);
    }

    private HostPages pages() {
        return Objects.requireNonNull(pages, "not open");
    }
}
