package io.codetag.examples.pagecache.spi;

import java.io.IOException;
import java.util.zip.DataFormatException;

/**
 * Inflates entries of archives into pages of the host. Plugins are found by {@link java.util.ServiceLoader}.
 *
 * <p><b>Thread safety.</b> {@link #inflate} is called by several threads at once; {@link #open} before, {@link #close}
 * after all of them.
 */
public interface EntryInflater extends AutoCloseable {
    /**
     * Gets ready.
     *
     * @param pages where to allocate
     */
    void open(HostPages pages);

    /**
     * Says whether this inflater wants an entry.
     *
     * @param entry the entry's name
     * @param inflatedBytes its size
     * @return whether to hand it to {@link #inflate}
     */
    boolean accepts(String entry, long inflatedBytes);

    /**
     * Inflates one entry. Whatever happens, no block stays behind but those that the sink took.
     *
     * @param compressed the entry's raw deflate stream
     * @param inflatedBytes its size, as the archive says
     * @param sink takes the blocks
     * @throws IOException if the file cannot be read
     * @throws DataFormatException if the entry is damaged
     */
    void inflate(ByteSource compressed, long inflatedBytes, EntrySink sink) throws IOException, DataFormatException;

    /** Frees whatever is still held. */
    @Override
    void close();
}
