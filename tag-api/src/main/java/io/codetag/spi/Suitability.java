package io.codetag.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer to a request: yes, or no with the reason.
 *
 * @param reason why the request cannot be served; null when it can
 * @since 0.1
 */
public record Suitability(@Nullable String reason) {
    private static final Suitability YES = new Suitability(null);

    /**
     * Says that the request can be served.
     *
     * @return yes
     */
    public static Suitability yes() {
        return YES;
    }

    /**
     * Says that the request cannot be served.
     *
     * @param reason a clause for an operator, such as "the allocator has no flag word"
     * @return no
     */
    public static Suitability no(String reason) {
        return new Suitability(Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Says whether the request can be served.
     *
     * @return true for yes
     */
    public boolean suits() {
        return reason == null;
    }
}
