package io.codetag.spi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * The process-wide switch: one constant for allocation, one for free, and two that say whether any tagger has ever
 * counted, and whether any was counted by census.
 *
 * <p>They are call sites that the JIT compiles to nothing; changing one makes it compile their users again. Only the
 * profiler changes them.
 *
 * <pre>
 *   state      allocating  freeing
 *   never      false       false
 *   cold       false       false
 *   on         true        true
 *   draining   false       true
 * </pre>
 *
 * Before a profiler was looked for the first two are true, so that scopes entered before the first allocator is
 * attached are seen by it; nothing is recorded then.
 *
 * <p><b>Thread safety.</b> Safe. A thread that is inside a recording method while the switch changes finishes it.
 *
 * @since 0.1
 */
public final class RecordingSwitch {
    private static final MethodHandle TRUE = MethodHandles.constant(boolean.class, true);
    private static final MethodHandle FALSE = MethodHandles.constant(boolean.class, false);

    private static final MutableCallSite ALLOCATING_SITE = new MutableCallSite(MethodType.methodType(boolean.class));
    private static final MutableCallSite FREEING_SITE = new MutableCallSite(MethodType.methodType(boolean.class));
    private static final MutableCallSite CENSUS_SITE = new MutableCallSite(MethodType.methodType(boolean.class));
    private static final MutableCallSite COUNTING_SITE = new MutableCallSite(MethodType.methodType(boolean.class));
    private static final MethodHandle ALLOCATING = ALLOCATING_SITE.dynamicInvoker();
    private static final MethodHandle FREEING = FREEING_SITE.dynamicInvoker();
    private static final MethodHandle CENSUS = CENSUS_SITE.dynamicInvoker();
    private static final MethodHandle COUNTING = COUNTING_SITE.dynamicInvoker();

    static {
        ALLOCATING_SITE.setTarget(TRUE);
        FREEING_SITE.setTarget(TRUE);
        CENSUS_SITE.setTarget(FALSE);
        COUNTING_SITE.setTarget(FALSE);
    }

    private RecordingSwitch() {}

    /**
     * Says whether allocations are recorded.
     *
     * @return a constant to the JIT
     */
    public static boolean allocating() {
        try {
            return (boolean) ALLOCATING.invokeExact();
        } catch (OutOfMemoryError none) { // the JVM's own, until this was called often enough
            return ALLOCATING_SITE.getTarget() == TRUE;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Says whether frees are credited.
     *
     * @return a constant to the JIT
     */
    public static boolean freeing() {
        try {
            return (boolean) FREEING.invokeExact();
        } catch (OutOfMemoryError none) {
            return FREEING_SITE.getTarget() == TRUE;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Says whether there has been a tagger whose blocks are counted by census. Until then no tagger has to ask how its
     * own are counted.
     *
     * @return a constant to the JIT
     */
    public static boolean census() {
        try {
            return (boolean) CENSUS.invokeExact();
        } catch (OutOfMemoryError none) {
            return CENSUS_SITE.getTarget() == TRUE;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Says whether there has been a tagger that counts blocks as they come and go. Until then no tagger of a process
     * that takes a census has to ask how its own are counted.
     *
     * @return a constant to the JIT
     */
    public static boolean counting() {
        try {
            return (boolean) COUNTING.invokeExact();
        } catch (OutOfMemoryError none) {
            return COUNTING_SITE.getTarget() == TRUE;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Notes that blocks of some tagger are counted as they come and go, for as long as the process lasts. */
    public static synchronized void count() {
        change(COUNTING_SITE, true);
    }

    /** Notes that blocks of some tagger are counted by census, for as long as the process lasts. */
    public static synchronized void takeCensus() {
        change(CENSUS_SITE, true);
    }

    /**
     * Changes the switch; for profilers only. Frees are armed before allocations and disarmed after them. When this
     * returns, every recording that begins sees the new state.
     *
     * @param allocating whether allocations are recorded
     * @param freeing whether frees are credited; true whenever {@code allocating} is
     */
    public static synchronized void set(boolean allocating, boolean freeing) {
        if (allocating && !freeing) {
            throw new IllegalArgumentException("allocations cannot be recorded while frees are not credited");
        }
        if (freeing) {
            change(FREEING_SITE, true);
            change(ALLOCATING_SITE, allocating);
        } else {
            change(ALLOCATING_SITE, false);
            change(FREEING_SITE, false);
        }
    }

    private static void change(MutableCallSite site, boolean value) {
        final MethodHandle target = value ? TRUE : FALSE;
        if (site.getTarget() != target) {
            site.setTarget(target);
            MutableCallSite.syncAll(new MutableCallSite[] {site});
        }
    }
}
