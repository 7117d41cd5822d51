package io.codetag.core;

import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;
import io.codetag.spi.TagCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the stores for an allocator's pages.
 *
 * <pre>
 *   auto        the first by rank that has room; else the first that can serve at all, and then it overflows
 *   pageflags   page flags, or these pages are not profiled
 *   a name      that backend, or an error
 * </pre>
 */
final class StoreSelector {
    private final StoreCatalog catalog;
    private final PageSpec spec;
    private final Settings settings;
    private final String storage;
    private final StoreRequest request;

    StoreSelector(StoreCatalog catalog, PageSpec spec, Settings settings, int neededCode) {
        this.catalog = catalog;
        this.spec = spec;
        this.settings = settings;
        this.storage = spec.storage() == null ? settings.storage() : spec.storage();
        final int maxBits = spec.maxBits() < 0 ? settings.maxBits() : spec.maxBits();
        this.request = new StoreRequest(
                spec.name(), spec.pageCount(), spec.pageSize(), neededCode, spec.flags(), spec.layout(), maxBits);
    }

    /**
     * Decides.
     *
     * @throws IllegalArgumentException if a backend was asked for by name that is not there or cannot serve
     */
    StoreChoice choose() {
        if (storage.equals(Settings.AUTO)) {
            return automatic();
        }
        final PageTagStoreProvider named = catalog.named(storage);
        if (named == null) {
            throw new IllegalArgumentException("allocator '" + spec.name() + "' asks for storage '" + storage
                    + "', but the backends on the class path are: " + catalog.names()
                    + "; add the backend's jar, correct the name, or use auto");
        }
        final Suitability suitability = check(named);
        if (storage.equals(PageTagStoreProvider.PAGE_FLAGS)) {
            return pageFlagsOrNothing(named, suitability);
        }
        if (!suitability.suits()) {
            throw new IllegalArgumentException("allocator '" + spec.name() + "' asks for storage '" + storage
                    + "', which cannot serve it: " + suitability.reason() + "; use another backend, or auto");
        }
        return with(named, "asked for by name", null);
    }

    /**
     * Decides, and opens the stores. One that was asked for by name is honoured or fails; if another fails to open, the
     * pages are not profiled.
     *
     * @throws IllegalArgumentException if a backend was asked for by name that is not there, cannot serve or fails
     */
    OpenedStores open() {
        final OpenedStores opened = OpenedStores.open(choose());
        if (opened.failure() != null
                && !storage.equals(Settings.AUTO)
                && !storage.equals(PageTagStoreProvider.PAGE_FLAGS)) {
            throw new IllegalArgumentException(
                    "allocator '" + spec.name() + "' asks for storage '" + storage + "', but "
                            + opened.choice().reason() + "; mend it, use another backend, or auto",
                    opened.failure());
        }
        return opened;
    }

    private StoreChoice automatic() {
        final List<String> refusals = new ArrayList<>();
        PageTagStoreProvider largest = null;
        PageTagStoreProvider passedOver = null;
        for (PageTagStoreProvider provider : catalog.automatic()) {
            final Suitability suitability = check(provider);
            if (!suitability.suits()) {
                refusals.add(provider.name() + ": " + suitability.reason());
            } else if (provider.maxCode(request) >= request.neededCode()) {
                return with(provider, because(refusals, passedOver), fallbackWarning(provider, passedOver));
            } else {
                passedOver = passedOver == null ? provider : passedOver;
                final boolean larger = largest == null || provider.maxCode(request) > largest.maxCode(request);
                largest = larger ? provider : largest;
            }
        }
        if (largest != null) {
            return with(largest, "no backend has room for " + tags(request.neededCode()) + " tags", null);
        }
        final String why = catalog.automatic().isEmpty()
                ? "there is no storage backend; put codetag-pageext or codetag-pageflags beside codetag-core"
                : "no storage backend can serve (" + String.join("; ", refusals) + ")";
        return nothing(why);
    }

    private StoreChoice pageFlagsOrNothing(PageTagStoreProvider pageFlags, Suitability suitability) {
        if (!suitability.suits()) {
            return nothing("storage pageflags was asked for, but " + suitability.reason());
        }
        final StoreChoice choice = with(pageFlags, "asked for by name", null);
        if (choice.maxCode() < request.neededCode() && choice.policy() == OverflowPolicy.DISABLE) {
            return nothing("storage pageflags was asked for, but " + bits(pageFlags) + " bits name "
                    + tags(choice.maxCode()) + " tags and " + tags(request.neededCode()) + " are needed");
        }
        return choice;
    }

