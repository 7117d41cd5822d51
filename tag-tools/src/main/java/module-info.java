/** The command {@code allocinfo}, and a live page for a running program. */
module io.codetag.tools {
    requires transitive io.codetag.core;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires java.management;
    requires jdk.attach;
    requires jdk.httpserver;
    requires jdk.jfr;
    requires org.jline;
    requires org.slf4j;
    requires static org.jspecify;
    requires static com.google.auto.service;

    exports io.codetag.tools;

    opens io.codetag.tools.cli to
            info.picocli;

    provides io.codetag.core.ProfilerListener with
            io.codetag.tools.page.PageStarter;
}
