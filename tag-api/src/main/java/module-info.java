/**
 * The vocabulary of codetag: tags, the tagger that an allocator calls, and the contract of storage backends.
 *
 * <p>This module works alone. Without a profiler at run time every call does nothing and returns at once, so a library
 * may depend on it without asking anything of its users.
 */
module io.codetag {
    requires static org.jspecify;
    requires static java.management;
    requires static jdk.management;

    exports io.codetag;
    exports io.codetag.spi;

    uses io.codetag.spi.ProfilerProvider;
}
