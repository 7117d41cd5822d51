package io.codetag.micrometer;

import io.codetag.core.AllocInfoText;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes values of labels from names that may contain anything. */
final class Labels {
    private Labels() {}

    /**
     * Returns a name as text reports show it, but with its blanks left alone: other white space, control and format
     * characters, halves of surrogate pairs and backslashes are escaped.
     *
     * <p>Some of them would end the text that Prometheus reads, or become the same question mark. Different names stay
     * different.
     */
    static String value(String name) {
        return Arrays.stream(name.split(" ", -1)).map(AllocInfoText::escape).collect(Collectors.joining(" "));
    }
}
