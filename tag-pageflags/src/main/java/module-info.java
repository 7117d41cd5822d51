/** The backend {@code pageflags}: references sit in spare bits of the flag words that an allocator already owns. */
module io.codetag.pageflags {
    requires static org.jspecify;
    requires io.codetag;
    requires static com.google.auto.service;

    provides io.codetag.spi.PageTagStoreProvider with
            io.codetag.pageflags.PageFlagsStoreProvider;
}
