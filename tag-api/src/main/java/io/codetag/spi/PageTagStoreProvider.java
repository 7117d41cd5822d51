package io.codetag.spi;

import io.codetag.PageFlagsLayout;
import org.jspecify.annotations.Nullable;

/**
 * Makes stores of one kind. Found by {@link java.util.ServiceLoader}; declare it in {@code META-INF/services} (by
 * {@code @AutoService}, for the class path) and by {@code provides … with} (for the module path).
 *
 * <p><b>Thread safety.</b> Called by several threads, never under an allocator's lock.
 *
 * @since 0.1
 */
public interface PageTagStoreProvider {
    /** The name of the backend that keeps references in the allocator's flag words. */
    String PAGE_FLAGS = "pageflags";

    /** The name of the backend that keeps references in a sparse side table. */
    String PAGE_EXT = "pageext";

    /**
     * Returns the name that {@code codetag.storage} selects this backend by.
     *
     * @return lower-case letters, digits and hyphens; unique
     */
    String name();

    /**
     * Returns the rank of this backend in automatic selection; the highest suitable one is taken, equal ones by name.
     *
     * @return {@code pageflags} has 200, {@code pageext} 100; a backend below 0 is only ever taken by name, neither
     *     automatically nor for overflow
     */
    int priority();

    /**
     * Says whether this backend can serve a request at all, however many tags there are.
     *
     * @param request the pages
     * @return yes, or no with the reason
     */
    Suitability check(StoreRequest request);

    /**
     * Says what the largest code of a store for this request would be; called only if {@link #check} said yes.
     *
     * @param request the pages
     * @return the largest code
     */
    int maxCode(StoreRequest request);

    /**
     * Opens a store; called only if {@link #check} said yes. Allocates nothing that depends on the number of pages.
     *
     * @param request the pages
     * @return a store whose codes are all 0
     */
    PageTagStore open(StoreRequest request);

    /**
     * Returns the field of the flag word that a store for this request keeps its codes in. The tagger then reads and
     * writes it without calling the store wherever the allocator hands its word over.
     *
     * @param request the pages
     * @return the field; null for a store that keeps its codes elsewhere
     */
    default PageFlagsLayout.@Nullable Field fieldInWord(StoreRequest request) {
        return null;
    }
}
