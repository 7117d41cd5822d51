/** The accounting as meters of Micrometer. */
@SuppressWarnings("requires-transitive-automatic") // Micrometer's jars have names, but no module-info
module io.codetag.micrometer {
    requires transitive io.codetag.core;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports io.codetag.micrometer;
}
