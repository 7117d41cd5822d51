package io.codetag.micrometer;

import java.util.Set;

/**
 * The things that have series of their own.
 *
 * @param tags tags
 * @param pages allocators, by name
 * @param storage allocators, by name and store
 */
record SeriesSet(Set<TagKey> tags, Set<String> pages, Set<StorageKey> storage) {
    static final SeriesSet NONE = new SeriesSet(Set.of(), Set.of(), Set.of());
}
