package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Borrower;
import com.acme.app.PageCache;
import com.acme.pool.PagePool;
import io.codetag.CodeTag;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The place of a tag")
class TagPlaceTest {
    private Profiler profiler;
    private PageCache cache;

    @BeforeEach
    void open() {
        profiler = Profiler.builder().build();
        cache = new PageCache(new PagePool(profiler::attach), profiler.space());
    }

    @AfterEach
    void close() {
        profiler.close();
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                use("a method", PageCache::direct, "direct"),
                use("a nested class", PageCache::nested, "read"),
                use("a lambda", PageCache::lambda, "lambda$lambda$"),
                use("an anonymous class", PageCache::anonymous, "run"),
                use("a scope", PageCache::scope, "scope"),
                use("resolve()", PageCache::resolve, "resolve"),
                use("a charge", PageCache::charge, "charge"));
    }

    private static Arguments use(String name, Consumer<PageCache> use, String function) {
        return Arguments.of(Named.of(name, use), function);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    @DisplayName("is the first use within the declaring class:")
    void withinDeclaringClass(Consumer<PageCache> use, String function) {
        use.accept(cache);
        final CodeTag place = cache.tag().place();
        assertEquals("com/acme/app/PageCache.java", place.path());
        assertEquals(cache.line(), place.line());
        assertTrue(place.function().startsWith(function), place.function());
    }

    @Test
    @DisplayName("is the declaration, and the code 0, before the first use")
    void beforeUse() {
        assertEquals(0, cache.tag().code());
        assertEquals(cache.tag().declaration(), cache.tag().place());
        assertEquals("declare", cache.tag().place().function());
        assertEquals(0, profiler.snapshot().entries().size());
    }

    @Test
    @DisplayName("stays what it was first, whatever uses follow, and the declaration stays beside it")
    void onlyFirst() {
        cache.direct();
        final CodeTag place = cache.tag().place();
        final int code = cache.tag().code();
        cache.nested();
        new Borrower().allocate(cache.pool(), cache.tag());
        assertEquals(place, cache.tag().place());
        assertEquals(code, cache.tag().code());
        final AllocEntry entry = profiler.snapshot().entries().get(0);
        assertEquals(place, entry.place());
        assertEquals(cache.tag().declaration(), entry.declaration());
        assertNotEquals(entry.place(), entry.declaration());
        assertEquals(3, entry.calls());
    }

    @Test
    @DisplayName("is the nearest frame outside codetag and the allocator when the declaring class is not on the stack")
    void borrowed() {
        final Borrower borrower = new Borrower();
        borrower.allocate(cache.pool(), cache.tag());
        assertEquals("com/acme/app/Borrower.java", cache.tag().place().path());
        assertEquals("allocate", cache.tag().place().function());
        assertEquals(borrower.line(), cache.tag().place().line());
    }

    @Test
    @DisplayName("is the nearest frame outside codetag for a charge and for resolve() by another class")
    void borrowedWithoutAllocator() throws InterruptedException {
        final Thread thread = new Thread(cache.tag()::resolve);
        thread.start();
        thread.join();
        assertFalse(cache.tag().place().path().startsWith("io/codetag"));
        assertNotEquals(0, cache.tag().code());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    @DisplayName("is never a frame of the library or of the allocator, whatever the first use is:")
    void noFrameOfTheLibrary(Consumer<PageCache> use, String function) throws IOException {
        use.accept(cache);
        new Borrower().allocateCurrent(cache.pool());
        final StringBuilder report = new StringBuilder();
        AllocInfoText.V2_0.write(profiler.snapshot(), report);
        assertTrue(report.toString().contains("com/acme/app/PageCache.java:" + cache.line()), report.toString());
        assertTrue(report.toString().contains("func:" + function), report.toString());
        assertFalse(report.toString().contains("io/codetag"), report.toString());
        assertFalse(report.toString().contains("com/acme/pool"), report.toString());
    }
}
