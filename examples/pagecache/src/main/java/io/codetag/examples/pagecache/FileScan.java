package io.codetag.examples.pagecache;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files below a directory, following links; what cannot be read is counted and left out.
 *
 * <p>A JDK's installation is full of links: to directories elsewhere, to files that were never installed, several to one
 * file. Each file and directory is looked at once, by whichever name comes first.
 */
final class FileScan extends SimpleFileVisitor<Path> {
    static final String LEADS_NOWHERE = "a link that leads nowhere";
    static final String NOT_PERMITTED = "not permitted";
    static final String NO_FILE = "no regular file";
    static final String TOO_LARGE = "too large for what may still be read";
    static final String TOO_MANY = "one too many, and all after it";

    private final Path root;
    private final long maxBytes;
    private final int maxFiles;
    private final Skips skips;
    private final List<Found> found = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();
    private long bytes;
    private int visited;

    private FileScan(Settings settings, Skips skips) {
        this.root = settings.directory();
        this.maxBytes = settings.maxBytes();
        this.maxFiles = settings.maxFiles();
        this.skips = skips;
    }

    /**
     * Lists the files of a directory.
     *
     * @param settings which directory, and how much of it
     * @param skips counts what is left out
     * @return the files, by path
     * @throws IOException if the directory cannot be read
     */
    static List<Found> list(Settings settings, Skips skips) throws IOException {
        final FileScan scan = new FileScan(settings, skips);
        Files.walkFileTree(settings.directory(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, scan);
        scan.found.sort((a, b) -> a.path().compareTo(b.path()));
        return Collections.unmodifiableList(scan.found);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return isNew(attributes) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
        if (++visited > maxFiles) {
            skip(path, TOO_MANY);
            return FileVisitResult.TERMINATE;
        }
        if (attributes.isSymbolicLink()) {
            skip(path, LEADS_NOWHERE);
        } else if (!attributes.isRegularFile()) {
            skip(path, NO_FILE);
        } else if (!Files.isReadable(path)) {
            skip(path, NOT_PERMITTED);
        } else if (bytes + attributes.size() > maxBytes) {
            skip(path, TOO_LARGE);
        } else if (isNew(attributes)) {
            bytes += attributes.size();
            found.add(new Found(path, attributes.size()));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
        if (path.equals(root)) {
            throw failure;
        }
        skips.add(root.relativize(path), failure);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
        if (failure != null) {
            skips.add(root.relativize(directory), failure);
        }
        return FileVisitResult.CONTINUE;
    }

    /** Says whether no other name has led to this file or directory. */
    private boolean isNew(BasicFileAttributes attributes) {
        final Object key = attributes.fileKey();
        return key == null || seen.add(key);
    }

    private void skip(Path path, String reason) {
        skips.add(root.relativize(path), reason);
    }

    /**
     * A file to read.
     *
     * @param path where it is
     * @param size its size in bytes
     */
    record Found(Path path, long size) {}
}
