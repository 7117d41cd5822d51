package io.codetag.core;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The formats of a report over JMX. */
enum ReportFormat {
    TEXT_1_0("text-1.0"),
    TEXT_2_0("text-2.0"),
    JSON("json"),
    HUMAN("human");

    private final String label;

    ReportFormat(String label) {
        this.label = label;
    }

    /** Returns the name that clients use. */
    String label() {
        return label;
    }

    /**
     * Formats one page.
     *
     * @param page its entries, with the content ids of the whole
     * @param header whether a header is wanted
     * @param json writes JSON
     */
    String render(AllocInfo page, boolean header, AllocInfoJson json) {
        return switch (this) {
            case TEXT_1_0 -> text(AllocInfoText.V1_0, page, header);
            case TEXT_2_0 -> text(AllocInfoText.V2_0, page, header);
            case JSON -> json(page, json);
            case HUMAN -> human(page);
        };
    }

    private static String text(AllocInfoText version, AllocInfo page, boolean header) {
        final StringBuilder text = new StringBuilder();
        if (header) {
            version.appendHeader(text);
        }
        for (AllocEntry entry : page.entries()) {
            version.appendLine(text, entry);
        }
        return text.toString();
    }

    private static String human(AllocInfo page) {
        final StringBuilder text = new StringBuilder();
        for (AllocEntry entry : page.entries()) {
            AllocInfoText.appendHumanLine(text, entry);
            text.append('\n');
        }
        return text.toString();
    }

    private static String json(AllocInfo page, AllocInfoJson json) {
        final StringBuilder text = new StringBuilder();
        try {
            json.write(page, text);
        } catch (IOException impossible) { // memory does not fail that way
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
