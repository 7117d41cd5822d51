package io.codetag.core;

import com.google.auto.service.AutoService;
import io.codetag.CodeTag;
import io.codetag.PageFlagsLayout;
import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A backend for tests, of which any method can be made to throw anything, and which can be given any rank. */
@AutoService(PageTagStoreProvider.class)
public final class FaultyStores implements PageTagStoreProvider {
    static final String NAME = "faulty";
    static final AtomicInteger CLOSED = new AtomicInteger();

    private static volatile @Nullable Fault fault;
    private static volatile int rank = -1;

    /** For the service loader. */
    public FaultyStores() {}

    /** Makes one method throw from now on. */
    static void arm(String method, Supplier<Throwable> what) {
        fault = new Fault(method, what);
    }

    static void disarm() {
        fault = null;
        rank = -1;
    }

    static void rank(int priority) {
        rank = priority;
    }

    private static void called(String method) {
        final Fault armed = fault;
        if (armed != null && armed.method.equals(method)) {
            throw sneaky(armed.what.get());
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Override
    public String name() {
        called("name");
        return NAME;
    }

    @Override
    public int priority() {
        called("priority");
        return rank;
    }

    @Override
    public Suitability check(StoreRequest request) {
        called("check");
        return Suitability.yes();
    }

    @Override
    public int maxCode(StoreRequest request) {
        called("provider.maxCode");
        return Integer.MAX_VALUE;
    }

    @Override
    public PageFlagsLayout.@Nullable Field fieldInWord(StoreRequest request) {
        called("fieldInWord");
        return null;
    }

    @Override
    public PageTagStore open(StoreRequest request) {
        called("open");
        return new Store(new ConcurrentSkipListMap<>());
    }

    private record Fault(String method, Supplier<Throwable> what) {}

    private record Store(NavigableMap<Long, Integer> codes) implements PageTagStore {
        @Override
        public int maxCode() {
            called("maxCode");
            return Integer.MAX_VALUE;
        }

        @Override
        public long bytesOccupied() {
            called("bytesOccupied");
            return codes.size() * 64L;
        }

        @Override
        public int get(long pfn) {
            called("get");
            return codes.getOrDefault(pfn, 0);
        }

        @Override
        public void set(long pfn, int code) {
            called("set");
            codes.put(pfn, code);
        }

        @Override
        public boolean compareAndSet(long pfn, int expected, int code) {
            called("compareAndSet");
            return expected == 0
                    ? Objects.equals(codes.putIfAbsent(pfn, code), null) || codes.replace(pfn, 0, code)
                    : codes.replace(pfn, expected, code);
        }

        @Override
        public int getAndSet(long pfn, int code) {
            called("getAndSet");
            return Objects.requireNonNullElse(codes.put(pfn, code), 0);
        }

        @Override
        public void clear(long fromPfn, long toPfn) {
            called("clear");
            codes.subMap(fromPfn, toPfn).clear();
        }

        @Override
        public void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
            called("scan");
            codes.subMap(fromPfn, toPfn).forEach(visitor::visit);
        }

        @Override
        public void grow(long pageCount) {
            called("grow");
        }

        @Override
        public void named(int code, CodeTag tag) {
            called("named");
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
            called("close");
        }
    }
}
