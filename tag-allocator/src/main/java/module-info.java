/** A page allocator over off-heap memory that carries tags: the embedded default, and the model for integrations. */
module io.codetag.allocator {
    requires transitive io.codetag;
    requires static org.jspecify;

    exports io.codetag.allocator;
}
