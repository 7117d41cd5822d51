package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Listing the files of a directory")
class FileScanTest {
    @TempDir
    Path directory;

    private final Skips skips = new Skips();

    @BeforeEach
    void oneGoodFile() throws IOException {
        Samples.file(directory.resolve("good"), new byte[10]);
    }

    @Test
    @DisplayName("skips and counts links that lead nowhere, and says which")
    void danglingLinks() throws IOException {
        Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("not-there"));
        Files.createSymbolicLink(directory.resolve("to-itself"), directory.resolve("to-itself"));
        assertEquals(List.of("good"), names(list()));
        assertEquals(2, skips.count(FileScan.LEADS_NOWHERE));
        assertEquals(2, skips.count());
        assertTrue(skips.toString().startsWith("2: a link that leads nowhere 2 ("), skips::toString);
    }

    @Test
    @DisplayName("follows a link to a directory, but not round in circles")
    void loops() throws IOException {
        Files.createSymbolicLink(directory.resolve("loop"), directory);
        assertEquals(List.of("good"), names(list()));
        assertEquals(1, skips.count("a loop of links"));
    }

    @Test
    @DisplayName("lists a file once, however many links lead to it")
    void aliases() throws IOException {
        Files.createSymbolicLink(directory.resolve("alias"), directory.resolve("good"));
        Files.createLink(directory.resolve("hard"), directory.resolve("good"));
        assertEquals(1, list().size());
        assertEquals(0, skips.count());
    }

    @Test
    @DisplayName("skips and counts a file that this user must not read")
    void unreadable() throws IOException {
        final Path secret = Samples.file(directory.resolve("secret"), new byte[10]);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        final int refused = Files.isReadable(secret) ? 0 : 1; // root may read everything
        assertEquals(2 - refused, list().size());
        assertEquals(refused, skips.count(FileScan.NOT_PERMITTED));
    }

    @Test
    @DisplayName("skips and counts what is no regular file")
    void sockets() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
            assertEquals(List.of("good"), names(list()));
            assertEquals(1, skips.count(FileScan.NO_FILE));
        }
    }

    @Test
    @DisplayName("stops after a number of files, and says so")
    void tooMany() throws IOException {
        for (int i = 0; i < 5; i++) {
            Samples.file(directory.resolve("f" + i), new byte[100]);
        }
        assertEquals(
                3, FileScan.list(new Settings(directory, 0, 2, 1000, 3), skips).size());
        assertEquals(1, skips.count(FileScan.TOO_MANY));
    }

    @Test
    @DisplayName("skips and counts files that would be more bytes than allowed")
    void tooLarge() throws IOException {
        for (int i = 0; i < 5; i++) {
            Samples.file(directory.resolve("f" + i), new byte[100]);
        }
        FileScan.list(new Settings(directory, 0, 2, 250, 100), skips);
        assertEquals(3, skips.count(FileScan.TOO_LARGE));
    }

    @Test
    @DisplayName("looks into a directory once, however many links lead to it")
    void linkedDirectories() throws IOException {
        final Path first = Files.createDirectory(directory.resolve("a"));
        Samples.file(first.resolve("inside"), new byte[1]);
        Files.createSymbolicLink(directory.resolve("b"), first);
        Files.createSymbolicLink(first.resolve("c"), directory.resolve("b"));
        assertEquals(2, list().size());
    }

    private List<FileScan.Found> list() throws IOException {
        return FileScan.list(new Settings(directory, 0, 2, 1 << 20, 100), skips);
    }

    private static List<String> names(List<FileScan.Found> files) {
        return files.stream().map(file -> file.path().getFileName().toString()).toList();
    }
}
