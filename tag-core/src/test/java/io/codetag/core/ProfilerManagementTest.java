package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.ProfilingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A profiler in an MBean server")
class ProfilerManagementTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final FakeReportSource source = new FakeReportSource("pool");
    private ProfilerManagement management;
    private ProfilerMXBean client;

    @BeforeEach
    void register() throws JMException {
        management = ProfilerManagement.register(server, source);
        client = JMX.newMXBeanProxy(server, management.objectName(), ProfilerMXBean.class);
    }

    @Test
    @DisplayName("tells name, state and content id, and is switched")
    void attributesAndSwitch() {
        assertEquals("pool", client.getName());
        assertEquals("cold", client.getState());
        client.switchOn();
        assertEquals("on", client.getState());
        client.switchOff();
        assertEquals("draining", client.getState());
        source.contentId = 42;
        assertEquals(42, client.getContentId());
    }

    @Test
    @DisplayName("passes on why it cannot be switched on")
    void neverOn() {
        source.state = ProfilingState.NEVER;
        assertEquals(
                "profiling was ruled out at start",
                assertThrows(IllegalStateException.class, client::switchOn).getMessage());
    }

    @Test
    @DisplayName("tells storage facts and totals to a client that has our classes")
    void valuesThroughProxy() {
        final StorageInfo cache = client.getStorage().get(0);
        assertEquals(
                "cache pageflags 11 26 2046 1037 spill pageext 2047 true null 5 fits",
                String.join(
                        " ",
                        cache.getAllocator(),
                        cache.getStore(),
                        "" + cache.getBits(),
                        "" + cache.getUnusedBits(),
                        "" + cache.getAddressableTags(),
                        "" + cache.getNeededTags(),
                        cache.getPolicy(),
                        cache.getOverflowStore(),
                        "" + cache.getLimit(),
                        "" + cache.isEscaped(),
                        "" + cache.getDisabledReason(),
                        "" + cache.getBytesOccupied(),
                        cache.getReason()));
        final StorageInfo arena = client.getStorage().get(1);
        assertNull(arena.getOverflowStore());
        assertEquals("too few bits", arena.getDisabledReason());

        final TotalsInfo totals = client.getTotals();
        assertEquals(
                List.of(640L, 10L, 81_920L),
                List.of(totals.getChargedBytes(), totals.getChargedCalls(), totals.getOwnBytes()));
        final PageTotalsInfo pages = totals.getPages().get(0);
        assertEquals(
                List.of("cache", 4096L, 1L, 8192L),
                List.of(pages.getAllocator(), pages.getBytes(), pages.getCalls(), pages.getUntracked()));
        assertNull(totals.getPages().get(1).getUntracked());
    }

    @Test
    @DisplayName("is made of open types, for clients that have none of our classes")
    void openTypes() throws JMException {
        final ObjectName name = management.objectName();
        final CompositeData[] storage = (CompositeData[]) server.getAttribute(name, "Storage");
        assertEquals("spill", storage[0].get("policy"));
        assertEquals(13, storage[0].getCompositeType().keySet().size());
        final CompositeData totals = (CompositeData) server.getAttribute(name, "Totals");
        assertEquals(8192L, ((CompositeData[]) totals.get("pages"))[0].get("untracked"));
        fill(1);
        final CompositeData page = (CompositeData) server.invoke(
                name,
                "report",
                new Object[] {null, null, null, 0L, "bytes", 0, "human", 0, 10},
                Arrays.stream(reportInfo().getSignature())
                        .map(MBeanParameterInfo::getType)
                        .toArray(String[]::new));
        assertEquals("           1        1 a/B.java:1 func:run\n", page.get("text"));
        assertEquals(1, page.get("matchingEntries"));
    }

    @Test
    @DisplayName("names and describes the arguments of the report")
    void describesArguments() throws JMException {
        assertEquals(
                List.of("module", "function", "file", "minBytes", "sort", "top", "format", "page", "pageSize"),
                Arrays.stream(reportInfo().getSignature())
                        .map(MBeanParameterInfo::getName)
                        .toList());
        assertEquals("bytes, calls or place", reportInfo().getSignature()[4].getDescription());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text-1.0", "text-2.0"})
    @DisplayName("gives text pages that put together are the report, byte for byte")
    void textPages(String format) throws IOException {
        fill(2_345);
        final StringBuilder paged = new StringBuilder();
        ReportPage page = report(format, 0, 100);
        for (int i = 0; i < page.getPages(); i++) {
            page = report(format, i, 100);
            paged.append(page.getText());
        }
        final StringBuilder whole = new StringBuilder();
        AllocInfoText.valueOf(format.equals("text-1.0") ? "V1_0" : "V2_0")
                .write(source.snapshot(AllocFilter.ALL).sortedBy(AllocOrder.BYTES), whole);
        assertEquals(whole.toString(), paged.toString());
        assertEquals(24, page.getPages());
        assertEquals(2_345, page.getMatchingEntries());
    }

    @Test
    @DisplayName("gives pages of one snapshot while counters move, every tag once")
    void pagesOfOneSnapshot() {
        fill(50);
        final List<String> lines = new ArrayList<>();
        final ReportPage first = report("human", 0, 7);
        lines.addAll(first.getText().lines().toList());
        for (int i = 1; i < first.getPages(); i++) {
            fill(50 + i, i); // what was largest is smallest now, and tags came
            source.contentId++;
            final ReportPage next = report("human", i, 7);
            assertEquals(first.getReportId(), next.getReportId());
            assertEquals(first.getContentId(), next.getContentId());
            assertNotEquals(client.getContentId(), next.getContentId());
            lines.addAll(next.getText().lines().toList());
        }
        assertEquals(50, lines.size());
        assertEquals(50, lines.stream().distinct().count());
        assertEquals(1, source.snapshots);
    }

    @Test
    @DisplayName("takes a new snapshot for page 0, and lets a reader of later pages notice")
    void anotherReaderBeginsAnew() {
        fill(50);
        final ReportPage first = report("human", 0, 7);
        report("text-2.0", 0, 9);
        assertNotEquals(first.getReportId(), report("human", 1, 7).getReportId());
    }

    @Test
    @DisplayName("keeps the snapshots of the last eight different queries")
    void keepsEight() {
        fill(50);
        final long oldest = query(1, 0).getReportId();
        final long second = query(2, 0).getReportId();
        for (int top = 3; top <= 9; top++) {
            query(top, 0);
        }
        assertEquals(second, query(2, 1).getReportId());
        assertNotEquals(oldest, query(1, 1).getReportId());
    }

    @Test
    @DisplayName("is empty beyond the last page and where nothing matches")
    void emptyPages() {
        fill(10);
        final ReportPage beyond = report("human", 99, 5);
        assertEquals("", beyond.getText());
        assertEquals(2, beyond.getPages());
        assertEquals("", report("human", Integer.MAX_VALUE, 1000).getText());
        final ReportPage none = client.report("none", null, null, 0, "bytes", 0, "human", 0, 5);
        assertEquals(0, none.getPages());
        assertEquals(0, none.getMatchingEntries());
        assertTrue(none.isConsistent());
    }

    @Test
    @DisplayName("filters by module, function, file and bytes; null and * are any, the empty module is core")
    void filters() {
        source.entries.add(ReportEntries.entry("a.B", 1, 100, 1));
        source.entries.add(ReportEntries.entry(ReportEntries.place("a.C", 2).inModule("plugin"), 200, 1));
        assertEquals(2, matching(null, null, null, 0));
        assertEquals(2, matching("*", "*", "*", 0));
        assertEquals(2, matching("*", "", "", 0));
        assertEquals(1, matching("", null, null, 0));
        assertEquals(1, matching("plugin", null, null, 0));
        assertEquals(1, matching(null, null, "C.java", 0));
        assertEquals(2, matching(null, "run", null, 0));
        assertEquals(0, matching(null, "fly", null, 0));
        assertEquals(1, matching(null, null, null, 101));
    }

    @Test
    @DisplayName("sorts by calls and by place, and keeps the largest by bytes first")
    void sortsAndKeepsTop() {
        source.entries.add(ReportEntries.entry("a.B", 1, 1, 9));
        source.entries.add(ReportEntries.entry("a.C", 1, 2, 1));
        source.entries.add(ReportEntries.entry("a.D", 1, 3, 5));
        assertEquals(List.of("B", "D", "C"), order("calls", 0));
        assertEquals(List.of("B", "C", "D"), order("place", 0));
        assertEquals(List.of("D", "C", "B"), order("bytes", 0));
        assertEquals(List.of("C", "D"), order("place", 2));
    }

    @Test
    @DisplayName("gives each page of JSON as a document of its own, with the state")
    void json() throws IOException {
        fill(25);
        source.state = ProfilingState.ON;
        int entries = 0;
        for (int page = 0; page < 3; page++) {
            final Map<?, ?> document =
                    (Map<?, ?>) StrictJson.parse(report("json", page, 10).getText());
            assertEquals("on", document.get("profiling"));
            entries += ((List<?>) document.get("entries")).size();
        }
        assertEquals(25, entries);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, bytes, 0, human, 0, 10, minBytes is -1; accepted: 0 or more",
        "0, size, 0, human, 0, 10, 'sort is ''size''; accepted: bytes, calls, place'",
        "0, BYTES, 0, human, 0, 10, 'sort is ''BYTES''; accepted: bytes, calls, place'",
        "0, , 0, human, 0, 10, 'sort is null; accepted: bytes, calls, place'",
        "0, bytes, -1, human, 0, 10, top is -1; accepted: 0 or more",
        "0, bytes, 0, xml, 0, 10, 'format is ''xml''; accepted: text-1.0, text-2.0, json, human'",
        "0, bytes, 0, , 0, 10, 'format is null; accepted: text-1.0, text-2.0, json, human'",
        "0, bytes, 0, human, -1, 10, page is -1; accepted: 0 or more",
        "0, bytes, 0, human, 0, 0, pageSize is 0; accepted: 1 to 1000",
        "0, bytes, 0, human, 0, 1001, pageSize is 1001; accepted: 1 to 1000"
    })
    @DisplayName("refuses a bad argument, naming it and what is accepted, before it reads anything")
    void badArguments(
            long minBytes,
            @Nullable String sort,
            int top,
            @Nullable String format,
            int page,
            int pageSize,
            String message) {
        final IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> client.report(null, null, null, minBytes, sort, top, format, page, pageSize));
        assertEquals(message, refused.getMessage());
        assertEquals(0, source.snapshots);
    }

    @Test
    @DisplayName("works over a real connection: values, pages and refusals")
    void overTheWire() throws IOException {
        fill(30);
        final JMXConnectorServer remote = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"), Map.of(), server);
        remote.start();
        try (JMXConnector connector = remote.toJMXConnector(Map.of())) {
            connector.connect();
            final MBeanServerConnection connection = connector.getMBeanServerConnection();
            client = JMX.newMXBeanProxy(connection, management.objectName(), ProfilerMXBean.class);
            client.switchOn();
            assertEquals("on", client.getState());
            assertEquals("too few bits", client.getStorage().get(1).getDisabledReason());
            assertEquals(30 + 2, report("text-2.0", 0, 1000).getText().lines().count());
            assertEquals(
                    "pageSize is 5000; accepted: 1 to 1000",
                    assertThrows(IllegalArgumentException.class, () -> report("human", 0, 5000))
                            .getMessage());
        } finally {
            remote.stop();
        }
    }

    @Test
    @DisplayName("has the documented name, and takes the next free suffix when it is taken")
    void names() throws JMException {
        assertEquals(
                "io.codetag:type=Profiler,name=pool",
                management
                        .objectName()
                        .getCanonicalName()
                        .replace("name=pool,type=Profiler", "type=Profiler,name=pool"));
        final ProfilerManagement second = ProfilerManagement.register(server, new FakeReportSource("pool"));
        final ProfilerManagement third = ProfilerManagement.register(server, new FakeReportSource("pool"));
        assertEquals("pool-2", second.objectName().getKeyProperty("name"));
        assertEquals("pool-3", third.objectName().getKeyProperty("name"));
        assertEquals("pool", client.getName());
        final ObjectName freed = second.objectName();
        second.unregister();
        assertNull(second.objectName());
        assertFalse(server.isRegistered(freed));
        assertEquals(
                freed,
                ProfilerManagement.register(server, new FakeReportSource("pool"))
                        .objectName());
    }

    @Test
    @DisplayName("leaves the server once, and does not mind if someone else took it out")
    void unregisters() throws JMException {
        final ObjectName name = management.objectName();
        server.unregisterMBean(name);
        management.unregister();
        final ProfilerManagement other = ProfilerManagement.register(server, new FakeReportSource("pool"));
        management.unregister();
        assertTrue(server.isRegistered(other.objectName()));
        assertNull(management.objectName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a=b", "a:b", "\"a\"", "a*?", "a\nb", "", " ", "\u00E9", "\\", "p\"ool,x=y"})
    @DisplayName("is found under any name a profiler may have")
    void oddNames(String name) throws JMException {
        final ProfilerManagement odd = ProfilerManagement.register(server, new FakeReportSource(name));
        final String property = odd.objectName().getKeyProperty("name");
        assertEquals(name, property.startsWith("\"") ? ObjectName.unquote(property) : property);
        assertFalse(odd.objectName().isPattern());
        assertEquals(name, server.getAttribute(odd.objectName(), "Name"));
        final ProfilerManagement again = ProfilerManagement.register(server, new FakeReportSource(name));
        assertNotEquals(odd.objectName(), again.objectName());
    }

    private MBeanOperationInfo reportInfo() throws JMException {
        final MBeanOperationInfo[] operations =
                server.getMBeanInfo(management.objectName()).getOperations();
        assertArrayEquals(
                new String[] {"report", "switchOff", "switchOn"},
                Arrays.stream(operations)
                        .map(MBeanOperationInfo::getName)
                        .sorted()
                        .toArray());
        return Arrays.stream(operations)
                .filter(operation -> operation.getName().equals("report"))
                .findFirst()
                .orElseThrow();
    }

    private ReportPage report(String format, int page, int pageSize) {
        return client.report(null, null, null, 0, "bytes", 0, format, page, pageSize);
    }

    private ReportPage query(int top, int page) {
        return client.report(null, null, null, top, "bytes", 0, "human", page, 7);
    }

    private int matching(@Nullable String module, @Nullable String function, @Nullable String file, long minBytes) {
        return client.report(module, function, file, minBytes, "bytes", 0, "human", 0, 10)
                .getMatchingEntries();
    }

    private List<String> order(String sort, int top) {
        return client.report(null, null, null, 0, sort, top, "text-1.0", 0, 10)
                .getText()
                .lines()
                .skip(2)
                .map(line -> ReportLine.parse(line).path().substring(2, 3))
                .toList();
    }

    /** Fills with tags that own 1, 2, 3 … bytes. */
    private void fill(int count) {
        fill(count, 0);
    }

    private void fill(int count, int round) {
        source.entries.clear();
        for (int i = 1; i <= count; i++) {
            source.entries.add(ReportEntries.entry("a.B", i, round == 0 ? i : 1_000L * round - i, 1));
        }
    }
}
