package io.codetag.core;

import org.jspecify.annotations.Nullable;

/**
 * A number for the name of a file, by which most tags that a filter does not want are passed over without looking at the
 * tag: names that are the same have the same.
 */
final class FileKey {
    /** Of a name that says nothing about the path, and of a filter that no name tells anything. */
    static final int ANY = 0;

    private FileKey() {}

    /** Returns the key of a class file's source, as a place has it. */
    static int of(@Nullable String file) {
        if (file == null || file.isEmpty() || file.indexOf('/') >= 0) {
            return ANY;
        }
        final int hash = file.hashCode();
        return hash == ANY ? 1 : hash;
    }

    /** Returns the key of the files that a filter wants, by their path or its end. */
    static int wantedBy(AllocFilter filter) {
        final String wanted = filter.file();
        if (wanted == null || wanted.indexOf('\\') >= 0) { // may be a name with escapes
            return ANY;
        }
        return of(wanted.substring(wanted.lastIndexOf('/') + 1));
    }

    /** Says whether a file may be one that is wanted. */
    static boolean may(int key, int wanted) {
        return key == wanted || key == ANY || wanted == ANY;
    }
}
