package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The MXBean, switched by two clients and read by them while blocks come and go,")
class ManagementToggleTest {
    private static final int TOGGLES = 100;
    private static final int PAGES = 256;
    private static final Set<String> STATES = Set.of("on", "draining", "cold");

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    @ParameterizedTest(name = "storage {0}")
    @ValueSource(strings = {"pageflags", "pageext"})
    @DisplayName("leaves counters exact: what is recorded is credited, in the end nothing is live, and off is cold")
    void toggles(String storage) throws Exception {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final AtomicInteger clients = new AtomicInteger(2);
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().storage(storage).build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", 2 * PAGES, 20).build());
            final List<AllocTag> tags = Declarations.onOneLine(profiler.space());
            final ProfilerMXBean bean = bean(profiler);
            final List<Crowd.Body> bodies = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                bodies.add(number -> {
                    try {
                        toggle(bean, new Random(seed + number));
                    } finally {
                        clients.decrementAndGet();
                    }
                });
                bodies.add(number -> own(tagger, tags, number / 2, new Random(seed + number), clients));
            }
            Crowd.run(bodies);
            bean.switchOff();
            assertEquals(AllocCounts.ZERO, tags.get(0).counts());
            assertEquals(AllocCounts.ZERO, tags.get(1).counts());
            PluginJar.collectUntil(() -> {
                profiler.settle();
                return profiler.state() == ProfilingState.COLD;
            });
            assertEquals("cold", bean.getState());
            profiler.flush();
            assertEquals(List.of(), logs.containing("WARN"));
            assertTrue(profiler.snapshot().entries().stream().allMatch(AllocEntry::accurate));
        }
    }

    private ProfilerMXBean bean(Profiler profiler) throws JMException {
        final ProfilerManagement management = ProfilerManagement.register(server, new ProfilerReports(profiler));
        return JMX.newMXBeanProxy(server, management.objectName(), ProfilerMXBean.class);
    }

    private static void toggle(ProfilerMXBean bean, Random random) {
        for (int i = 0; i < TOGGLES; i++) {
            if (random.nextBoolean()) {
                bean.switchOn();
            } else {
                bean.switchOff();
            }
            assertTrue(STATES.contains(bean.getState()), bean.getState());
            assertTrue(bean.getTotals().getPages().get(0).getBytes() >= 0);
            assertTrue(
                    bean.report(null, null, null, 0, "bytes", 0, "human", 0, 10).getMatchingEntries() <= 2);
        }
    }

    /** Allocates and frees its half of the pages until the clients are done, then frees what is left. */
    private static void own(PageTagger tagger, List<AllocTag> tags, int half, Random random, AtomicInteger clients) {
        final BitSet live = new BitSet();
        final int base = half * PAGES;
        while (clients.get() > 0) {
            final int pfn = base + random.nextInt(PAGES);
            if (!live.get(pfn)) {
                tagger.add(pfn, 0, tags.get(random.nextInt(2)));
                live.set(pfn);
            } else {
                tagger.sub(pfn, 0);
                live.clear(pfn);
            }
        }
        for (int pfn = base; pfn < base + PAGES; pfn++) {
            tagger.sub(pfn, 0);
        }
    }
}
