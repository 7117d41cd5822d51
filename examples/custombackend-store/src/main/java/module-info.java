/**
 * A storage backend of a third party: references in a memory-mapped file that outlives the process.
 *
 * <p>The provider is declared here for the module path, and by {@code @AutoService} for the class path.
 */
module io.codetag.examples.store {
    requires transitive io.codetag;
    requires static com.google.auto.service;
    requires static transitive org.jspecify;

    exports io.codetag.examples.store;

    provides io.codetag.spi.PageTagStoreProvider with
            io.codetag.examples.store.MappedFileStoreProvider;
}
