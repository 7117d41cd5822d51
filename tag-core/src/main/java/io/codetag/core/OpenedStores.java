package io.codetag.core;

import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import org.jspecify.annotations.Nullable;

/**
 * The stores of a choice, opened; or the choice of none if a backend failed to open.
 *
 * @param choice what holds now
 * @param references the stores; null if these pages are not profiled
 * @param failure why opening failed; null if it did not
 */
record OpenedStores(
        StoreChoice choice,
        @Nullable References references,
        @Nullable Throwable failure) {
    static OpenedStores open(StoreChoice choice) {
        final PageTagStoreProvider main = choice.main();
        if (main == null) {
            return new OpenedStores(choice, null, null);
        }
        try {
            final PageTagStore mainStore = main.open(choice.request());
            final PageTagStoreProvider overflow = choice.overflow();
            return new OpenedStores(
                    choice, new References(mainStore, overflow == null ? null : overflow.open(choice.request())), null);
        } catch (RuntimeException | Error failure) {
            return new OpenedStores(choice.failed("a storage backend failed to open: " + failure), null, failure);
        }
    }
}
