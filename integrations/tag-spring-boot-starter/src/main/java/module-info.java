/** The profiler in a Spring Boot application. */
module io.codetag.spring {
    requires transitive io.codetag.core;
    requires static io.codetag.micrometer;
    requires static micrometer.core;
    requires spring.boot;
    requires spring.boot.autoconfigure;
    requires spring.context;
    requires spring.core;
    requires static spring.boot.actuator;
    requires static spring.boot.actuator.autoconfigure;
    requires static org.jspecify;

    exports io.codetag.spring;

    // Spring makes its beans, and reads the files in META-INF, by reflection.
    opens io.codetag.spring;
}
