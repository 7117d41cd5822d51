package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageSpec;
import io.codetag.TagScope;
import io.codetag.core.Profiler;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("With a profiler, an allocator")
class ProfiledAllocatorTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.codetag");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Profiler profiler =
            Profiler.builder().name("test").debug(true).build();
    private final AllocTag tag = profiler.here();
    private final AtomicReference<PageSpec> spec = new AtomicReference<>();
    private final PageAllocator pages = PageAllocator.builder("profiled", 64)
            .attachedBy(attached -> {
                spec.set(attached);
                return profiler.attach(attached);
            })
            .space(profiler.space())
            .build();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        pages.close();
        profiler.close();
    }

    @Test
    @DisplayName("charges and credits the tag it is given")
    void givenTag() {
        final long pfn = pages.allocate(2, tag);
        assertEquals(new AllocCounts(4 * 4096, 1), tag.counts());
        pages.split(pfn, 1);
        assertEquals(new AllocCounts(4 * 4096, 2), tag.counts());
        pages.trim(pfn, 0);
        assertEquals(new AllocCounts(3 * 4096, 2), tag.counts());
        final long moved = pages.migrate(pfn + 2);
        assertEquals(new AllocCounts(3 * 4096, 2), tag.counts());
        pages.free(pfn);
        assertEquals(new AllocCounts(2 * 4096, 1), tag.counts());
        pages.free(moved);
        assertEquals(AllocCounts.ZERO, tag.counts());
        assertEquals(0, pages.allocatedBytes());
    }

    @Test
    @DisplayName("charges the current tag of its space, or the visible tag 'untagged'")
    void currentTag() {
        try (TagScope scope = tag.enter()) {
            assertEquals(0, pages.allocate(1), scope::toString);
        }
        assertEquals(new AllocCounts(2 * 4096, 1), tag.counts());
        pages.allocate(0);
        assertEquals(new AllocCounts(4096, 1), profiler.space().untagged().counts());
    }

    @Test
    @DisplayName("charges nobody for a block it could not hand out, nor credits one for a free it refused")
    void refused() {
        pages.allocate(5, tag);
        final AllocCounts counts = tag.counts();
        assertEquals(PageAllocator.NO_PAGE, pages.tryAllocate(6, tag));
        assertThrows(BadPageException.class, () -> pages.free(1));
        assertThrows(DoubleFreeException.class, () -> pages.free(32));
        assertThrows(IllegalArgumentException.class, () -> pages.split(0, 6));
        assertEquals(counts, tag.counts());
        pages.free(0);
        assertThrows(DoubleFreeException.class, () -> pages.free(0));
        assertEquals(AllocCounts.ZERO, tag.counts());
    }

    @Test
    @DisplayName("has the largest tags logged when it is out of pages")
    void outOfPages() {
        pages.allocate(5, tag);
        assertEquals(PageAllocator.NO_PAGE, pages.tryAllocate(6, tag));
        assertEquals(List.of(), logged("CODETAG-304"), "trying reports nothing");
        assertThrows(OutOfPagesException.class, () -> pages.allocate(6, tag));
        final List<String> report = logged("CODETAG-304");
        assertEquals(1, report.size());
        assertTrue(report.get(0).contains("'profiled' could not serve 64 pages of 4096 bytes"), report.get(0));
        assertTrue(report.get(0).contains("ProfiledAllocatorTest.java"), report.get(0));
    }

    @Test
    @DisplayName("never misuses its tagger, as debug mode would tell")
    void noMisuse() {
        final SeededProgram program = new SeededProgram(pages, List.of(tag), 1, 0);
        program.run(2000);
        program.freeAll();
        assertThrows(DoubleFreeException.class, () -> pages.free(0));
        assertEquals(List.of(), logged("CODETAG-4"));
    }

    @Test
    @DisplayName("credits what is live when it is closed, and says whose it was")
    void closedLive() {
        pages.allocate(3, tag);
        pages.close();
        assertEquals(AllocCounts.ZERO, tag.counts());
        assertEquals(1, logged("CODETAG-302").size());
    }

    @Test
    @DisplayName("keeps references in its flag words, and becomes quiescent")
    void flagWords() throws Exception {
        assertEquals("pageflags", pages.tagger().storage().store());
        final PageSpec attached = spec.get();
        assertEquals("io.codetag.allocator", attached.allocatorPackage());
        pages.allocate(1, tag);
        final long word = attached.flags().get(0);
        assertEquals(tag.code(), word >>> attached.layout().tagField(31).shift());
        assertEquals(1, attached.orders().orderAt(0));
        attached.layout().quiescence().quiesced();
        pages.free(0);
        assertEquals(0, attached.flags().get(0));
    }

    private List<String> logged(String code) {
        profiler.flush();
        profiler.flush(); // the report of the largest tags is handed over by the thread that the first one waited for
        return log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.startsWith("[" + code))
                .toList();
    }
}
