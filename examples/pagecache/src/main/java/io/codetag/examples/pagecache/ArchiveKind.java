package io.codetag.examples.pagecache;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Kinds of archives, told by the name's ending. All are zip files; a jmod has four bytes in front. */
enum ArchiveKind {
    ZIP,
    JAR,
    JMOD;

    /**
     * Returns the kind of a file.
     *
     * @param path a file
     * @return its kind; null if it is no archive
     */
    static @Nullable ArchiveKind of(Path path) {
        final String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        for (ArchiveKind kind : values()) {
            if (name.endsWith('.' + kind.name().toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        return null;
    }
}
