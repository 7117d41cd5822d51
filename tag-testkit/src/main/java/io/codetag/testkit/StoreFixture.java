package io.codetag.testkit;

import io.codetag.spi.PageTagStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * What a backend's test supplies; opens stores and closes them after each requirement. Part of {@link
 * PageTagStoreContract}.
 *
 * @since 0.1
 */
public abstract class StoreFixture {
    /** As many pages as most requirements need; stores with fewer are grown up to it. */
    protected static final long PAGES = 20_000;

    private final List<PageTagStore> opened = new ArrayList<>();

    StoreFixture() {}

    /**
     * Opens a store. Called several times in a test; each store is closed after it.
     *
     * @param pageCount the number of pages: up to {@link #PAGES}, or {@link #largePageCount()}
     * @return a new store whose codes are all 0
     */
    protected abstract PageTagStore openStore(long pageCount);

    /**
     * Returns a number of pages so large that nobody would take memory for all of them.
     *
     * @return pages; 2<sup>28</sup>, that is 1 TiB of 4 KiB pages, unless overridden
     */
    protected long largePageCount() {
        return 1L << 28;
    }

    /**
     * Gives access to bits that share memory with the codes of a store; a backend that keeps its codes in memory of its
     * own has none.
     *
     * @param store a store that {@link #openStore} returned
     * @return the bits; null unless overridden
     */
    protected @Nullable NeighbourBits neighbours(PageTagStore store) {
        return null;
    }

    /** Closes the stores of a test. */
    @AfterEach
    final void closeStores() {
        for (PageTagStore store : opened) {
            store.close();
        }
        opened.clear();
    }

    final PageTagStore open(long pageCount) {
        final PageTagStore store = openStore(pageCount);
        opened.add(store);
        return store;
    }

    /** Returns codes of 0 to 4 bytes, as far as the store holds them, in ascending order. */
    static int[] palette(PageTagStore store) {
        final int max = store.maxCode();
        final TreeSet<Integer> codes = new TreeSet<>(
                List.of(0, 1, 2, 3, 4, 15, 255, 256, 4_095, 65_534, 65_535, 65_536, 65_538, 1 << 24, max - 1, max));
        return codes.headSet(max, true).stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns a code of any width that the store holds. */
    static int anyCode(PageTagStore store, Random random) {
        final int bits = 1 + random.nextInt(Integer.SIZE - 1);
        return Math.min(store.maxCode(), random.nextInt() >>> (Integer.SIZE - bits));
    }
}
