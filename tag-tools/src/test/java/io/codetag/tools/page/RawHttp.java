package io.codetag.tools.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Speaks HTTP byte by byte: a proper client would not send a false {@code Host}, nor half a request.
 *
 * @param status the status; 0 if the connection was closed without an answer
 * @param headers by name in lower case
 * @param body the bytes, with chunks joined
 */
@SuppressWarnings("ArrayRecordComponent")
public record RawHttp(int status, Map<String, String> headers, byte[] body) {
    private static final int PATIENCE_MILLIS = 60_000;

    /** Asks for a path with extra headers, each {@code Name: value}. */
    public static RawHttp ask(URI server, String method, String path, String... headers) throws IOException {
        final StringBuilder request = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\n");
        boolean hasHost = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            hasHost |= header.startsWith("Host:");
        }
        if (!hasHost) {
            request.append("Host: ").append(server.getAuthority()).append("\r\n");
        }
        return send(server, request + "Connection: close\r\n\r\n", method.equals("HEAD"));
    }

    /** Sends something and reads what comes until the connection is closed. */
    static RawHttp send(URI server, String request, boolean isHead) throws IOException {
        try (Socket socket = connect(server)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return parse(readAll(socket.getInputStream()), isHead);
        }
    }

    static Socket connect(URI server) throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    static byte[] readAll(InputStream in) throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException reset) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    private static RawHttp parse(byte[] bytes, boolean isHead) throws IOException {
        final String all = new String(bytes, StandardCharsets.ISO_8859_1);
        final int end = all.indexOf("\r\n\r\n");
        if (end < 0) {
            return new RawHttp(0, Map.of(), bytes);
        }
        final String[] lines = all.substring(0, end).split("\r\n", -1);
        final Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            final int colon = lines[i].indexOf(':');
            if (headers.put(
                            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                            lines[i].substring(colon + 1).strip())
                    != null) {
                throw new IOException("twice: " + lines[i]);
            }
        }
        String body = all.substring(end + 4);
        if ("chunked".equals(headers.get("transfer-encoding")) && !isHead) {
            body = joined(body);
        }
        return new RawHttp(
                Integer.parseInt(lines[0].split(" ", 3)[1]), headers, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String joined(String chunks) throws IOException {
        final StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            final int line = chunks.indexOf("\r\n", at);
            if (line < 0) {
                throw new IOException("the answer broke off");
            }
            final int length = Integer.parseInt(chunks.substring(at, line), 16);
            if (length == 0) {
                return body.toString();
            }
            body.append(chunks, line + 2, line + 2 + length);
            at = line + 2 + length + 2;
        }
    }
}
