package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.TagScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of each file, in a table that is kept on behalf of this class.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class Digests implements AutoCloseable {
    private static final AllocTag DIGEST_TABLE = AllocTags.here();

    private static final int DIGEST_BYTES = 32;

    private final PagePool pool;
    private final PageCache cache;
    private final Progress progress;
    private final MetadataTable table;

    Digests(PagePool pool, PageCache cache, Progress progress) {
        this.pool = pool;
        this.cache = cache;
        this.progress = progress;
        this.table = digestTable(pool);
    }

    /**
     * Reads a file and notes its digest.
     *
     * @param file the file
     * @return its digest
     * @throws IOException if it cannot be read
     */
    byte[] note(SourceFile file) throws IOException {
        final byte[] digest = digest(file);
        table.put(file.number(), digest);
        return digest;
    }

    /**
     * Reads a file again and compares.
     *
     * @param file a file whose digest was noted
     * @return whether it is the same
     * @throws IOException if it cannot be read
     */
    boolean matches(SourceFile file) throws IOException {
        return Arrays.equals(digest(file), table.get(file.number()));
    }

    /** Says whether a file was read. */
    boolean isNoted(SourceFile file) {
        return !Arrays.equals(table.get(file.number()), new byte[DIGEST_BYTES]);
    }

    @Override
    public void close() {
        table.close();
    }

    @SuppressWarnings("try") // a scope is entered and left, not used
    private static MetadataTable digestTable(PagePool pool) {
        try (TagScope onBehalfOfDigests = DIGEST_TABLE.enter()) {
            return new MetadataTable(pool, DIGEST_BYTES);
        }
    }

    private byte[] digest(SourceFile file) throws IOException {
        final MessageDigest sha256 = sha256();
        try (FileReader reader = new FileReader(pool, cache, file);
                Scratch scratch = new Scratch()) {
            final ByteBuffer bytes = scratch.bytes();
            long at = 0;
            for (int count = reader.read(at, bytes); count > 0; count = reader.read(at, bytes.clear())) {
                sha256.update(bytes.flip());
                at += count;
                progress.advance(count);
            }
        }
        return sha256.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
