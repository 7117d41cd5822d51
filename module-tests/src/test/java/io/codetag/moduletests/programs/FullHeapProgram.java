package io.codetag.moduletests.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.TagScope;
import io.codetag.core.Profiler;
import java.util.concurrent.TimeUnit;

/** Records while the heap is full, keeps it full for a while, and says how the profiler took it. */
public final class FullHeapProgram {
    private static final AllocTag TAG = AllocTags.here();
    private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final TagScope[] SCOPES = new TagScope[1 << 14];

    private static Object[] chain;
    private static int refused;

    private FullHeapProgram() {}

    public static void main(String[] args) {
        final PageTagger tagger =
                AllocTags.attach(PageSpec.builder("pool", 64, 4096).build());
        record(tagger); // once with memory, so that no class is missing afterwards
        enterAndClose();
        refused = 0;
        Profiler.get().flush();
        final long end = System.nanoTime() + FULL_NANOS;
        Throwable thrown = null;
        int rounds = 0;
        while (System.nanoTime() < end) {
            fill();
            try {
                record(tagger);
            } catch (Throwable failure) {
                thrown = failure;
            }
            enterAndClose();
            rounds++;
        }
        chain = null;
        System.out.println("scopes refused " + (refused > 0));
        System.out.println(
                "scopes closed " + (AllocTags.current() == AllocTags.space().untagged()));
        System.out.println("recording " + (thrown == null ? "never threw" : "threw " + thrown));
        System.out.println("rounds " + (rounds > 0));
        System.out.println("live " + TAG.counts());
        final long before = System.nanoTime();
        Profiler.get().flush();
        System.out.println("flushed " + (System.nanoTime() - before < TimeUnit.SECONDS.toNanos(9)));
        System.out.println("daemon "
                + Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("codetag")));
    }

    private static void record(PageTagger tagger) {
        tagger.add(0, 0, TAG);
        tagger.sub(0, 0);
        tagger.sub(0, 0); // has no reference any more
        tagger.add(-1, 0, TAG);
        tagger.split(0, 99, 1);
        tagger.allocationFailed(3);
        AllocTags.discharge(TAG.charge(64), 64);
    }

    /** Enters until there is no memory for a scope, which then nobody can close, and closes the others. */
    private static void enterAndClose() {
        int entered = 0;
        try {
            while (entered < SCOPES.length) {
                SCOPES[entered] = TAG.enter();
                entered++;
            }
        } catch (OutOfMemoryError full) {
            refused++;
        }
        for (int i = 0; i < entered; i++) {
            SCOPES[i].close();
            SCOPES[i] = null;
        }
    }

    private static void fill() {
        for (int size = 1 << 16; size > 0; size >>= 1) {
            while (grow(size)) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean grow(int size) {
        try {
            final Object[] link = new Object[size];
            link[0] = chain;
            chain = link;
            return true;
        } catch (OutOfMemoryError full) {
            return false;
        }
    }
}
