package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTagger;
import io.codetag.PageTotals;
import io.codetag.spi.TagStripe;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jol.info.GraphLayout;

@DisplayName("Totals")
class TotalsTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "have pages and untracked that make up what the allocator has handed out, whatever is untracked and why")
    void untracked(StoreKind kind) {
        final int[] orders = new int[2 * StoreKind.PAGES];
        Arrays.fill(orders, -1);
        try (StoreKind.Pages pages = kind.open(pfn -> orders[(int) pfn]);
                Profiler other = Profiler.builder().build()) {
            orders[0] = 2;
            pages.add(0, 2, pages.red);
            orders[4] = 0;
            pages.add(4, 0, pages.blue);
            orders[5] = 0; // allocated past the tagger
            orders[6] = 1;
            pages.add(6, 1, Declarations.one(other.space()));
            orders[8] = 3;
            pages.add(8, 3, pages.red);
            pages.tagger.clear(8, 3);
            pages.profiler.record(false);
            orders[16] = 4;
            pages.add(16, 4, pages.red);
            orders[32] = 0;
            pages.add(32, 0, pages.red);
            pages.profiler.record(true);
            assertEquals(
                    new PageTotals("pool", 5L * Pools.PAGE, 2, OptionalLong.of((1 + 2 + 8 + 16 + 1) * Pools.PAGE)),
                    pages.tagger.totals());
            assertEquals(List.of(pages.tagger.totals()), pages.profiler.totals().pages());
            assertEquals(
                    OptionalLong.of(28L * Pools.PAGE), pages.profiler.totals().untracked());
            final ProfilerTotals recorded = pages.profiler.recordedTotals();
            assertEquals(List.of(new PageTotals("pool", 5L * Pools.PAGE, 2, OptionalLong.empty())), recorded.pages());
            assertEquals(pages.profiler.totals().recorded(), recorded.recorded());
            assertEquals(OptionalLong.empty(), recorded.untracked());
            orders[0] = -1;
            pages.sub(0, 2);
            orders[8] = -1;
            pages.sub(8, 3);
            orders[16] = 0;
            pages.split(16, 4, 0);
            assertEquals(
                    new PageTotals("pool", Pools.PAGE, 1, OptionalLong.of((1 + 2 + 1 + 1) * Pools.PAGE)),
                    pages.tagger.totals());
        }
    }

    @Test
    @DisplayName("keep charges apart from pages, and add up all allocators")
    void charges() {
        try (Profiler profiler = Profiler.builder().build()) {
            final AllocTag tag = Declarations.one(profiler.space());
            final PageTagger one = profiler.attach(Pools.plain("one", 64).build());
            final PageTagger two = profiler.attach(Pools.flags("two", 64, 20).build());
            final int first = tag.charge(1_000);
            final int second = tag.charge(0);
            assertEquals(0, tag.charge(-1));
            final int huge = tag.charge(Long.MAX_VALUE / 2);
            assertEquals(
                    new AllocCounts(1_000 + Long.MAX_VALUE / 2, 3),
                    profiler.totals().charged());
            profiler.discharge(huge, Long.MAX_VALUE / 2);
            one.add(0, 0, tag);
            two.add(0, 1, tag);
            assertEquals(new AllocCounts(1_000, 2), profiler.totals().charged());
            assertEquals(new AllocCounts(3L * Pools.PAGE, 2), profiler.totals().recorded());
            assertEquals(new AllocCounts(3L * Pools.PAGE + 1_000, 4), tag.counts());
            profiler.discharge(0, 1_000);
            profiler.discharge(first, -5);
            profiler.discharge(1 << 20, 5);
            profiler.discharge(-7, 5);
            assertEquals(new AllocCounts(1_000, 2), profiler.totals().charged());
            profiler.record(false);
            assertEquals(0, tag.charge(1));
            profiler.discharge(first, 1_000);
            profiler.discharge(second, 0);
            assertEquals(AllocCounts.ZERO, profiler.totals().charged());
        }
    }

    @Test
    @DisplayName("tell the profiler's own memory, which grows with what it keeps and is charged to no tag")
    void ownBytes() {
        try (Profiler profiler = Profiler.builder().build()) {
            final long empty = profiler.totals().ownBytes();
            profiler.load("many", IdReuseTest.places(1_000));
            final long withTags = profiler.totals().ownBytes();
            assertTrue(withTags - empty >= 100_000 && withTags - empty <= 400_000, "tags: " + (withTags - empty));
            final PageTagger tagger =
                    profiler.attach(Pools.plain("pool", 1 << 20).build());
            final long attached = profiler.totals().ownBytes();
            tagger.add(1 << 19, 0, profiler.here());
            final long touched = profiler.totals().ownBytes();
            assertTrue(
                    touched - attached >= 16_384 && touched - attached <= 40_000, "touched: " + (touched - attached));
            tagger.close();
            assertTrue(profiler.totals().ownBytes() <= withTags + 1_000);
            assertEquals(AllocCounts.ZERO, profiler.snapshot().total());
        }
    }

    @Test
    @DisplayName("tell the memory of counters as the JVM lays it out")
    void ledgerBytes() throws InterruptedException {
        final CounterLedger ledger = CounterLedger.ofPages(Pools.PAGE, 10, 4);
        Crowd.run(6, number -> {
            final TagStripe stripe = ledger.stripes().current();
            for (int code = 3; code < 3_000; code += 100 * (number + 1)) {
                stripe.prepare(number, code);
                stripe.take(number, code, 1);
            }
        });
        final TagStripe[] stripes = ((StripePool) ledger.stripes()).stripes();
        final long real = GraphLayout.parseInstance((Object[]) stripes).totalSize();
        final long told = ledger.bytesOccupied();
        assertTrue(told >= real && told - real <= 2_000, "told " + told + ", real " + real);
        assertTrue(real > 50_000);
    }

    @Test
    @DisplayName("are logged as the ten largest tags when an allocation fails, once while the log is being written")
    void allocationFailed() throws InterruptedException {
        final CountDownLatch goOn = new CountDownLatch(1);
        try (Profiler profiler = Profiler.builder().build();
                Logs logs = Logs.capture()) {
            final PageTagger tagger =
                    profiler.attach(Pools.plain("pool", 1 << 10).build());
            final List<AllocTag> tags =
                    profiler.load("many", IdReuseTest.places(20)).tags();
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j <= i; j++) {
                    tagger.add(i * 32L + j, 0, tags.get(i));
                }
            }
            Daemon.execute(() -> {
                try {
                    goOn.await();
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            });
            Crowd.run(4, number -> {
                for (int i = 0; i < 100; i++) {
                    tagger.allocationFailed(3);
                }
            });
            goOn.countDown();
            profiler.flush();
            final List<String> reports = logs.containing("[CODETAG-304]");
            assertEquals(1, reports.size());
            final List<String> lines = reports.get(0).lines().toList();
            assertEquals(12, lines.size(), reports.get(0));
            assertTrue(lines.get(0).contains("allocator 'pool' could not serve 8 pages of 4096 bytes"), lines.get(0));
            assertTrue(lines.get(1).startsWith("the 10 largest of 20 tags"), lines.get(1));
            for (int i = 0; i < 10; i++) {
                final String line = lines.get(2 + i);
                assertTrue(line.contains((20 - i) * 4 + "K") || line.contains((20 - i) * 4 + ".0K"), line);
                assertTrue(line.contains("com/acme/Plugin.java:" + (20 - i) + " [many] func:site"), line);
            }
            tagger.allocationFailed(0);
            profiler.flush();
            assertNotEquals(1, logs.containing("[CODETAG-304]").size(), "and again afterwards");
        }
    }
}
