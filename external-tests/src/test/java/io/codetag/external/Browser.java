package io.codetag.external;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Chromium without a window, driven by the W3C's WebDriver protocol. */
final class Browser implements AutoCloseable {
    static final String ARROW_LEFT = "\uE012";
    static final String ARROW_RIGHT = "\uE014";
    static final String ARROW_DOWN = "\uE015";
    static final String BACKSPACE = "\uE003";
    static final String END = "\uE010";
    static final String ENTER = "\uE007";
    static final String ESCAPE = "\uE00C";
    static final String TAB = "\uE004";

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process driver;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String session;

    private Browser(Process driver, Path log, Path chromium) throws Exception {
        this.driver = driver;
        this.log = log;
        final String address = "http://127.0.0.1:" + Waiting.until("chromedriver listens; see " + log, this::port);
        final JsonNode created =
                send("POST", address + "/session", Map.of("capabilities", Map.of("alwaysMatch", wanted(chromium))));
        this.session = address + "/session/" + created.get("sessionId").asString();
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", WIDTH, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Starts a browser with a profile of its own in a folder; where there is none, the test is skipped. */
    static Browser start(Path folder) throws Exception {
        final Path chromium = ExternalProgram.CHROMIUM.require();
        final Path log = folder.resolve("chromedriver.log");
        final Process driver = new ProcessBuilder(
                        ExternalProgram.CHROMEDRIVER.require().toString(), "--port=0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new Browser(driver, log, chromium);
        } catch (Exception | AssertionError failed) {
            end(driver);
            throw failed;
        }
    }

    private static Map<String, Object> wanted(Path chromium) {
        final List<String> arguments = new ArrayList<>(List.of(
                "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en-US"));
        if (System.getProperty("user.name").equals("root")) {
            arguments.add("--no-sandbox"); // which Chromium cannot set up for root
        }
        return Map.of(
                "browserName",
                "chrome",
                "goog:loggingPrefs",
                Map.of("browser", "ALL"),
                "goog:chromeOptions",
                Map.of("binary", chromium.toString(), "args", arguments));
    }

    private Optional<String> port() throws IOException {
        final String text = Files.readString(log);
        if (!driver.isAlive()) {
            throw new AssertionError(text);
        }
        final Matcher started = STARTED.matcher(text);
        return started.find() ? Optional.of(started.group(1)) : Optional.empty();
    }

    /** Goes to a page and waits until it says that it is ready. */
    void open(URI page) throws Exception {
        send("POST", session + "/url", Map.of("url", page.toString()));
        until("the page is ready", "return document.documentElement.dataset.ready === 'true'");
    }

    /** Goes somewhere that says nothing. */
    void visit(URI page) throws Exception {
        send("POST", session + "/url", Map.of("url", page.toString()));
    }

    /** Runs the body of a function and returns what it returns; a promise is waited for. */
    JsonNode script(String body, Object... arguments) throws Exception {
        return send("POST", session + "/execute/sync", Map.of("script", body, "args", Arrays.asList(arguments)));
    }

    String text(String body, Object... arguments) throws Exception {
        return script(body, arguments).asString();
    }

    int number(String body, Object... arguments) throws Exception {
        return script(body, arguments).asInt();
    }

    boolean is(String body, Object... arguments) throws Exception {
        return script(body, arguments).asBoolean();
    }

    /** Waits until a condition holds. */
    void until(String what, String condition, Object... arguments) throws Exception {
        Waiting.until(what, () -> is(condition, arguments) ? Optional.of(true) : Optional.empty());
    }

    /** Presses keys one after the other, wherever the focus is. */
    void press(String keys) throws Exception {
        final List<Map<String, Object>> actions = new ArrayList<>();
        keys.codePoints().mapToObj(Character::toString).forEach(key -> {
            actions.add(Map.of("type", "keyDown", "value", key));
            actions.add(Map.of("type", "keyUp", "value", key));
        });
        act(Map.of("type", "key", "id", "keyboard", "actions", actions));
    }

    /** Clicks in the middle of the first element that a selector finds. */
    void click(String selector) throws Exception {
        final JsonNode box = script(
                "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
                        + "return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]",
                selector);
        moveTo(box.get(0).asInt(), box.get(1).asInt(), true);
    }

    void moveTo(int x, int y, boolean andClick) throws Exception {
        final List<Map<String, Object>> actions = new ArrayList<>();
        actions.add(Map.of("type", "pointerMove", "duration", 0, "x", x, "y", y));
        if (andClick) {
            actions.add(Map.of("type", "pointerDown", "button", 0));
            actions.add(Map.of("type", "pointerUp", "button", 0));
        }
        act(Map.of("type", "pointer", "id", "mouse", "actions", actions));
    }

    private void act(Map<String, Object> source) throws Exception {
        send("POST", session + "/actions", Map.of("actions", List.of(source)));
    }

    /** Has the system prefer light or dark. */
    void preferColours(String scheme) throws Exception {
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void cdp(String command, Map<String, Object> parameters) throws Exception {
        send("POST", session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** Returns what was logged since the last question: errors of scripts, refusals by a content policy. */
    List<String> console() throws Exception {
        final List<String> messages = new ArrayList<>();
        send("POST", session + "/se/log", Map.of("type", "browser"))
                .forEach(entry -> messages.add(entry.get("level").asString()
                        + ' '
                        + entry.get("message").asString()));
        return messages;
    }

    /** Takes a picture of the page, as a PNG. */
    byte[] picture() throws Exception {
        return Base64.getDecoder()
                .decode(send("GET", session + "/screenshot", null).asString());
    }

    private JsonNode send(String method, String address, Map<String, ?> body) throws IOException, InterruptedException {
        final HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        final HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        final JsonNode value = JSON.readTree(response.body()).get("value");
        if (response.statusCode() != 200) {
            throw new AssertionError(method + ' ' + address + ' ' + body + '\n' + value);
        }
        return value;
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, null);
        } catch (IOException gone) {
            // then it is ended below
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            end(driver);
        }
    }

    /** Ends the driver, and the browser with it should it have stayed. */
    private static void end(Process driver) {
        driver.descendants().forEach(ProcessHandle::destroyForcibly);
        driver.destroyForcibly().onExit().join();
    }
}
