/** The contract that every storage backend must pass, and the reference model of the tagger. */
module io.codetag.testkit {
    requires static org.jspecify;
    requires transitive io.codetag;
    requires transitive org.junit.jupiter.api;

    exports io.codetag.testkit;

    // The requirements are package-private methods that JUnit calls.
    opens io.codetag.testkit to
            org.junit.platform.commons;
}
