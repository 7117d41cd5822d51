package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Borrower;
import com.acme.app.Declarations;
import com.acme.pool.PagePool;
import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.OverflowPolicy;
import io.codetag.PageTagger;
import io.codetag.testkit.ImaginaryAllocator;
import io.codetag.testkit.RandomProgram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Debug mode")
class DebugModeTest {
    private static Profiler profiler(boolean debug) {
        return Profiler.builder().debug(debug).build();
    }

    /** Everything that debug mode warns of, twice from each of two places. */
    private static void misuse(PageTagger tagger, AllocTag tag) {
        for (int i = 0; i < 2; i++) {
            tagger.sub(40, 0);
            tagger.add(0, 0, tag);
            tagger.add(0, 0, tag);
            tagger.sub(0, 0);
            tagger.sub(-1, 0);
        }
        tagger.sub(41, 0);
        tagger.add(1, 0, tag);
        tagger.add(1, 0, tag);
        tagger.sub(1, 0);
        tagger.sub(-1, 0);
    }

    @Test
    @DisplayName(
            "warns once for each call site of a free of none, an allocation onto a live one, and what is out of range")
    void oncePerSite() {
        try (Profiler profiler = profiler(true);
                Logs logs = Logs.capture()) {
            final PagePool pool = new PagePool(profiler::attach);
            final AllocTag tag = Declarations.one(profiler.space());
            final Misuser misuser = new Misuser();
            for (int i = 0; i < 3; i++) {
                misuser.one(pool.tagger(), tag);
                misuser.other(pool.tagger(), tag);
            }
            profiler.flush();
            for (String code : List.of("CODETAG-401", "CODETAG-402", "CODETAG-403")) {
                assertEquals(2, logs.containing("WARN [" + code + "]").size(), code);
            }
            assertTrue(logs.containing("CODETAG-401").get(0).contains("allocator 'acme pool' freed page 40 (order 0)"));
            assertTrue(logs.containing("CODETAG-402").get(0).contains("allocated page 0 (order 0)"));
            assertTrue(logs.containing("CODETAG-403").get(0).contains("page -1 with order 0; it has pages 0 to 1023"));
        }
    }

    @Test
    @DisplayName("names the call site outside the allocator and the library")
    void site() {
        try (Profiler profiler = profiler(true);
                Logs logs = Logs.capture()) {
            final PagePool pool = new PagePool(profiler::attach);
            final Borrower borrower = new Borrower();
            pool.tagger().grow(1 << 11);
            borrower.allocate(pool, Declarations.one(profiler.space()));
            borrower.free(pool, 0);
            borrower.free(pool, 0);
            profiler.flush();
            assertEquals(1, logs.containing("CODETAG-4").size());
            final String warning = logs.containing("CODETAG-401").get(0);
            assertTrue(
                    warning.endsWith("called from com/acme/app/Borrower.java:" + borrower.line() + " func:free"),
                    warning);
        }
    }

    @Test
    @DisplayName("off, which is the default, is silent")
    void off() {
        try (Profiler profiler = Profiler.builder().build();
                Logs logs = Logs.capture()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            misuse(tagger, Declarations.one(profiler.space()));
            profiler.flush();
            assertEquals(0, logs.containing("CODETAG-4").size());
        }
    }

    @Test
    @DisplayName("does not warn of frees of none once profiling has been off, but goes on to warn of the rest")
    void silentOnceOff() {
        try (Profiler profiler = profiler(true);
                Logs logs = Logs.capture()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            profiler.record(false);
            profiler.record(true);
            misuse(tagger, Declarations.one(profiler.space()));
            profiler.flush();
            assertEquals(0, logs.containing("CODETAG-401").size());
            assertTrue(logs.containing("CODETAG-402").size() > 0);
            assertTrue(logs.containing("CODETAG-403").size() > 0);
        }
    }

    @Test
    @DisplayName("does not warn of frees of none in pages that a policy has shut down, nor when off at start")
    void silentOnceDisabled() {
        try (Profiler profiler = Profiler.builder()
                        .debug(true)
                        .headroom(0)
                        .overflow(OverflowPolicy.DISABLE)
                        .build();
                Profiler offAtStart =
                        Profiler.builder().debug(true).profiling("0").build();
                Logs logs = Logs.capture()) {
            final PageTagger tagger = profiler.attach(Pools.flags("pool", 64, 2).build());
            final CodeModule module = profiler.load("many", IdReuseTest.places(4));
            tagger.add(0, 0, module.tags().get(0));
            tagger.sub(0, 0);
            final PageTagger late = offAtStart.attach(Pools.plain("late", 64).build());
            late.add(0, 0);
            offAtStart.record(true);
            late.sub(0, 0);
            profiler.flush();
            assertEquals(0, logs.containing("CODETAG-401").size());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("changes no counter: a random program with misuse leads to the same counts with and without it")
    void sameCounts(StoreKind kind) {
        assertEquals(counts(kind, false), counts(kind, true));
    }

    private static List<String> counts(StoreKind kind, boolean debug) {
        final ImaginaryAllocator blocks = new ImaginaryAllocator(StoreKind.PAGES, StoreKind.MAX_ORDER);
        final List<String> counts = new ArrayList<>();
        try (StoreKind.Pages pages = kind.open(debug)) {
            final RandomProgram program = RandomProgram.builder(pages.profiler.space(), List.of(pages.red, pages.blue))
                    .allocator(blocks, pages.spec, pages.tagger)
                    .misuse(true)
                    .seed(kind.name().hashCode())
                    .build();
            for (int i = 0; i < 10; i++) {
                program.run(100);
                counts.add(pages.red.counts() + " " + pages.blue.counts());
            }
        }
        return counts;
    }

    /** Misuses from two places. */
    private static final class Misuser {
        void one(PageTagger tagger, AllocTag tag) {
            com.acme.app.Calls.run(() -> misuse(tagger, tag));
        }

        void other(PageTagger tagger, AllocTag tag) {
            com.acme.app.Calls.again(() -> misuse(tagger, tag));
        }
    }
}
