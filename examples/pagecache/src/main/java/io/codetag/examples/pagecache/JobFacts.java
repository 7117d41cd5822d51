package io.codetag.examples.pagecache;

/**
 * What a job did.
 *
 * @param files files read
 * @param fileBytes their bytes
 * @param archives how many of them are archives
 * @param entries entries of these
 * @param inflatedBytes bytes of the entries that came out whole
 * @param comparedBytes bytes of files and cached entries that were looked at twice and were the same
 * @param mismatches files and cached entries that were not the same
 * @param cache what the cache did
 * @param nanos how long it took
 */
record JobFacts(
        int files,
        long fileBytes,
        int archives,
        long entries,
        long inflatedBytes,
        long comparedBytes,
        int mismatches,
        CacheFacts cache,
        long nanos) {}
