/** The backend {@code pageext}: references sit in a sparse side table. */
module io.codetag.pageext {
    requires static org.jspecify;
    requires io.codetag;
    requires static com.google.auto.service;

    provides io.codetag.spi.PageTagStoreProvider with
            io.codetag.pageext.PageExtStoreProvider;
}
