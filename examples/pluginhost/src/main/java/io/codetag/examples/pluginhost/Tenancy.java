package io.codetag.examples.pluginhost;

import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * A tenant, and beside it what its account ought to be.
 *
 * @param tenant the plugin
 * @param expected built from what the plugin says of itself
 */
record Tenancy(LoadedTenant tenant, ExpectedBlocks expected) {
    String name() {
        return tenant.name();
    }

    Set<Integer> codes() {
        return new TreeSet<>(tenant.ledger().keySet());
    }

    /** Lets each call site hold so many blocks; new ones are expected to be recorded if their code passes the test. */
    void hold(int blocks, IntPredicate isRecorded) {
        tenant.hold(blocks);
        expected.update(tenant.ledger(), isRecorded);
    }

    /** Unloads the tenant; expected is then what it forgot to free. */
    WeakReference<ClassLoader> unload() throws Exception {
        tenant.close();
        expected.update(tenant.ledger(), code -> false);
        return tenant.unload();
    }
}