    private StoreChoice nothing(String why) {
        return new StoreChoice(request, null, null, 0, null, OverflowPolicy.DISABLE, why, why, Message.STORAGE_NONE);
    }

    private StoreChoice with(PageTagStoreProvider main, String why, @Nullable String warning) {
        final int maxCode = main.maxCode(request);
        final boolean boundless = tags(maxCode) >= TagRegistry.MAX_TAGS;
        final OverflowPolicy wanted = wantedPolicy();
        final PageTagStoreProvider overflow = (boundless && !mayYield(main)) || wanted == OverflowPolicy.DISABLE
                ? null
                : overflowStore(main, maxCode);
        final OverflowPolicy policy = boundless || overflow != null ? wanted : OverflowPolicy.DISABLE;
        final StringBuilder reason = new StringBuilder(why);
        if (!boundless && overflow == null && wanted != OverflowPolicy.DISABLE) {
            reason.append("; no overflow store is available, so the policy is disable");
        }
        reason.append("; ").append(whatWouldChange(main));
        return new StoreChoice(
                request,
                main,
                main.fieldInWord(request),
                maxCode,
                overflow,
                policy,
                reason.toString(),
                warning,
                Message.STORAGE_FALLBACK);
    }

    /** Says whether the allocator can claim bits of the main store later. */
    private boolean mayYield(PageTagStoreProvider main) {
        final PageFlagsLayout layout = spec.layout();
        return layout != null && layout.quiescence() != null && main.fieldInWord(request) != null;
    }

    private OverflowPolicy wantedPolicy() {
        if (spec.overflow() != null) {
            return Objects.requireNonNull(spec.overflow());
        }
        if (settings.overflow() != null) {
            return Objects.requireNonNull(settings.overflow());
        }
        return storage.equals(PageTagStoreProvider.PAGE_FLAGS) ? OverflowPolicy.DISABLE : OverflowPolicy.SWITCH;
    }

    private @Nullable PageTagStoreProvider overflowStore(PageTagStoreProvider main, int maxCode) {
        for (PageTagStoreProvider provider : catalog.automatic()) {
            if (provider != main
                    && check(provider).suits()
                    && provider.fieldInWord(request) == null
                    && (provider.maxCode(request) > maxCode
                            || tags(provider.maxCode(request)) >= TagRegistry.MAX_TAGS)) {
                return provider;
            }
        }
        return null;
    }

    private String because(List<String> refusals, @Nullable PageTagStoreProvider passedOver) {
        if (passedOver != null) {
            return passedOver.name() + " has room for " + tags(passedOver.maxCode(request)) + " tags, needed are "
                    + tags(request.neededCode());
        }
        return refusals.isEmpty() ? "the first by rank" : String.join("; ", refusals);
    }

    private @Nullable String fallbackWarning(PageTagStoreProvider taken, @Nullable PageTagStoreProvider passedOver) {
        return passedOver == null
                ? null
                : "allocator '" + spec.name() + "' falls back from " + passedOver.name() + " to " + taken.name() + ": "
                        + because(List.of(), passedOver) + " (" + Settings.HEADROOM + " of " + settings.headroom()
                        + " included)";
    }

    private String whatWouldChange(PageTagStoreProvider main) {
        if (!storage.equals(Settings.AUTO)) {
            return "codetag.storage=auto would choose by room";
        }
        return bits(main) > 0
                ? "a smaller codetag.pageflags.maxBits, more tags or codetag.storage would change this"
                : "more unused bits, a smaller codetag.headroom or codetag.storage would change this";
    }

    private Suitability check(PageTagStoreProvider provider) {
        try {
            final Suitability answer = provider.check(request);
            if (answer.suits()) { // whoever cannot answer what is asked next does not suit either
                provider.maxCode(request);
                provider.fieldInWord(request);
            }
            return answer;
        } catch (RuntimeException | Error failure) {
            return Suitability.no("it failed to answer: " + Failures.describe(failure));
        }
    }

    private int bits(PageTagStoreProvider provider) {
        final PageFlagsLayout.Field field = provider.fieldInWord(request);
        return field == null ? 0 : field.bits();
    }

    private static int tags(int code) {
        return TagCodes.addressableTags(code);
    }
}
