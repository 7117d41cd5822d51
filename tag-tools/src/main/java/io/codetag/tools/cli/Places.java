package io.codetag.tools.cli;

import io.codetag.core.AllocEntry;
import io.codetag.core.PlaceText;

/** Places as tables show them: escaped, so that no name can forge a line or move the cursor. */
final class Places {
    private Places() {}

    /** Returns a place with the markers of the text report. */
    static String withMarkers(AllocEntry entry) {
        return PlaceText.of(entry.place())
                + (entry.accurate() ? "" : " accurate:no")
                + (entry.unloaded() ? " state:unloaded" : "");
    }
}
