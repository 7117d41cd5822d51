package io.codetag.core;

import io.codetag.StorageFacts;
import java.util.Objects;

/**
 * A change of where the references of an allocator's pages go.
 *
 * @param kind what happened
 * @param facts where they go from now on, and the allocator's name
 * @param reason why, for a person
 * @since 0.1
 */
public record StorageChange(Kind kind, StorageFacts facts, String reason) {
    /**
     * Checks that all is there.
     *
     * @param kind what happened
     * @param facts where references go from now on
     * @param reason why
     */
    public StorageChange {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * What happened.
     *
     * @since 0.1
     */
    public enum Kind {
        /** Overflow policy {@code switch}: all new references go to the overflow store. */
        SWITCH,
        /** Overflow policy {@code spill}: references that do not fit go to the overflow store. */
        SPILL,
        /** Overflow policy {@code disable}: these pages are not profiled any more. */
        DISABLE,
        /** The store threw: these pages are not profiled any more. */
        FAIL,
        /** The allocator claimed bits of its flag word: tags have fewer of them. */
        YIELD,
        /** Bits were given back, or the tags in use fit again: new references return to the flag word. */
        RETURN
    }
}
