package io.codetag.tools.page;

import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoText;
import io.codetag.core.AllocOrder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a reader asks for in the part after the question mark. Everything is optional; what is not known is refused.
 *
 * @param version the version of the text
 * @param filter which tags
 * @param order their order; null for that of the profiler
 * @param top so many of them at most; null for all
 */
record ReportQuery(
        AllocInfoText version,
        AllocFilter filter,
        @Nullable AllocOrder order,
        @Nullable Integer top) {
    static final Set<String> FILTERS =
            Set.of("module", "function", "file", "line", "accurate", "minBytes", "maxBytes", "sort", "top");
    private static final int LONGEST = 4096;

    /**
     * Reads a query.
     *
     * @param query as it was sent; null for none
     * @param accepted the names that this path knows
     */
    static ReportQuery parse(@Nullable String query, Set<String> accepted) throws Refusal {
        final Map<String, String> given = split(query, accepted);
        final AllocFilter.Builder filter = AllocFilter.builder()
                .module(given.get("module"))
                .function(given.get("function"))
                .file(given.get("file"));
        try {
            if (given.containsKey("line")) {
                filter.line((int) number(given, "line", Integer.MAX_VALUE));
            }
            if (given.containsKey("accurate")) {
                filter.accurate(choice(given, "accurate", Map.of("yes", true, "no", false)));
            }
            filter.minBytes(number(given, "minBytes", 0));
            filter.maxBytes(number(given, "maxBytes", Long.MAX_VALUE));
            final Map<String, AllocOrder> orders =
                    Map.of("bytes", AllocOrder.BYTES, "calls", AllocOrder.CALLS, "place", AllocOrder.PLACE);
            return new ReportQuery(
                    given.containsKey("version")
                            ? choice(given, "version", Map.of("1.0", AllocInfoText.V1_0, "2.0", AllocInfoText.V2_0))
                            : AllocInfoText.V2_0,
                    filter.build(),
                    given.containsKey("sort") ? choice(given, "sort", orders) : null,
                    given.containsKey("top") ? (int) Math.min(Integer.MAX_VALUE, number(given, "top", 0)) : null);
        } catch (IllegalArgumentException wrong) { // of the filter: it says what is accepted
            throw new Refusal(400, String.valueOf(wrong.getMessage()));
        }
    }

    /** Orders and cuts what was read. */
    AllocInfo apply(AllocInfo info) {
        final AllocInfo ordered = order == null ? info : info.sortedBy(order);
        if (top == null || top >= info.entries().size()) {
            return ordered;
        }
        return order == null
                ? info.top(top)
                : new AllocInfo(
                        info.contentIdBefore(),
                        info.contentIdAfter(),
                        ordered.entries().subList(0, top));
    }

    private static Map<String, String> split(@Nullable String query, Set<String> accepted) throws Refusal {
        final Map<String, String> given = new HashMap<>();
        if (query == null || query.isEmpty()) {
            return given;
        }
        if (query.length() > LONGEST) {
            throw new Refusal(400, "the query is longer than " + LONGEST + " characters");
        }
        for (String part : query.split("&", -1)) {
            final int sign = part.indexOf('=');
            final String name = decode(sign < 0 ? part : part.substring(0, sign));
            if (!accepted.contains(name)) {
                throw new Refusal(
                        400,
                        "a parameter is not known here; accepted: "
                                + (accepted.isEmpty() ? "none" : String.join(", ", new TreeSet<>(accepted))));
            }
            if (given.put(name, sign < 0 ? "" : decode(part.substring(sign + 1))) != null) {
                throw new Refusal(400, "the parameter " + name + " is there twice");
            }
        }
        return given;
    }

    private static String decode(String part) throws Refusal {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(400, "the query is not well encoded: a % is followed by two hexadecimal digits");
        }
    }

    private static long number(Map<String, String> given, String name, long absent) throws Refusal {
        final String value = given.get(name);
        if (value == null) {
            return absent;
        }
        try {
            final long number = Long.parseLong(value);
            if (number >= 0 && (!name.equals("line") || number <= Integer.MAX_VALUE)) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // said below
        }
        throw new Refusal(400, name + " has to be a number, 0 or more");
    }

    private static <T> T choice(Map<String, String> given, String name, Map<String, T> choices) throws Refusal {
        final T chosen = choices.get(given.getOrDefault(name, "").toLowerCase(Locale.ROOT));
        if (chosen == null) {
            throw new Refusal(
                    400, name + " is not one of those accepted: " + String.join(", ", new TreeSet<>(choices.keySet())));
        }
        return chosen;
    }
}
