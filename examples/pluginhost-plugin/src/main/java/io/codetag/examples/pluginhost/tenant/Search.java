package io.codetag.examples.pluginhost.tenant;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.util.List;

/** What finds the catalogue again. Ten call sites, each with a tag of its own. */
final class Search {
    private static final AllocTag TERMS = AllocTags.here();
    private static final AllocTag POSTINGS = AllocTags.here();
    private static final AllocTag FACETS = AllocTags.here();
    private static final AllocTag SYNONYMS = AllocTags.here();
    private static final AllocTag RANKINGS = AllocTags.here();
    private static final AllocTag SNIPPETS = AllocTags.here();
    private static final AllocTag SUGGESTIONS = AllocTags.here();
    private static final AllocTag QUERIES = AllocTags.here();
    private static final AllocTag CLICKS = AllocTags.here();
    private static final AllocTag SPELLINGS = AllocTags.here();

    static final List<CallSite> CALL_SITES = List.of(
            new CallSite(TERMS, Search::terms),
            new CallSite(POSTINGS, Search::postings),
            new CallSite(FACETS, Search::facets),
            new CallSite(SYNONYMS, Search::synonyms),
            new CallSite(RANKINGS, Search::rankings),
            new CallSite(SNIPPETS, Search::snippets),
            new CallSite(SUGGESTIONS, Search::suggestions),
            new CallSite(QUERIES, Search::queries),
            new CallSite(CLICKS, Search::clicks),
            new CallSite(SPELLINGS, Search::spellings));

    private Search() {}

    private static long terms(PageAllocator pages) {
        return pages.allocate(1, TERMS);
    }

    private static long postings(PageAllocator pages) {
        return pages.allocate(2, POSTINGS);
    }

    private static long facets(PageAllocator pages) {
        return pages.allocate(0, FACETS);
    }

    private static long synonyms(PageAllocator pages) {
        return pages.allocate(0, SYNONYMS);
    }

    private static long rankings(PageAllocator pages) {
        return pages.allocate(0, RANKINGS);
    }

    private static long snippets(PageAllocator pages) {
        return pages.allocate(0, SNIPPETS);
    }

    private static long suggestions(PageAllocator pages) {
        return pages.allocate(0, SUGGESTIONS);
    }

    private static long queries(PageAllocator pages) {
        return pages.allocate(0, QUERIES);
    }

    private static long clicks(PageAllocator pages) {
        return pages.allocate(0, CLICKS);
    }

    private static long spellings(PageAllocator pages) {
        return pages.allocate(0, SPELLINGS);
    }
}
