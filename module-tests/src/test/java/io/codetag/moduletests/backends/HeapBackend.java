package io.codetag.moduletests.backends;

import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;
import java.util.TreeMap;

/** A backend of nobody's, good enough to be found and used. */
public abstract class HeapBackend implements PageTagStoreProvider {
    private final String name;
    private final int priority;

    protected HeapBackend(String name, int priority) {
        this.name = name;
        this.priority = priority;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int priority() {
        return priority;
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
        return new Store();
    }

    /** Codes in a map, one thread at a time. */
    private static final class Store implements PageTagStore {
        private final TreeMap<Long, Integer> codes = new TreeMap<>();

        @Override
        public int maxCode() {
            return Integer.MAX_VALUE;
        }

        @Override
        public synchronized long bytesOccupied() {
            return 64L * codes.size();
        }

        @Override
        public synchronized int get(long pfn) {
            return codes.getOrDefault(pfn, 0);
        }

        @Override
        public synchronized void set(long pfn, int code) {
            codes.put(pfn, code);
        }

        @Override
        public synchronized boolean compareAndSet(long pfn, int expected, int code) {
            return get(pfn) == expected && getAndSet(pfn, code) == expected;
        }

        @Override
        public synchronized int getAndSet(long pfn, int code) {
            final int former = get(pfn);
            codes.put(pfn, code);
            return former;
        }

        @Override
        public synchronized void clear(long fromPfn, long toPfn) {
            codes.subMap(fromPfn, toPfn).clear();
        }

        @Override
        public synchronized void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
            Long pfn = codes.ceilingKey(fromPfn);
            while (pfn != null && pfn < toPfn) {
                final int code = codes.get(pfn);
                pfn = codes.ceilingKey(code == 0 ? pfn + 1 : visitor.visit(pfn, code));
            }
        }

        @Override
        public void grow(long pageCount) {}
    }
}
