package io.codetag.external;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus on the loopback interface, and questions to it. */
final class Prometheus implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    private Prometheus(Process process, Path log) throws Exception {
        this.process = process;
        this.log = log;
        this.address = Waiting.until("Prometheus listens; see " + log, this::listening);
        Waiting.until("Prometheus is ready", () -> Optional.of(get("/-/ready")).filter(r -> r.statusCode() == 200));
    }

    /** Starts it on some free port. It keeps everything in the folder of the configuration. */
    static Prometheus start(Path configuration) throws Exception {
        final Path folder = configuration.toAbsolutePath().getParent();
        final Path log = folder.resolve("prometheus.log");
        final Process process = new ProcessBuilder(
                        ExternalProgram.PROMETHEUS.require().toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new Prometheus(process, log);
        } catch (Exception | AssertionError failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private Optional<String> listening() throws IOException {
        final String text = Files.readString(log);
        if (!process.isAlive()) {
            throw new AssertionError(text);
        }
        final Matcher found = ADDRESS.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** Asks for the present value of an expression, or with a range selector for the samples as they were scraped. */
    List<PromSeries> query(String expression) throws Exception {
        final JsonNode data = data("query?query=" + encode(expression));
        final List<PromSeries> series = new ArrayList<>();
        data.get("result").forEach(each -> series.add(PromSeries.of(each)));
        return series;
    }

    /** Returns the one value of an expression, or nothing where there is none. */
    Optional<Double> value(String expression) throws Exception {
        final List<PromSeries> series = query(expression);
        if (series.size() > 1) {
            throw new AssertionError(expression + " is many: " + series);
        }
        return series.stream().map(PromSeries::value).findFirst();
    }

    /** Returns which values a label has in the series that match. */
    List<String> labelValues(String label, String selector) throws Exception {
        final List<String> values = new ArrayList<>();
        data("label/" + label + "/values?match[]=" + encode(selector)).forEach(each -> values.add(each.asString()));
        return values;
    }

    /** Asks the API, which must answer with success. */
    JsonNode data(String pathAndQuery) throws Exception {
        final HttpResponse<String> response = get("/api/v1/" + pathAndQuery);
        assertEquals(200, response.statusCode(), () -> pathAndQuery + "\n" + response.body());
        final JsonNode answer = JSON.readTree(response.body());
        assertEquals("success", answer.get("status").asString(), response::body);
        return answer.get("data");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        final URI uri =
                URI.create("http://" + address + path.replace("[", "%5B").replace("]", "%5D"));
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
