package io.codetag.benchmarks.jmh;

import io.codetag.CodeTag;
import java.util.ArrayList;
import java.util.List;

/** Places in code, as many as asked for: in files of 50 tags each, spread over packages. */
public final class Places {
    private static final int PER_FILE = 50;

    private Places() {}

    /**
     * Makes places.
     *
     * @param count how many
     * @return the places, all different
     */
    public static List<CodeTag> many(int count) {
        final List<CodeTag> places = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final int file = i / PER_FILE;
            final String name = "Store" + file;
            places.add(CodeTag.of("com.acme.part" + file % 97 + "." + name, name + ".java", i % PER_FILE + 1, "read"));
        }
        return places;
    }

    /** Returns the path of one of the files, as reports show it. */
    public static String file(int number) {
        return "com/acme/part" + number % 97 + "/Store" + number + ".java";
    }
}
