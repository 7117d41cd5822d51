package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeTag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A name in the text report")
class PlaceTextTest {
    private static final long SEED = 20_260_101L;

    @ParameterizedTest
    @CsvSource({
        "0020, '\\040'",
        "0009, '\\011'",
        "000A, '\\012'",
        "0000, '\\000'",
        "001B, '\\033'",
        "005C, '\\134'",
        "007F, '\\177'",
        "0085, '\\302\\205'",
        "00A0, '\\302\\240'",
        "2028, '\\342\\200\\250'",
        "202E, '\\342\\200\\256'",
        "200B, '\\342\\200\\213'",
        "FEFF, '\\357\\273\\277'",
        "D800, '\\355\\240\\200'",
        "DFFF, '\\355\\277\\277'",
        "E0001, '\\363\\240\\200\\201'"
    })
    @DisplayName("has its white space, control and format characters, lone surrogates and backslashes as octal bytes")
    void escapes(String hex, String expected) {
        final String character = Character.toString(Integer.parseInt(hex, 16));
        assertEquals("a" + expected + "b", PlaceText.escape("a" + character + "b"));
        assertEquals(expected, AllocInfoText.escape(character));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<clinit>", "lambda$run$0", "[a]:b#\"'", "\u00E9\u4E2D", "\uD83D\uDE00", "\uE000"})
    @DisplayName("keeps every other character")
    void keeps(String name) {
        assertEquals(name, PlaceText.escape(name));
    }

    @Test
    @DisplayName("has no white space of any kind, for every character there is")
    void everyCharacter() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            final String name = Character.toString(character);
            final String escaped = PlaceText.escape(name);
            final boolean white = Character.isWhitespace(character)
                    || Character.isSpaceChar(character)
                    || Character.isISOControl(character);
            if (white) {
                assertTrue(escaped.startsWith("\\"), () -> "U+" + Integer.toHexString(name.codePointAt(0)));
            }
            assertEquals(name, ReportLine.unescape(escaped));
            assertEquals(name, PlaceText.unescape(escaped));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'a\\', 2, octal digits",
        "'\\04', 1, octal digits",
        "'ab\\048c', 3, octal digits",
        "'\\400', 1, is no byte",
        "'\\303', 1, UTF-8",
        "'\\303x\\251', 1, UTF-8",
        "'\\251', 1, UTF-8",
        "'\\300\\200', 1, UTF-8",
        "'\\340\\200\\200', 1, UTF-8",
        "'\\360\\200\\200\\200', 1, UTF-8",
        "'\\364\\220\\200\\200', 1, UTF-8",
        "'\\377\\277\\277\\277', 1, UTF-8"
    })
    @DisplayName("is refused with the position where an escape is none")
    void refusesWhatIsNoEscape(String escaped, int position, String why) {
        final String message = assertThrows(IllegalArgumentException.class, () -> PlaceText.unescape(escaped))
                .getMessage();
        assertTrue(message.contains("at character " + position + ' '), message);
        assertTrue(message.contains(why), message);
    }

    @Test
    @DisplayName("comes back exactly, and no name forges a line, a field or a marker")
    void hostileNamesComeBack() throws IOException {
        System.out.println("seed " + SEED);
        final AllocInfo info = ReportEntries.hostile(new SplittableRandom(SEED), 5_000);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        AllocInfoText.V2_0.write(info, out);
        final String text = StandardCharsets.UTF_8
                .newDecoder() // reports what is malformed
                .decode(ByteBuffer.wrap(out.toByteArray()))
                .toString();
        final List<String> lines = List.of(text.split("\\R", -1));
        assertEquals(info.entries().size() + 3, lines.size(), "header, entries, and nothing behind the last one");
        for (int i = 0; i < info.entries().size(); i++) {
            final AllocEntry entry = info.entries().get(i);
            final CodeTag place = entry.place();
            assertEquals(
                    new ReportLine(
                            entry.bytes(),
                            entry.calls(),
                            place.path(),
                            place.line(),
                            place.module(),
                            place.function(),
                            entry.accurate(),
                            entry.unloaded()),
                    ReportLine.parse(lines.get(i + 2)));
            assertEquals(place.function(), PlaceText.unescape(PlaceText.escape(place.function())));
        }
    }

    @Test
    @DisplayName("that looks like a field of its own stays one name")
    void looksLikeFields() {
        final CodeTag place = new CodeTag("func:x", "a.B", "[m]", 1, "f accurate:no");
        final String text = PlaceText.of(place);
        assertEquals("a/[m]:1 [func:x] func:f\\040accurate:no", text);
        final ReportLine line = ReportLine.parse("1 1 " + text + " ");
        assertEquals("func:x", line.module());
        assertEquals("f accurate:no", line.function());
        assertTrue(line.accurate());
        assertFalse(line.unloaded());
    }
}
