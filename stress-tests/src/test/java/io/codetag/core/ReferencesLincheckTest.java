package io.codetag.core;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What is promised, and no more: an allocator orders the calls for one page, so its owner allocates and frees in one
 * thread. An allocation that races with a free of the same page may hide the reference from the free.
 */
@DisplayName("A main store and an overflow store as one, by Lincheck")
@Param(name = "code", gen = IntGen.class, conf = "3:20")
@Param(name = "limit", gen = IntGen.class, conf = "0:20")
public class ReferencesLincheckTest {
    private final References references = new Words().references;

    /** Reads the reference. */
    @Operation
    public int get() {
        return references.get(0);
    }

    /** Frees the block. */
    @Operation(nonParallelGroup = "owner")
    public int free() {
        return references.exchange(0, 0);
    }

    /** Allocates, also onto a live reference. */
    @Operation(nonParallelGroup = "owner")
    public int allocate(@Param(name = "code") int code) {
        return references.exchange(0, code);
    }

    /** A policy moves the limit. */
    @Operation
    public void limit(@Param(name = "limit") int limit) {
        references.limit(limit);
    }

    @Test
    @DisplayName("is one atomic cell to its owner, to readers and to policies, under stress")
    void stress() {
        new StressOptions()
                .sequentialSpecification(Cell.class)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .iterations(Effort.scenarios())
                .invocationsPerIteration(Effort.invocations())
                .check(ReferencesLincheckTest.class);
    }

    @Test
    @DisplayName("is one atomic cell to its owner, to readers and to policies, by model checking")
    void modelChecking() {
        new ModelCheckingOptions()
                .sequentialSpecification(Cell.class)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .iterations(Effort.scenarios())
                .invocationsPerIteration(Effort.invocations())
                .check(ReferencesLincheckTest.class);
    }

    @Test
    @DisplayName("lets one of two racing frees have an escaped reference, by model checking")
    void racingFrees() {
        new ModelCheckingOptions()
                .sequentialSpecification(EscapedCell.class)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .iterations(Effort.scenarios())
                .invocationsPerIteration(Effort.invocations())
                .check(RacingFrees.class);
    }

    /** A page with an escaped reference that several threads believe to be theirs. */
    @Param(name = "limit", gen = IntGen.class, conf = "0:20")
    public static final class RacingFrees {
        private final References references = new Words().references;

        /** Allocates a block whose reference escapes. */
        public RacingFrees() {
            references.limit(0);
            references.exchange(0, EscapedCell.CODE);
        }

        /** Reads the reference. */
        @Operation
        public int get() {
            return references.get(0);
        }

        /** Frees the block. */
        @Operation
        public int free() {
            return references.exchange(0, 0);
        }

        /** A policy moves the limit. */
        @Operation
        public void limit(@Param(name = "limit") int limit) {
            references.limit(limit);
        }
    }

    /** One page's reference. */
    public static class Cell {
        private int code;

        /** Reads it. */
        public int get() {
            return code;
        }

        /** Takes it. */
        public int free() {
            return allocate(0);
        }

        /** Replaces it. */
        public int allocate(int to) {
            final int former = code;
            code = to;
            return former;
        }

        /** Makes no difference: where a reference is kept cannot be seen. */
        public void limit(int limit) {}
    }

    /** One page's reference, which is there at first. */
    public static final class EscapedCell extends Cell {
        private static final int CODE = 9;

        /** Allocates it. */
        public EscapedCell() {
            allocate(CODE);
        }
    }
}
