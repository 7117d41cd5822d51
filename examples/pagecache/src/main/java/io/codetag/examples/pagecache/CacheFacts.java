package io.codetag.examples.pagecache;

/**
 * What a cache did.
 *
 * @param capacity bytes it may hold
 * @param bytes bytes of pages it holds
 * @param blocks how many blocks these are
 * @param hits look-ups that found a block
 * @param misses look-ups that did not
 * @param evictions blocks that made room for others
 */
record CacheFacts(long capacity, long bytes, int blocks, long hits, long misses, long evictions) {
    /**
     * Returns the share of look-ups that found a block.
     *
     * @return percent, 0 to 100
     */
    double hitPercent() {
        return hits + misses == 0 ? 0 : 100.0 * hits / (hits + misses);
    }
}
