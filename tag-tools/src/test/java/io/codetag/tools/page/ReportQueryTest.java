package io.codetag.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.core.AllocEntry;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoText;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The query of a request")
class ReportQueryTest {
    private static final Set<String> ALL = all();
    private static final AllocInfo INFO = Tags.info(
            Tags.entry("a.B", 1, "f", 10, 3), Tags.entry("a.A", 2, "f", 30, 1), Tags.entry("a.C", 3, "f", 20, 2));

    private static Set<String> all() {
        final Set<String> names = new TreeSet<>(ReportQuery.FILTERS);
        names.add("version");
        return names;
    }

    private static List<Long> bytes(String query) throws Refusal {
        return ReportQuery.parse(query, ALL).apply(INFO).entries().stream()
                .map(AllocEntry::bytes)
                .toList();
    }

    @Test
    @DisplayName("may be absent: everything, in the profiler's order, as version 2.0")
    void absent() throws Refusal {
        for (String nothing : new String[] {null, ""}) {
            final ReportQuery query = ReportQuery.parse(nothing, ALL);
            assertEquals(AllocFilter.ALL, query.filter());
            assertEquals(AllocInfoText.V2_0, query.version());
            assertEquals(INFO, query.apply(INFO));
        }
    }

    @Test
    @DisplayName("names every condition of a filter, encoded as forms are")
    void filters() throws Refusal {
        final ReportQuery query = ReportQuery.parse(
                "module=a%20plugin&function=%3Cinit%3E&file=x%2By.java&line=7&accurate=no&minBytes=1&maxBytes=9&version=1.0",
                ALL);
        assertEquals(new AllocFilter("a plugin", "<init>", "x+y.java", 7, false, 1, 9), query.filter());
        assertEquals(AllocInfoText.V1_0, query.version());
    }

    @Test
    @DisplayName("orders and cuts; the largest come first where no order was asked for")
    void order() throws Refusal {
        assertEquals(List.of(30L, 20L), bytes("top=2"));
        assertEquals(List.of(10L, 20L), bytes("top=2&sort=calls"));
        assertEquals(List.of(30L, 10L, 20L), bytes("sort=place"));
        assertEquals(List.of(), bytes("top=0"));
        assertEquals(List.of(10L, 30L, 20L), bytes("top=99999999999999"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense=1 | accepted: accurate, file",
                "a | accepted: accurate, file",
                "& | accepted: accurate, file",
                "line=x | 0 or more",
                "line=-1 | 0 or more",
                "line=2147483648 | 0 or more",
                "line= | 0 or more",
                "line | 0 or more",
                "top=-1 | 0 or more",
                "minBytes=9223372036854775808 | 0 or more",
                "minBytes=5&maxBytes=4 | may not be the larger",
                "accurate=maybe | no, yes",
                "version=3.0 | 1.0, 2.0",
                "sort=size | bytes, calls, place",
                "top=1&top=2 | twice",
                "top=1&%74op=2 | twice",
                "file=%zz | hexadecimal",
                "file=% | hexadecimal",
            })
    @DisplayName("is refused with what is accepted if anything in it is wrong")
    void wrong(String query, String said) {
        final Refusal refusal = assertThrows(Refusal.class, () -> ReportQuery.parse(query, ALL));
        assertEquals(400, refusal.status());
        assertTrue(refusal.getMessage().contains(said), refusal::getMessage);
    }

    @Test
    @DisplayName("is refused if it is very long")
    void tooLong() {
        final Refusal refusal = assertThrows(Refusal.class, () -> ReportQuery.parse("file=" + "x".repeat(4096), ALL));
        assertEquals(400, refusal.status());
    }
}
