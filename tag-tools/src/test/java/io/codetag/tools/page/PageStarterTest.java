package io.codetag.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.codetag.core.Profiler;
import io.codetag.core.ProfilerListener;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
@DisplayName("The property codetag.page")
class PageStarterTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.codetag");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Profiler profiler =
            Profiler.builder().name("page starter test").build();
    private final PageStarter starter = new PageStarter();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void end() {
        System.clearProperty(PageStarter.PROPERTY);
        starter.removed();
        profiler.close();
        logger.detachAppender(logged);
    }

    private List<String> messages() {
        return logged.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains("CODETAG-6"))
                .toList();
    }

    @Test
    @DisplayName("starts the page, says where, and the page goes with the profiler")
    void starts() throws IOException {
        System.setProperty(PageStarter.PROPERTY, "0");
        starter.added(profiler);
        assertEquals(1, messages().size());
        final String message = messages().get(0);
        assertTrue(message.startsWith("[CODETAG-601] the live page is at http://"), message);
        final URI uri = URI.create(message.substring(message.indexOf("http://")));
        assertEquals(200, RawHttp.ask(uri, "GET", "/allocinfo").status());
        starter.removed();
        assertThrows(IOException.class, () -> RawHttp.ask(uri, "GET", "/allocinfo"));
    }

    @Test
    @DisplayName("starts nothing if it is not set")
    void absent() {
        starter.added(profiler);
        assertEquals(List.of(), messages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "-1", "65536", "127.0.0.1:80"})
    @DisplayName("is refused with what is accepted if it is no port")
    void wrong(String value) {
        System.setProperty(PageStarter.PROPERTY, value);
        starter.added(profiler);
        assertEquals(1, messages().size());
        assertTrue(messages().get(0).startsWith("[CODETAG-602] "), messages()::toString);
        assertTrue(messages().get(0).contains("0 to 65535"), messages()::toString);
    }

    @Test
    @DisplayName("is heard wherever the jar is")
    void isFound() {
        assertTrue(ServiceLoader.load(ProfilerListener.class).stream()
                .anyMatch(found -> found.type() == PageStarter.class));
    }
}
