package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.examples.pagecache.spi.HostPages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file that the cache may hold blocks of.
 *
 * <p>Its name is memory too, though not pages: the list of digests needs it as bytes, and these are charged as long as
 * the file is known. The reference that {@link AllocTag#charge} returns is kept beside the memory it stands for.
 */
final class SourceFile implements AutoCloseable {
    private static final AllocTag NAMES = AllocTags.here();

    private static final int LARGEST_BLOCK_ORDER = 3;

    private final long number;
    private final Path path;
    private final long size;
    private final byte[] name;
    private final int nameReference;

    /**
     * Notes a file.
     *
     * @param number its number, unique in a cache
     * @param path where it is
     * @param size its size in bytes
     */
    SourceFile(long number, Path path, long size) {
        this.number = number;
        this.path = path;
        this.size = size;
        this.name = path.toString().getBytes(StandardCharsets.UTF_8);
        this.nameReference = NAMES.charge(name.length);
    }

    long number() {
        return number;
    }

    long size() {
        return size;
    }

    Path path() {
        return path;
    }

    /** Returns the path in UTF-8; not to be written to. */
    byte[] name() {
        return name;
    }

    /** Returns log2 of the pages of its blocks: small files get small blocks. The last one may be smaller still. */
    int blockOrder() {
        return Math.min(LARGEST_BLOCK_ORDER, HostPages.orderFor(size));
    }

    @Override
    public void close() {
        AllocTags.discharge(nameReference, name.length);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
