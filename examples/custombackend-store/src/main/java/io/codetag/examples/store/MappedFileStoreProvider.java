package io.codetag.examples.store;

import com.google.auto.service.AutoService;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;

/**
 * Makes stores that keep references in a memory-mapped file. Chosen by name: {@code -Dcodetag.storage=mapped-file}.
 *
 * <p>The file is {@code <base>-<allocator>.tags}, the base being the system property {@link #FILE_PROPERTY} or {@code
 * codetag} in the directory for temporary files. Another allocator of that name, in this process or a living other one,
 * gets {@code <base>-<allocator>-2.tags} and so on. A file that a dead process left is kept as {@code ….previous}.
 *
 * <p><b>Thread safety.</b> Safe.
 */
@SuppressWarnings("exports") // the annotation is of no use to users of this module
@AutoService(PageTagStoreProvider.class)
public final class MappedFileStoreProvider implements PageTagStoreProvider {
    /** The name of this backend. */
    public static final String NAME = "mapped-file";

    /** The system property that names the file, without the allocator and the ending. */
    public static final String FILE_PROPERTY = "codetag.example.file";

    /** Below every backend of codetag itself: taken when asked for by name, or when there is no other. */
    private static final int PRIORITY = -1000;

    /** For {@link java.util.ServiceLoader}. */
    public MappedFileStoreProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Suitability check(StoreRequest request) {
        final String objection = StoreFiles.objection(request);
        return objection == null ? Suitability.yes() : Suitability.no(objection);
    }

    @Override
    public int maxCode(StoreRequest request) {
        return Integer.MAX_VALUE;
    }

    @Override
    public PageTagStore open(StoreRequest request) {
        return new MappedFileStore(request);
    }
}
