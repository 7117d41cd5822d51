package io.codetag.tools.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts that every page is made of, read once from the jar. They are the same in every page; so are their hashes. */
final class PageAssets {
    private static final List<String> STYLES =
            List.of("base.css", "header.css", "table.css", "map.css", "timeline.css");

    /** In this order: each uses only what stands before it, except inside functions. */
    private static final List<String> SCRIPTS = List.of(
            "dom.js",
            "units.js",
            "model.js",
            "rows.js",
            "tree.js",
            "tooltip.js",
            "details.js",
            "table.js",
            "map.js",
            "timeline.js",
            "header.js",
            "live.js",
            "main.js");

    private static final String UPLOT_LICENSE = read("lib/uplot/LICENSE").strip();
    private static final String D3_LICENSE = read("lib/d3-hierarchy/LICENSE").strip();

    static final String TEMPLATE = read("page.html");
    static final String STYLE = read("lib/uplot/uPlot.min.css") + '\n' + concatenated(STYLES);

    /** The libraries first, then our own files in one closed scope: the page defines no global name of its own. */
    static final String SCRIPT = inert(read("lib/uplot/uPlot.iife.min.js")
            + '\n'
            + read("lib/d3-hierarchy/d3-hierarchy.min.js")
            + "\n(() => {\n'use strict';\n"
            + concatenated(SCRIPTS)
            + "})();\n");

    static final String LICENSES = "uPlot (uPlot.iife.min.js, uPlot.min.css)\n\n" + UPLOT_LICENSE
            + "\n\n\nd3-hierarchy (d3-hierarchy.min.js)\n\n" + D3_LICENSE + '\n';

    /** What the page may do: run this script, use this style, show pictures that it contains. */
    static final String POLICY = "default-src 'none'; script-src '" + hash(SCRIPT) + "'; style-src '" + hash(STYLE)
            + "'; img-src data:; base-uri 'none'; form-action 'none'";

    private PageAssets() {}

    private static String concatenated(List<String> names) {
        return names.stream().map(PageAssets::read).collect(Collectors.joining("\n"));
    }

    private static String read(String name) {
        try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar of codetag-tools is not complete: no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks that a script can stand in a page as it is. */
    private static String inert(String script) {
        final String lower = script.toLowerCase(Locale.ROOT);
        if (lower.contains("</script") || lower.contains("<!--") || lower.contains("\r")) {
            throw new IllegalStateException("a script of the page would end before its end");
        }
        return script;
    }

    private static String hash(String content) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
