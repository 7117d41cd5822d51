package io.codetag.tools.page;

import com.sun.net.httpserver.Headers;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets no other site read or write, though the reader's browser can reach the page.
 *
 * <ul>
 *   <li>{@code Host} has to be {@code localhost}, an address of this machine's loopback (any address, if the page listens
 *       beyond it), or a name that was allowed. So a name of somebody else that leads here (DNS rebinding) is of no use.
 *   <li>{@code Sec-Fetch-Site}, where a browser sends it, has to be {@code same-origin} or {@code none}.
 *   <li>{@code Origin}, where it is sent, has to be this page.
 * </ul>
 */
final class RequestGuard {
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.]{2,45}]|[^\\[\\]:/@\\s]{1,253})(:[0-9]{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[.*]");
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|\\[(0*:){1,7}0*1]");

    private final boolean loopbackOnly;
    private final Set<String> names;

    RequestGuard(InetSocketAddress bound, Set<String> names) {
        this.loopbackOnly = bound.getAddress().isLoopbackAddress();
        this.names = names;
    }

    void check(Headers headers) throws Refusal {
        final String host = only(headers, "Host");
        if (host == null) {
            throw new Refusal(400, "a request needs exactly one Host header");
        }
        final Matcher parts = HOST.matcher(host);
        if (!parts.matches() || !isOurs(parts.group(1).toLowerCase(Locale.ROOT))) {
            throw new Refusal(
                    403, "this page is not known by the name in the Host header; call it by localhost or its address");
        }
        checkSite(headers);
        checkOrigin(headers, host);
    }

    private boolean isOurs(String name) {
        return name.equals("localhost")
                || names.contains(name)
                || LOOPBACK.matcher(name).matches()
                || (!loopbackOnly && ADDRESS.matcher(name).matches());
    }

    private static void checkSite(Headers headers) throws Refusal {
        final String site = first(headers, "Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new Refusal(403, "another site may not ask; open this page by typing its address");
        }
    }

    private static void checkOrigin(Headers headers, String host) throws Refusal {
        final String origin = first(headers, "Origin");
        if (origin != null
                && !origin.equalsIgnoreCase("http://" + host)
                && !origin.equalsIgnoreCase("https://" + host)) {
            throw new Refusal(403, "another site may not ask");
        }
    }

    private static @Nullable String only(Headers headers, String name) {
        final List<String> values = headers.get(name);
        return values == null || values.size() != 1 ? null : values.get(0);
    }

    /** Returns a header; several of it are joined, which no check accepts. */
    private static @Nullable String first(Headers headers, String name) {
        final List<String> values = headers.get(name);
        return values == null ? null : String.join(",", values);
    }
}
