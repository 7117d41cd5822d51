package io.codetag.core;

import javax.management.ConstructorParameters;

/**
 * One page of a report, as a client of JMX gets it.
 *
 * <p>All pages with one report number are cut from one snapshot, so together they have every tag once. When the number
 * changes on the way, begin again with page 0.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class ReportPage {
    private final String text;
    private final int page;
    private final int pages;
    private final int matchingEntries;
    private final long reportId;
    private final long contentId;
    private final boolean consistent;

    /**
     * Makes a page.
     *
     * @param text the entries of this page
     * @param page the number of this page, from 0
     * @param pages the number of pages; 0 if no tag matched
     * @param matchingEntries the tags on all pages
     * @param reportId the number of the snapshot that the page is cut from
     * @param contentId the content id when that snapshot was complete
     * @param consistent whether the set of tags stayed the same while it was taken
     */
    @ConstructorParameters({"text", "page", "pages", "matchingEntries", "reportId", "contentId", "consistent"})
    public ReportPage(
            String text, int page, int pages, int matchingEntries, long reportId, long contentId, boolean consistent) {
        this.text = text;
        this.page = page;
        this.pages = pages;
        this.matchingEntries = matchingEntries;
        this.reportId = reportId;
        this.contentId = contentId;
        this.consistent = consistent;
    }

    /**
     * Returns the entries of this page, in the format that was asked for.
     *
     * @return the text; in the text formats the header is on page 0 only, so that pages can be put together; in JSON each
     *     page is a document of its own
     */
    public String getText() {
        return text;
    }

    /**
     * Returns the number of this page.
     *
     * @return from 0
     */
    public int getPage() {
        return page;
    }

    /**
     * Returns the number of pages.
     *
     * @return pages; 0 if no tag matched
     */
    public int getPages() {
        return pages;
    }

    /**
     * Returns how many tags are on all pages.
     *
     * @return tags
     */
    public int getMatchingEntries() {
        return matchingEntries;
    }

    /**
     * Returns the number of the snapshot that this page is cut from.
     *
     * @return the same on all pages that belong together
     */
    public long getReportId() {
        return reportId;
    }

    /**
     * Returns the content id when the snapshot was complete. If {@link ProfilerMXBean#getContentId()} tells another one,
     * tags came or went since then.
     *
     * @return the content id
     */
    public long getContentId() {
        return contentId;
    }

    /**
     * Says whether the set of tags stayed the same while the snapshot was taken.
     *
     * @return whether it did
     */
    public boolean isConsistent() {
        return consistent;
    }
}
