package io.codetag.tools.page;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.tools.report.Sample;
import java.time.Instant;
import java.util.List;

/** Reports for tests. */
final class Tags {
    /** Names that try to be something else than names. */
    static final List<String> HOSTILE = List.of(
            "</script><img src=x onerror=alert(1)>",
            "<!--<script>",
            "]]>&lt;&#60;",
            "\"'\\`${1}",
            "line\nfeed\r\t\0",
            "\u2028\u2029\u0085",
            "\uD800 lone \uDC00",
            "\uDBFF\uDFFF\uD83D\uDE00",
            "\u202Ertl\u2066",
            "\uFEFF\u200B",
            " ",
            "constructor",
            "__proto__");

    private Tags() {}

    static AllocEntry entry(String className, int line, String function, long bytes, long calls) {
        final String file = className.substring(className.lastIndexOf('.') + 1) + ".java";
        return new AllocEntry(
                3, CodeTag.of(className, file, line, function), null, new AllocCounts(bytes, calls), true, false);
    }

    static AllocEntry in(String module, AllocEntry entry) {
        return new AllocEntry(
                entry.code(), entry.place().inModule(module), null, entry.counts(), entry.accurate(), entry.unloaded());
    }

    static AllocInfo info(AllocEntry... entries) {
        return new AllocInfo(7, 7, List.of(entries));
    }

    static Sample sample(long millis, AllocEntry... entries) {
        return new Sample(Instant.ofEpochMilli(millis), info(entries));
    }
}
