package io.codetag.pageflags;

import io.codetag.FlagWords;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** An allocator's own form of flag words: all 0 but for a few, so that there can be very many. */
final class SparseFlagWords implements FlagWords {
    private final ConcurrentHashMap<Long, Long> words = new ConcurrentHashMap<>();
    private final long size;

    SparseFlagWords(long size) {
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long get(long pfn) {
        return words.getOrDefault(Objects.checkIndex(pfn, size), 0L);
    }

    @Override
    public boolean compareAndSet(long pfn, long expected, long word) {
        Objects.checkIndex(pfn, size);
        return (expected == 0 && words.putIfAbsent(pfn, word) == null) || words.replace(pfn, expected, word);
    }
}
