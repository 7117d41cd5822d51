/**
 * The backend {@code pageext}: references sit in a side table, one slot for each page, created only where needed.
 *
 * <p>The table consists of sections of 8 192 pages. A section takes 16 KiB (2 bytes a page) from the first time one of
 * its pages gets a code, and 32 KiB more from the first code that does not fit 2 bytes. Sections are found by way of a
 * directory chunk for each 512 sections, 4 KiB with compressed references, created with the first of them.
 *
 * <p>Worked out, for pages of 4 KiB: an address space of 1 TiB (2<sup>28</sup> pages) costs some 60 bytes until it is
 * touched, some 20 KiB with one page touched, and 515 MiB with every page touched: 0.05 % of the memory it describes.
 */
@NullMarked
package io.codetag.pageext;

import org.jspecify.annotations.NullMarked;
