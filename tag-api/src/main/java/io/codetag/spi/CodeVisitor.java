package io.codetag.spi;

/**
 * Receives the non-zero codes of a range of pages in ascending order of pfn.
 *
 * @see PageTagStore#scan(long, long, CodeVisitor)
 * @since 0.1
 */
@FunctionalInterface
public interface CodeVisitor {
    /**
     * Takes one page.
     *
     * @param pfn the page
     * @param code its code, never 0
     * @return the pfn to go on with, at least {@code pfn + 1}; larger to skip pages
     */
    long visit(long pfn, int code);
}
