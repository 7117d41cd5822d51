package io.codetag.core;

import com.google.auto.service.AutoService;
import io.codetag.CodeTag;
import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;

/** A backend for tests: a map, which runs a hook before it stores a tag and remembers the names it was told. */
@AutoService(PageTagStoreProvider.class)
public final class HookedStores implements PageTagStoreProvider {
    static final String NAME = "hooked";
    static final Map<Integer, CodeTag> NAMES = new ConcurrentHashMap<>();

    private static final AtomicReference<StoreHook> NEXT = new AtomicReference<>(StoreHook.NONE);

    /** For the service loader. */
    public HookedStores() {}

    static void next(StoreHook hook) {
        NEXT.set(hook);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Suitability check(StoreRequest request) {
        return Suitability.yes();
    }

    @Override
    public int maxCode(StoreRequest request) {
        return Integer.MAX_VALUE;
    }

    @Override
    public PageTagStore open(StoreRequest request) {
        return new Store(NEXT.getAndSet(StoreHook.NONE));
    }

    private record Store(StoreHook hook, ConcurrentSkipListMap<Long, Integer> codes) implements PageTagStore {
        Store(StoreHook hook) {
            this(hook, new ConcurrentSkipListMap<>());
        }

        @Override
        public int maxCode() {
            return Integer.MAX_VALUE;
        }

        @Override
        public long bytesOccupied() {
            return codes.size() * 64L;
        }

        @Override
        public int get(long pfn) {
            return codes.getOrDefault(pfn, 0);
        }

        @Override
        public void set(long pfn, int code) {
            getAndSet(pfn, code);
        }

        @Override
        public boolean compareAndSet(long pfn, int expected, int code) {
            synchronized (codes) {
                return get(pfn) == expected && getAndSet(pfn, code) == expected;
            }
        }

        @Override
        public int getAndSet(long pfn, int code) {
            if (code > 2) {
                hook.beforeStore().run();
            }
            synchronized (codes) {
                final Integer former = code == 0 ? codes.remove(pfn) : codes.put(pfn, code);
                return former == null ? 0 : former;
            }
        }

        @Override
        public void clear(long fromPfn, long toPfn) {
            codes.subMap(fromPfn, toPfn).clear();
        }

        @Override
        public void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
            final long middle = (fromPfn + toPfn) / 2;
            if (toPfn - fromPfn == 1) {
                scanPart(fromPfn, toPfn, visitor);
                return;
            }
            hook.beforeScan().accept(StoreHook.Half.LOWER);
            final long next = scanPart(fromPfn, middle, visitor);
            hook.beforeScan().accept(StoreHook.Half.UPPER);
            scanPart(Math.max(next, middle), toPfn, visitor);
        }

        private long scanPart(long fromPfn, long toPfn, CodeVisitor visitor) {
            long next = fromPfn;
            Map.Entry<Long, Integer> entry = codes.ceilingEntry(fromPfn);
            while (entry != null && entry.getKey() < toPfn) {
                next = visitor.visit(entry.getKey(), entry.getValue());
                entry = codes.ceilingEntry(next);
            }
            return next;
        }

        @Override
        public void grow(long pageCount) {}

        @Override
        public void named(int code, CodeTag tag) {
            NAMES.put(code, tag);
        }
    }
}
