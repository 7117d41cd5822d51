package io.codetag.examples.store;

import static io.codetag.examples.store.FileLayout.CODES;
import static io.codetag.examples.store.FileLayout.SECTION_PAGES;
import static io.codetag.examples.store.FileLayout.SECTION_SHIFT;

import io.codetag.CodeTag;
import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.StoreRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Codes of 4 bytes in sections of a mapped file, created when the first code other than 0 is stored in them.
 *
 * <p>{@link #bytesOccupied()} counts the parts of the file in use, which are page cache and later disk rather than heap
 * or direct memory, and the arrays on the heap that find them.
 *
 * <p>A disk that is full shows when a part of the file is first touched, as an {@link InternalError} of the JVM; the
 * profiler then takes the store out of use, as it does with any that throws.
 */
final class MappedFileStore implements PageTagStore {
    private static final int OFFSET_MASK = SECTION_PAGES - 1;
    private static final int CODES_PER_LONG = Long.BYTES / Integer.BYTES;

    private final SectionDirectory sections = new SectionDirectory();
    private final MappedFile file;
    private final NameLog names;

    MappedFileStore(StoreRequest request) {
        final Path path = StoreFiles.create(request);
        file = new MappedFile(
                path, FileHeader.ofThisProcess(request.allocator(), request.pageCount(), request.pageSize()));
        names = new NameLog(file);
    }

    @Override
    public int maxCode() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long bytesOccupied() {
        return file.bytesInUse() + sections.heapBytes();
    }

    @Override
    public int get(long pfn) {
        final ByteBuffer section = sections.find(pfn >>> SECTION_SHIFT);
        return section == null ? 0 : FileLayout.intAcquire(section, offset(pfn));
    }

    @Override
    public void set(long pfn, int code) {
        final ByteBuffer section = sectionFor(pfn, code);
        if (section != null) {
            FileLayout.intRelease(section, offset(pfn), code);
        }
    }

    @Override
    public boolean compareAndSet(long pfn, int expected, int code) {
        final ByteBuffer section = sectionFor(pfn, expected == 0 ? code : 0);
        return section == null ? expected == 0 : FileLayout.casInt(section, offset(pfn), expected, code);
    }

    @Override
    public int getAndSet(long pfn, int code) {
        final ByteBuffer section = sectionFor(pfn, code);
        return section == null ? 0 : FileLayout.getAndSetInt(section, offset(pfn), code);
    }

    @Override
    public void clear(long fromPfn, long toPfn) {
        scan(fromPfn, toPfn, (pfn, code) -> {
            set(pfn, 0);
            return pfn + 1;
        });
    }

    @Override
    public void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
        final long end = (toPfn + OFFSET_MASK) >>> SECTION_SHIFT;
        long pfn = fromPfn;
        while (pfn < toPfn) {
            final long section = sections.next(pfn >>> SECTION_SHIFT, end);
            final ByteBuffer block = sections.find(section);
            if (section == end || block == null) {
                return;
            }
            final long first = section << SECTION_SHIFT;
            final long last = Math.min(toPfn, first + SECTION_PAGES);
            pfn = scanSection(block, Math.max(pfn, first), last, visitor);
        }
    }

    @Override
    public void grow(long pageCount) {
        file.pageCount(pageCount);
    }

    @Override
    public void named(int code, CodeTag tag) {
        names.append(code, tag.toString());
    }

    /** Deletes the file: after a close in good order nobody holds anything. */
    @Override
    public void close() {
        file.delete();
    }

    Path path() {
        return file.path();
    }

    private static int offset(long pfn) {
        return ((int) pfn & OFFSET_MASK) * Integer.BYTES;
    }

    private static long scanSection(ByteBuffer block, long from, long to, CodeVisitor visitor) {
        long pfn = from;
        while (pfn < to) {
            // Most of a sparse section is zero: look at two codes at a time, aligned.
            if ((pfn & (CODES_PER_LONG - 1)) == 0 && block.getLong(offset(pfn)) == 0) {
                pfn += CODES_PER_LONG;
                continue;
            }
            final int code = FileLayout.intAcquire(block, offset(pfn));
            pfn = code == 0 ? pfn + 1 : visitor.visit(pfn, code);
        }
        return pfn;
    }

    /** Finds the section of a page, and creates it only for a code that is not 0. */
    private @Nullable ByteBuffer sectionFor(long pfn, int code) {
        final long section = pfn >>> SECTION_SHIFT;
        final ByteBuffer found = sections.find(section);
        return found != null || code == 0 ? found : create(section);
    }

    private ByteBuffer create(long section) {
        synchronized (sections) {
            ByteBuffer block = sections.find(section);
            if (block == null) {
                block = file.takeBlock(CODES, section);
                sections.add(section, block);
            }
            return block;
        }
    }
}
