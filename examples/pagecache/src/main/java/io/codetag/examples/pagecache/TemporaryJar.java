package io.codetag.examples.pagecache;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Packs some files into a jar, for a directory that has no archive to inflate. */
final class TemporaryJar {
    private static final long MAX_BYTES = 32 << 20;
    private static final int MAX_FILES = 1000;

    private TemporaryJar() {}

    /**
     * Packs the first files that together stay within 32 MiB.
     *
     * @param target the jar to write
     * @param root what entry names are relative to
     * @param files the files to choose from
     * @param skips counts files that cannot be read
     * @return the jar
     * @throws IOException if the jar cannot be written
     */
    static FileScan.Found pack(Path target, Path root, List<FileScan.Found> files, Skips skips) throws IOException {
        long bytes = 0;
        int count = 0;
        try (OutputStream out = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (FileScan.Found file : files) {
                if (count < MAX_FILES && bytes + file.size() <= MAX_BYTES && add(jar, root, file.path(), skips)) {
                    bytes += file.size();
                    count++;
                }
            }
        }
        return new FileScan.Found(target, Files.size(target));
    }

    private static boolean add(JarOutputStream jar, Path root, Path file, Skips skips) throws IOException {
        final byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException unreadable) {
            skips.add(root.relativize(file), unreadable);
            return false;
        }
        jar.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
        jar.write(content);
        jar.closeEntry();
        return true;
    }
}
