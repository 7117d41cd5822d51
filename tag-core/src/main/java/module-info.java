/** The profiler: ids, modules, counters, the choice of storage, overflow, switches and reports. */
module io.codetag.core {
    requires transitive io.codetag;
    requires java.management;
    requires org.slf4j;
    requires static org.jspecify;
    requires static com.google.auto.service;

    exports io.codetag.core;

    uses io.codetag.core.ProfilerListener;
    uses io.codetag.spi.PageTagStoreProvider;

    provides io.codetag.spi.ProfilerProvider with
            io.codetag.core.CoreProfilerProvider;
}
