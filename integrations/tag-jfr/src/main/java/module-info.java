/** The accounting as events of JDK Flight Recorder. */
module io.codetag.jfr {
    requires transitive io.codetag.core;
    requires jdk.jfr;
    requires static org.jspecify;
    requires static com.google.auto.service;

    exports io.codetag.jfr;

    provides io.codetag.core.ProfilerListener with
            io.codetag.jfr.JfrExport;
}
