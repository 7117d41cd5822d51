package io.codetag.micrometer;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.sun.net.httpserver.HttpServer;
import io.codetag.AllocTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an OpenTelemetry collector receives")
class OtlpTest {
    private final BlockingQueue<ExportMetricsServiceRequest> received = new LinkedBlockingQueue<>();
    private final Owner owner = new Owner();
    private HttpServer collector;
    private OtlpMeterRegistry registry;

    @BeforeEach
    void startCollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            try (exchange) {
                received.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        collector.start();
        final Map<String, String> config = Map.of(
                "otlp.url",
                "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics",
                "otlp.step",
                Duration.ofDays(1).toString());
        registry = new OtlpMeterRegistry((OtlpConfig) config::get, Clock.SYSTEM);
    }

    @AfterEach
    void stopCollector() {
        collector.stop(0);
    }

    /** Publishes what there is, once, as a registry does when it is closed. */
    private List<Metric> publish() throws InterruptedException {
        registry.close();
        final ExportMetricsServiceRequest request = received.poll(60, TimeUnit.SECONDS);
        assertNotNull(request, "nothing arrived");
        return request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList();
    }

    private static Metric find(List<Metric> metrics, String name) {
        return metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> attributes(NumberDataPoint point) {
        return point.getAttributesList().stream()
                .collect(toMap(
                        KeyValue::getKey, each -> each.getValue().getStringValue(), (a, b) -> a + b, TreeMap::new));
    }

    @Test
    @DisplayName("is the profiler's own report, with units, and the others in one")
    void equalsTheReport() throws Exception {
        for (int line = 1; line <= 60; line++) {
            final AllocTag tag = owner.owning("m\n\"\ud800", line, 100L * line);
            tag.charge(line);
        }
        try (CodetagMetrics metrics = CodetagMetrics.builder()
                .profiler(owner.profiler)
                .top(20)
                .maxAge(Duration.ofHours(1)) // all of one snapshot, however busy the machine is
                .build()) {
            metrics.bindTo(registry);
            final List<Metric> published = publish();
            final Metric live = find(published, "codetag.live.bytes");
            assertEquals("bytes", live.getUnit());
            final AllocInfo report = owner.profiler.snapshot();
            double sum = 0;
            int own = 0;
            for (NumberDataPoint point : live.getGauge().getDataPointsList()) {
                final Map<String, String> labels = attributes(point);
                sum += point.getAsDouble();
                if (!labels.get("line").isEmpty()) {
                    own++;
                    final AllocEntry entry = report.entries().stream()
                            .filter(each -> labels.equals(attributes(each)))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(labels));
                    assertEquals((double) entry.bytes(), point.getAsDouble(), labels::toString);
                }
            }
            assertEquals(20, own);
            assertEquals((double) report.total().bytes(), sum);
            final Metric calls = find(published, "codetag.live.calls");
            assertEquals(
                    (double) report.total().calls(),
                    calls.getGauge().getDataPointsList().stream()
                            .mapToDouble(NumberDataPoint::getAsDouble)
                            .sum());
        }
    }

    private static Map<String, String> attributes(AllocEntry entry) {
        return new TreeMap<>(Map.of(
                "module", Labels.value(String.valueOf(entry.place().module())),
                "file", Labels.value(entry.place().path()),
                "line", Integer.toString(entry.place().line()),
                "function", Labels.value(entry.place().function())));
    }
}
