package io.codetag.core;

import io.codetag.spi.PageTagStoreProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The storage backends of this process, by rank: priority first, then name. */
final class StoreCatalog {
    /** A broken configuration file may fail anew at each step; this ends it. */
    static final int MAX_BROKEN = 64;

    private final List<PageTagStoreProvider> providers;

    private StoreCatalog(List<PageTagStoreProvider> providers) {
        this.providers = providers;
    }

    /**
     * Finds the backends; each is loaded on its own, and a broken one is reported and left out.
     *
     * @throws IllegalArgumentException if two have one name; the message names both and where they are
     */
    static StoreCatalog discover() {
        final ClassLoader loader = StoreCatalog.class.getClassLoader();
        return discover(ServiceLoader.load(PageTagStoreProvider.class, loader)::iterator);
    }

    static StoreCatalog discover(Supplier<Iterator<PageTagStoreProvider>> source) {
        final List<PageTagStoreProvider> found = new ArrayList<>();
        Iterator<PageTagStoreProvider> each = null;
        String last = "";
        for (int broken = 0; broken < MAX_BROKEN; ) {
            String what = "a storage backend was found that";
            try {
                if (each == null) {
                    each = source.get();
                }
                if (!each.hasNext()) {
                    break;
                }
                final PageTagStoreProvider provider = each.next();
                what = "the storage backend " + origin(provider);
                checkRankable(provider);
                found.add(provider);
                last = "";
            } catch (RuntimeException | Error failure) {
                broken++;
                final String reason = what + Failures.describe(failure);
                if (!reason.equals(last)) { // said once, though it may fail in the same way at each step
                    Daemon.warn(Message.PROVIDER_BROKEN, what + " cannot be used", failure);
                }
                last = reason;
            }
        }
        return of(found);
    }

    /** A provider that cannot say its rank, or has a name that nobody could ask for, is broken. */
    private static void checkRankable(PageTagStoreProvider provider) {
        provider.priority();
        if (!Settings.isBackendName(provider.name())) {
            throw new IllegalStateException("its name is '" + provider.name()
                    + "'; a backend's name is of lower-case letters, digits and hyphens, and not auto");
        }
    }

    static StoreCatalog of(List<PageTagStoreProvider> found) {
        final List<PageTagStoreProvider> ranked = new ArrayList<>(found);
        ranked.sort(Comparator.comparingInt(PageTagStoreProvider::priority)
                .reversed()
                .thenComparing(PageTagStoreProvider::name));
        for (int i = 0; i < ranked.size(); i++) {
            for (int j = i + 1; j < ranked.size(); j++) {
                final PageTagStoreProvider one = ranked.get(i);
                final PageTagStoreProvider other = ranked.get(j);
                if (one.name().equals(other.name())) {
                    throw new IllegalArgumentException("two storage backends are named '" + one.name() + "': "
                            + origin(one) + " and " + origin(other) + "; take one of them away");
                }
            }
        }
        return new StoreCatalog(List.copyOf(ranked));
    }

    /** Returns the backends that are taken without being named. */
    List<PageTagStoreProvider> automatic() {
        return providers.stream().filter(provider -> provider.priority() >= 0).toList();
    }

    @Nullable
    PageTagStoreProvider named(String name) {
        for (PageTagStoreProvider provider : providers) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        return null;
    }

    String names() {
        return providers.isEmpty()
                ? "none"
                : String.join(
                        ", ", providers.stream().map(PageTagStoreProvider::name).toList());
    }

    private static String origin(PageTagStoreProvider provider) {
        final Class<?> type = provider.getClass();
        final var source = type.getProtectionDomain().getCodeSource();
        return type.getName() + " in " + (source == null ? "the JDK" : String.valueOf(source.getLocation()));
    }
}
