package io.codetag.core;

import io.codetag.PageTagger;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import java.util.Objects;
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
        PageTagStore mainStore = null;
        PageTagStore overflowStore = null;
        try {
            mainStore = Objects.requireNonNull(main.open(choice.request()), "no store");
            final PageTagStoreProvider overflow = choice.overflow();
            overflowStore = overflow == null
                    ? null
                    : Objects.requireNonNull(overflow.open(choice.request()), "no overflow store");
            return new OpenedStores(choice, new References(mainStore, overflowStore), null);
        } catch (RuntimeException | Error failure) {
            close(mainStore);
            close(overflowStore);
            final String why = "a storage backend failed to open: " + Failures.describe(failure);
            return new OpenedStores(choice.failed(why), null, failure);
        }
    }

    /** Says where a tagger finds references. */
    PageTagger.Placement placement() {
        return references == null ? PageTagger.Placement.elsewhere() : references.placement(choice.fieldInWord());
    }

    private static void close(@Nullable PageTagStore store) {
        try {
            if (store != null) {
                store.close();
            }
        } catch (RuntimeException | Error again) {
            return; // the first failure is the one to report
        }
    }
}
