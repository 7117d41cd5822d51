package io.codetag.core;

import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.TagSpace;
import io.codetag.spi.TagCodes;
import io.codetag.spi.TagDeclaration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@DisplayName("The registry of tags, by Lincheck")
@Param(name = "code", gen = IntGen.class, conf = "3:8")
public class RegistryLincheckTest {
    private static final int TAGS = 64;
    private static final CodeTag PLACE = CodeTag.of("com.acme.Pool", "Pool.java", 1, "take");
    private static final List<AllocTag> HANDLES = handles();

    private final TagRegistry registry = new TagRegistry();

    private static List<AllocTag> handles() {
        final List<CodeTag> places = new ArrayList<>();
        for (int i = 0; i < TAGS; i++) {
            places.add(PLACE);
        }
        return new TagSpace().load("lincheck", places).tags();
    }

    /** Takes the lowest free id. */
    @Operation
    public int register() {
        return registry.register(HANDLES.get(0), new TagDeclaration(PLACE, null), PLACE);
    }

    /** Loads a module of two tags: both ids in one step. */
    @Operation
    public List<Integer> load() {
        final int[] numbers = registry.load("pair", HANDLES.subList(0, 2), List.of(PLACE, PLACE));
        return List.of(numbers[1], numbers[2]);
    }

    /** Looks a code up. */
    @Operation
    public boolean isInUse(@Param(name = "code") int code) {
        return registry.record(code) != null;
    }

    /** Loses a handle, and gives the id back. */
    @Operation
    public void collect(@Param(name = "code") int code) {
        final TagRecord record = registry.record(code);
        if (record != null) {
            record.enqueue();
        }
        registry.recycle(settled -> true);
    }

    /** Unloads the first module. */
    @Operation
    public boolean unload() {
        return registry.unload(1);
    }

    @Test
    @DisplayName("does in any interleaving what it does one call after the other, under stress")
    void stress() {
        new StressOptions()
                .sequentialSpecification(Specification.class)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .iterations(Effort.scenarios())
                .invocationsPerIteration(Effort.invocations())
                .check(RegistryLincheckTest.class);
    }

    @Test
    @DisabledForJreRange(
            min = JRE.JAVA_21,
            disabledReason = "Lincheck 3.7 finds reference queues of later JDKs not deterministic")
    @DisplayName("does in any interleaving what it does one call after the other, by model checking")
    void modelChecking() {
        new ModelCheckingOptions()
                .sequentialSpecification(Specification.class)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .iterations(Effort.scenarios())
                .invocationsPerIteration(Effort.invocations())
                .check(RegistryLincheckTest.class);
    }

    /** What one thread alone would see. */
    public static final class Specification {
        private final BitSet used = new BitSet();
        private boolean loaded;
        private boolean unloaded;

        public int register() {
            final int id = used.nextClearBit(0);
            used.set(id);
            return id + TagCodes.FIRST_TAG;
        }

        public List<Integer> load() {
            loaded = true;
            return List.of(register(), register());
        }

        public boolean isInUse(int code) {
            return code >= TagCodes.FIRST_TAG && used.get(code - TagCodes.FIRST_TAG);
        }

        public void collect(int code) {
            if (code >= TagCodes.FIRST_TAG) {
                used.clear(code - TagCodes.FIRST_TAG);
            }
        }

        public boolean unload() {
            final boolean now = loaded && !unloaded;
            unloaded |= loaded;
            return now;
        }
    }
}
