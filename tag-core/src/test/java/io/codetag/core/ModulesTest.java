package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codetag.core.Modules.LoaderKey;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The modules of a tag space")
class ModulesTest {
    /** When a map has no memory for an entry. */
    enum Lacking {
        NOTHING,
        THE_ENTRY,

        /** For a larger table: the entry stands already. */
        THE_TABLE
    }

    private static final class ScarceMap<K, V> extends HashMap<K, V> {
        private static final long serialVersionUID = 1;

        private Lacking lacking = Lacking.NOTHING;

        @Override
        public V put(K key, V value) {
            if (lacking == Lacking.THE_ENTRY) {
                throw new OutOfMemoryError("expected");
            }
            final V former = super.put(key, value);
            if (lacking == Lacking.THE_TABLE) {
                throw new OutOfMemoryError("expected");
            }
            return former;
        }
    }

    private final ScarceMap<LoaderKey, Module> byLoader = new ScarceMap<>();
    private final ScarceMap<Integer, Module> byNumber = new ScarceMap<>();
    private final Modules modules = new Modules(byLoader, byNumber);
    private final ClassLoader loader = new ClassLoader() {};

    @ParameterizedTest
    @EnumSource(names = {"THE_ENTRY", "THE_TABLE"})
    @DisplayName("are as they were if there is no memory to find one by its loader")
    void noMemoryByLoader(Lacking lacking) {
        byLoader.lacking = lacking;
        assertThrows(OutOfMemoryError.class, () -> modules.add(loader, Module.class));
        byLoader.lacking = Lacking.NOTHING;
        assertUnchanged();
    }

    @ParameterizedTest
    @EnumSource(names = {"THE_ENTRY", "THE_TABLE"})
    @DisplayName("are as they were if there is no memory to find one by its number")
    void noMemoryByNumber(Lacking lacking) {
        byNumber.lacking = lacking;
        assertThrows(OutOfMemoryError.class, () -> modules.add(loader, Module.class));
        byNumber.lacking = Lacking.NOTHING;
        assertUnchanged();
    }

    @ParameterizedTest
    @EnumSource(names = {"THE_ENTRY", "THE_TABLE"})
    @DisplayName("are as they were if there is no memory for a named one")
    void noMemoryForNamed(Lacking lacking) {
        byNumber.lacking = lacking;
        assertThrows(OutOfMemoryError.class, () -> modules.add("named", true));
        byNumber.lacking = Lacking.NOTHING;
        assertUnchanged();
    }

    @Test
    @DisplayName("are as they were once a named one was taken back")
    void takenBack() {
        modules.add("named", true);
        modules.takeBackLast();
        assertUnchanged();
    }

    private void assertUnchanged() {
        assertEquals(Map.of(), byLoader);
        assertEquals(Map.of(), byNumber);
        assertNull(modules.ofLoader(loader));
        final Module module = modules.add(loader, Module.class);
        assertEquals(1, module.number());
        assertSame(module, modules.ofLoader(loader));
        assertSame(module, modules.get(1));
    }
}
