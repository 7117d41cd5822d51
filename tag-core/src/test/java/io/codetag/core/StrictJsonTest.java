package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON parser of these tests")
class StrictJsonTest {
    @Test
    @DisplayName("reads what is JSON")
    void reads() {
        assertEquals(
                Map.of("a", Arrays.asList(1L, -20L, 0L, true, false, null), "", List.of(), "o", Map.of()),
                StrictJson.parse(" {\"a\" : [1,-20, 0,true,false,null],\r\n\t\"\":[ ],\"o\":{ }} "));
        assertEquals(
                "\"\\/\b\f\n\r\t\u2028\uD800x\uD83D\uDE00",
                StrictJson.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u2028\\uD800x\uD83D\uDE00\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "\"",
                "[1,]",
                "{\"a\":1,}",
                "[01]",
                "[+1]",
                "[-]",
                "[1 2]",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":1,\"a\":2}",
                "[1]]",
                "nul",
                "True",
                "'a'",
                "\"\n\"",
                "\"\t\"",
                "\"\u0000\"",
                "\"\\x41\"",
                "\"\\u12\"",
                "\"\\u00g0\"",
                "\"\\",
                "[,1]",
                "\u00A0[]",
                "\uFEFF[]",
                "// c\n[]"
            })
    @DisplayName("refuses what is not")
    void refuses(String text) {
        assertThrows(AssertionError.class, () -> StrictJson.parse(text));
    }
}
