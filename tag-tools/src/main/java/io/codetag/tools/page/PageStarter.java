package io.codetag.tools.page;

import com.google.auto.service.AutoService;
import io.codetag.core.Profiler;
import io.codetag.core.ProfilerListener;
import io.codetag.tools.LivePage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page of the process-wide profiler if {@code codetag.page} (or {@code CODETAG_PAGE}) names a port; else it
 * does nothing. The page listens on loopback, and only reads.
 */
@AutoService(ProfilerListener.class)
public final class PageStarter implements ProfilerListener {
    static final String PROPERTY = "codetag.page";
    static final String VARIABLE = "CODETAG_PAGE";
    private static final Logger LOG = LoggerFactory.getLogger("io.codetag");

    private @Nullable LivePage page;

    /** Made by the service loader. */
    public PageStarter() {}

    @Override
    public void added(Profiler profiler) {
        final String property = System.getProperty(PROPERTY);
        final String value = property == null ? System.getenv(VARIABLE) : property;
        if (value == null || value.isBlank()) {
            return;
        }
        try {
            final LivePage started = start(profiler, value.strip());
            page = started;
            LOG.info("[CODETAG-601] the live page is at {}", started.uri());
        } catch (IOException | IllegalArgumentException wrong) {
            LOG.warn("[CODETAG-602] there is no live page: {}", wrong.getMessage());
        }
    }

    @Override
    public void removed() {
        if (page != null) {
            page.close();
            page = null;
        }
    }

    private static LivePage start(Profiler profiler, String value) throws IOException {
        final int port;
        try {
            port = Integer.parseInt(value);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(
                    PROPERTY + " is '" + value + "'; accepted: a port, 0 to 65535 (0 takes any that is free)", notOne);
        }
        return LivePage.builder()
                .profiler(profiler)
                .port(port)
                .title("Allocations")
                .start();
    }
}
