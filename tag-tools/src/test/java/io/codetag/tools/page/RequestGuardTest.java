package io.codetag.tools.page;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Who may ask")
class RequestGuardTest {
    private static final RequestGuard LOOPBACK = guard(127, 0, 0, 1);
    private static final RequestGuard ANY = guard(0, 0, 0, 0);

    private static RequestGuard guard(int... address) {
        final byte[] bytes = new byte[address.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) address[i];
        }
        try {
            return new RequestGuard(
                    new InetSocketAddress(InetAddress.getByAddress(bytes), 7070), Set.of("node.example"));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Headers headers(String... namesAndValues) {
        final Headers headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private static int refused(RequestGuard guard, String... namesAndValues) {
        return assertThrows(Refusal.class, () -> guard.check(headers(namesAndValues)))
                .status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:7070",
                "LOCALHOST:1",
                "127.0.0.1:7070",
                "127.1.2.3",
                "[::1]:7070",
                "[0:0:0:0:0:0:0:1]",
                "node.example:7070",
                "Node.Example"
            })
    @DisplayName("who calls the page by a name of this machine's loopback, or one that was allowed")
    void ownNames(String host) {
        assertDoesNotThrow(() -> LOOPBACK.check(headers("Host", host)));
        assertDoesNotThrow(() -> ANY.check(headers("Host", host)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:7070",
                "localhost.evil.example",
                "localhost.",
                "127.0.0.1.evil.example",
                "127.0.0.1x",
                "a@localhost",
                "localhost/",
                "localhost:7070:1",
                "localhost:port",
                "",
                " localhost",
                "[::1",
                "[::1]x",
                "2130706433",
                "0x7f.1"
            })
    @DisplayName("nobody by a foreign name, even if it leads here, or by what is no name")
    void foreignNames(String host) {
        assertEquals(403, refused(LOOPBACK, "Host", host));
        assertEquals(403, refused(ANY, "Host", host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7:7070", "[2001:db8::7]:7070", "0.0.0.0", "[::ffff:192.0.2.7]"})
    @DisplayName("by other addresses only if the page listens beyond loopback")
    void addresses(String host) {
        assertEquals(403, refused(LOOPBACK, "Host", host));
        assertDoesNotThrow(() -> ANY.check(headers("Host", host)));
    }

    @Test
    @DisplayName("nobody without a Host, or with two")
    void oneHost() {
        assertEquals(400, refused(LOOPBACK));
        assertEquals(400, refused(LOOPBACK, "Host", "localhost", "Host", "localhost"));
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, true",
        "none, true",
        "cross-site, false",
        "same-site, false",
        "anything, false",
        "'', false"
    })
    @DisplayName("no other site, as the browser tells")
    void sites(String site, boolean accepted) {
        if (accepted) {
            assertDoesNotThrow(() -> LOOPBACK.check(headers("Host", "localhost", "Sec-Fetch-Site", site)));
        } else {
            assertEquals(403, refused(LOOPBACK, "Host", "localhost", "Sec-Fetch-Site", site));
        }
    }

    @Test
    @DisplayName("no other site that a second header hides")
    void hiddenSite() {
        assertEquals(
                403,
                refused(
                        LOOPBACK,
                        "Host",
                        "localhost",
                        "Sec-Fetch-Site",
                        "same-origin",
                        "Sec-Fetch-Site",
                        "cross-site"));
        assertEquals(
                403,
                refused(LOOPBACK, "Host", "localhost", "Origin", "http://localhost", "Origin", "http://evil.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:7070, true",
        "https://localhost:7070, true",
        "http://localhost, false",
        "http://localhost:7071, false",
        "http://127.0.0.1:7070, false",
        "http://evil.example, false",
        "null, false",
        "'', false"
    })
    @DisplayName("no other origin, not even another port of this machine")
    void origins(String origin, boolean accepted) {
        if (accepted) {
            assertDoesNotThrow(() -> LOOPBACK.check(headers("Host", "localhost:7070", "Origin", origin)));
        } else {
            assertEquals(403, refused(LOOPBACK, "Host", "localhost:7070", "Origin", origin));
        }
    }
}
