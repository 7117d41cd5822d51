package io.codetag.examples.pagecache.spi;

/** Takes the inflated blocks of one entry, in order. Used by one thread. */
@FunctionalInterface
public interface EntrySink {
    /**
     * Hands a block over to the cache, which frees it some day.
     *
     * @param pfn its first page
     * @param bytes how many of its bytes are in use
     */
    void keep(long pfn, int bytes);
}
