package io.codetag.moduletests.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.core.Profiler;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads a module that is too large for the heap, again and again with a little more room, until it fits: so memory ends
 * at many points of loading, the growth of every table among them.
 */
public final class LargeModuleProgram {
    private static final int TAGS = 66_000;
    private static final int FINE = 256 << 10;
    private static final int FEW = 1_000;

    private LargeModuleProgram() {}

    public static void main(String[] args) {
        AllocTags.start();
        final Profiler profiler = Profiler.get();
        final int first = codes(load(profiler, 1))[0];
        // The first that succeeds is the last: what has grown stays large, and then its growth cannot fail.
        int ballast = (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4 * 3);
        int failures = 0;
        int[] loaded = null;
        for (; loaded == null; ballast -= FINE) {
            loaded = attempt(profiler, ballast, first);
            failures += loaded == null ? 1 : 0;
        }
        System.out.println("failures " + (failures > 2));
        System.out.println("lowest-first " + (loaded[0] - first <= FEW && loaded[1] - first <= TAGS + FEW));
    }

    /** Returns the first and the last code; null if memory did not suffice. */
    private static int[] attempt(Profiler profiler, int ballast, int first) {
        awaitFreeIds(profiler, first);
        final byte[][] held = new byte[ballast / FINE + 1][];
        try {
            for (int i = 0; i < ballast / FINE; i++) {
                held[i] = new byte[FINE];
            }
            final CodeModule module = load(profiler, TAGS);
            final int[] codes = codes(module);
            module.unload();
            return codes;
        } catch (OutOfMemoryError expected) {
            return null;
        } catch (RuntimeException wrong) {
            System.out.println("wrong " + wrong);
            return null;
        } finally {
            if (held[0] == null) {
                System.out.println("nothing held");
            }
        }
    }

    /** Handles of the last attempt are collected, and then their ids return. */
    private static void awaitFreeIds(Profiler profiler, int first) {
        while (codes(load(profiler, 1))[0] - first > FEW) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static CodeModule load(Profiler profiler, int tags) {
        return profiler.load("large", Collections.nCopies(tags, CodeTag.of("com.acme.Large", "Large.java", 1, "site")));
    }

    private static int[] codes(CodeModule module) {
        final List<AllocTag> tags = module.tags();
        return new int[] {tags.get(0).code(), tags.get(tags.size() - 1).code()};
    }
}
