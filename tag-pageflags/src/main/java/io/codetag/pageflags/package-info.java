/**
 * The backend {@code pageflags}: a page's reference sits in spare bits of the 64-bit flag word that the allocator
 * keeps for the page anyway.
 *
 * <p>It takes no memory, and where the allocator hands its word over, no memory access either. What it can address is
 * bounded by the spare bits: 12 bits hold the codes 0 to 4 095, that is 4 093 tags.
 *
 * <p>The bits that no field of the layout covers have to be 0 when an allocator is attached, and when it grows: opening
 * reads no word.
 */
@NullMarked
package io.codetag.pageflags;

import org.jspecify.annotations.NullMarked;
