package io.codetag.spring;

import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoJson;
import io.codetag.core.AllocInfoText;
import io.codetag.core.AllocOrder;
import io.codetag.core.Profiler;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The report over HTTP: {@code GET /actuator/allocinfo}, as JSON or, for who accepts {@code text/plain}, as the text that
 * Linux writes; {@code POST} switches profiling on and off.
 *
 * <p>It is read-only unless {@code management.endpoint.allocinfo.access=unrestricted}, and exposed only if
 * {@code management.endpoints.web.exposure.include} names it.
 *
 * <p>Parameters that are given have to hold all at once. A value that cannot be taken is answered with status 400. Why
 * stands in the body if the application's errors include their messages.
 *
 * @since 0.1
 */
@Endpoint(id = "allocinfo", defaultAccess = Access.READ_ONLY)
public final class AllocInfoEndpoint {
    private static final int CONFLICT = 409;

    private final Profiler profiler;

    /**
     * Makes an endpoint.
     *
     * @param profiler what it shows
     */
    public AllocInfoEndpoint(Profiler profiler) {
        this.profiler = profiler;
    }

    /**
     * Returns the report as JSON, with the state, the totals and the storage facts.
     *
     * @param module the module; "" for core tags only
     * @param function the function
     * @param file the path as printed, or its end from some slash on
     * @param line the line; 0 for unknown
     * @param accurate accurate tags only, or the others only
     * @param minBytes at least so many live bytes, 0 or more
     * @param maxBytes at most so many live bytes, not below {@code minBytes}
     * @param top how many of the largest tags by bytes; 0 for all, as if not given
     * @param sort bytes (as if not given), calls or place
     * @return the report
     */
    @ReadOperation(produces = "application/json")
    public String json(
            @Nullable String module,
            @Nullable String function,
            @Nullable String file,
            @Nullable Integer line,
            @Nullable Boolean accurate,
            @Nullable Long minBytes,
            @Nullable Long maxBytes,
            @Nullable Integer top,
            @Nullable String sort) {
        final AllocInfo info = read(module, function, file, line, accurate, minBytes, maxBytes, top, sort);
        final StringBuilder text = new StringBuilder();
        try {
            AllocInfoJson.ENTRIES
                    .with(profiler.state())
                    .with(profiler.recordedTotals())
                    .with(profiler.storage())
                    .write(info, text);
        } catch (IOException impossible) {
            throw new AssertionError("memory does not fail that way", impossible);
        }
        return text.toString();
    }

    /**
     * Returns the report as text, version 2.0.
     *
     * @param module as for JSON
     * @param function as for JSON
     * @param file as for JSON
     * @param line as for JSON
     * @param accurate as for JSON
     * @param minBytes as for JSON
     * @param maxBytes as for JSON
     * @param top as for JSON
     * @param sort as for JSON
     * @return the report
     */
    @ReadOperation(produces = "text/plain;charset=UTF-8")
    public String text(
            @Nullable String module,
            @Nullable String function,
            @Nullable String file,
            @Nullable Integer line,
            @Nullable Boolean accurate,
            @Nullable Long minBytes,
            @Nullable Long maxBytes,
            @Nullable Integer top,
            @Nullable String sort) {
        final AllocInfo info = read(module, function, file, line, accurate, minBytes, maxBytes, top, sort);
        final StringBuilder text = new StringBuilder();
        try {
            AllocInfoText.V2_0.write(info, text);
        } catch (IOException impossible) {
            throw new AssertionError("memory does not fail that way", impossible);
        }
        return text.toString();
    }

    /**
     * Switches profiling.
     *
     * @param profiling on or off
     * @return the state after that; with status 409 if profiling was set to never
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, String>> profiling(String profiling) {
        if (!profiling.equals("on") && !profiling.equals("off")) {
            throw invalid("profiling is '" + profiling + "'; accepted: on, off");
        }
        try {
            profiler.record(profiling.equals("on"));
        } catch (IllegalStateException never) {
            return new WebEndpointResponse<>(Map.of("state", state(), "error", message(never)), CONFLICT);
        }
        return new WebEndpointResponse<>(Map.of("state", state()));
    }

    private AllocInfo read(
            @Nullable String module,
            @Nullable String function,
            @Nullable String file,
            @Nullable Integer line,
            @Nullable Boolean accurate,
            @Nullable Long minBytes,
            @Nullable Long maxBytes,
            @Nullable Integer top,
            @Nullable String sort) {
        final AllocOrder order = order(sort);
        try {
            final AllocInfo info = profiler.snapshot(new AllocFilter(
                    module,
                    function,
                    file,
                    line,
                    accurate,
                    minBytes == null ? 0 : minBytes,
                    maxBytes == null ? Long.MAX_VALUE : maxBytes));
            return (top == null || top == 0 ? info : info.top(top)).sortedBy(order);
        } catch (IllegalArgumentException outOfRange) {
            throw invalid(message(outOfRange).replaceFirst("^n is ", "top is "));
        }
    }

    private static AllocOrder order(@Nullable String sort) {
        for (AllocOrder order : AllocOrder.values()) {
            if (sort == null || order.name().toLowerCase(Locale.ROOT).equals(sort)) {
                return order; // bytes is the first
            }
        }
        throw invalid("sort is '" + sort + "'; accepted: bytes, calls, place");
    }

    private String state() {
        return profiler.state().name().toLowerCase(Locale.ROOT);
    }

    private static String message(Exception thrown) {
        return String.valueOf(thrown.getMessage());
    }

    private static InvalidEndpointRequestException invalid(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }
}
