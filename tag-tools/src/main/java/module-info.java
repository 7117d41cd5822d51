/** The command {@code allocinfo}, and a live page for a running program. */
module io.codetag.tools {
    requires transitive io.codetag.core;
    requires info.picocli;
    requires jdk.httpserver;
    requires static org.jspecify;

    exports io.codetag.tools;

    opens io.codetag.tools to
            info.picocli;
}
