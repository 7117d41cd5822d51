package io.codetag.benchmarks.inside;

import com.google.auto.service.AutoService;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;

/** Makes stores of the custom backend; taken only by name. */
@AutoService(PageTagStoreProvider.class)
public final class IntArrayStoreProvider implements PageTagStoreProvider {
    /** The backend's name. */
    public static final String NAME = "int-array";

    /** For the service loader. */
    public IntArrayStoreProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Suitability check(StoreRequest request) {
        return Suitability.yes();
    }

    @Override
    public int maxCode(StoreRequest request) {
        return Integer.MAX_VALUE;
    }

    @Override
    public PageTagStore open(StoreRequest request) {
        return new IntArrayStore(request.pageCount());
    }
}
