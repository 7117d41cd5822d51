package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.pageext.PageExtStoreProvider;
import io.codetag.pageflags.PageFlagsStoreProvider;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Discovery of backends")
class StoreCatalogTest {
    private Profiler logging;
    private Logs logs;

    @BeforeEach
    void open() {
        logging = Profiler.builder().build(); // starts the daemon thread, which logs
        logs = Logs.capture();
    }

    @AfterEach
    void close() {
        logs.close();
        logging.close();
    }

    private int warnings() {
        logging.flush();
        return logs.containing("[CODETAG-104]").size();
    }

    /** Yields what its steps supply, or throws what they throw; a step for hasNext is null. */
    private static Iterator<PageTagStoreProvider> steps(List<Supplier<PageTagStoreProvider>> steps, boolean atHasNext) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (atHasNext && next < steps.size()) {
                    try {
                        assertNotNull(steps.get(next).get());
                    } catch (Error failure) {
                        next++;
                        throw failure;
                    }
                }
                return next < steps.size();
            }

            @Override
            public PageTagStoreProvider next() {
                if (next >= steps.size()) {
                    throw new NoSuchElementException();
                }
                return steps.get(next++).get();
            }
        };
    }

    private static PageTagStoreProvider broken() {
        throw new ServiceConfigurationError("expected");
    }

    static Stream<Boolean> whereBroken() {
        return Stream.of(false, true);
    }

    @ParameterizedTest(name = "at hasNext: {0}")
    @MethodSource("whereBroken")
    @DisplayName("reports each broken one and goes on with the next,")
    void broken(boolean atHasNext) {
        final StoreCatalog catalog = StoreCatalog.discover(() -> steps(
                List.of(
                        StoreCatalogTest::broken,
                        PageExtStoreProvider::new,
                        StoreCatalogTest::broken,
                        PageFlagsStoreProvider::new),
                atHasNext));
        assertEquals("pageflags, pageext", catalog.names());
        assertEquals(2, warnings());
    }

    @ParameterizedTest(name = "at hasNext: {0}")
    @MethodSource("whereBroken")
    @DisplayName("ends though the configuration fails anew at each step, for ever, and says so once,")
    void forEver(boolean atHasNext) {
        final StoreCatalog catalog = StoreCatalog.discover(() -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (atHasNext) {
                    throw new ServiceConfigurationError("for ever");
                }
                return true;
            }

            @Override
            public PageTagStoreProvider next() {
                throw new ServiceConfigurationError("for ever");
            }
        });
        assertEquals("none", catalog.names());
        assertEquals(1, warnings());
    }

    @Test
    @DisplayName("that cannot even begin finds nothing, and says so")
    void cannotBegin() {
        final StoreCatalog catalog = StoreCatalog.discover(() -> {
            throw new ServiceConfigurationError("expected");
        });
        assertEquals("none", catalog.names());
        assertEquals(1, warnings());
    }

    @Test
    @DisplayName("ranks by priority, then by name, whatever the order on the class path")
    void rank() {
        final PageTagStoreProvider hooked = new HookedStores();
        final PageTagStoreProvider faulty = new FaultyStores();
        final List<PageTagStoreProvider> found =
                List.of(hooked, new PageExtStoreProvider(), faulty, new PageFlagsStoreProvider());
        final StoreCatalog catalog = StoreCatalog.of(found);
        assertEquals("pageflags, pageext, faulty, hooked", catalog.names());
        assertSame(faulty, catalog.named("faulty"));
        assertEquals(
                List.of("pageflags", "pageext"),
                catalog.automatic().stream().map(PageTagStoreProvider::name).toList());
    }

    @Test
    @DisplayName("fails for two of one name, naming both and where they are")
    void oneName() {
        final List<PageTagStoreProvider> two = List.of(new FaultyStores(), new Twin());
        final var failure = assertThrows(IllegalArgumentException.class, () -> StoreCatalog.of(two));
        final String message = failure.getMessage();
        assertTrue(message.contains("'faulty'"), message);
        assertTrue(message.contains("io.codetag.core.FaultyStores in file:"), message);
        assertTrue(message.contains("io.codetag.core.StoreCatalogTest$Twin in file:"), message);
        assertTrue(message.contains("take one of them away"), message);
    }

    /** A backend of another jar that has the same name. */
    private static final class Twin implements PageTagStoreProvider {
        @Override
        public String name() {
            return FaultyStores.NAME;
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public Suitability check(StoreRequest request) {
            return Suitability.yes();
        }

        @Override
        public int maxCode(StoreRequest request) {
            return 3;
        }

        @Override
        public PageTagStore open(StoreRequest request) {
            throw new IllegalStateException("not to be opened");
        }
    }
}
