package io.codetag.tools.page;

import io.codetag.CodeTag;
import java.io.IOException;

/**
 * A place as the page shows and compares it: two places that reports print alike are equal.
 *
 * @param folder the path up to its last slash, without it; empty if there is none
 * @param file what comes after the folder
 * @param line the line; 0 if unknown
 * @param function the function
 * @param module the module; empty for core tags
 */
record Place(String folder, String file, int line, String function, String module) {
    static Place of(CodeTag tag) {
        final String path = tag.path();
        final int slash = path.lastIndexOf('/');
        final String module = tag.module();
        return new Place(
                slash < 0 ? "" : path.substring(0, slash),
                path.substring(slash + 1),
                tag.line(),
                tag.function(),
                module == null ? "" : module);
    }

    /** Writes it as five elements of an array that has begun. */
    void write(JsonOut json, StringTable strings) throws IOException {
        json.value(strings.numberOf(folder)).value(strings.numberOf(file)).value(line);
        json.value(strings.numberOf(function)).value(strings.numberOf(module));
    }
}
