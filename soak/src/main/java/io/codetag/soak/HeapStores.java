package io.codetag.soak;

import com.google.auto.service.AutoService;
import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** A backend of somebody else's: {@value #NAME} keeps codes in an array, {@value #FAULTY} does too, and often throws. */
final class HeapStores {
    static final String NAME = "heap";
    static final String FAULTY = "faulty";

    private HeapStores() {}

    /** Sound. */
    @AutoService(PageTagStoreProvider.class)
    public static final class Sound extends Provider {
        public Sound() {
            super(NAME, 0);
        }
    }

    /** Throws at every fiftieth call or so. */
    @AutoService(PageTagStoreProvider.class)
    public static final class Faulty extends Provider {
        public Faulty() {
            super(FAULTY, 50);
        }
    }

    /** Is taken only by name. */
    private abstract static class Provider implements PageTagStoreProvider {
        private final String name;
        private final int throwsOneIn;

        Provider(String name, int throwsOneIn) {
            this.name = name;
            this.throwsOneIn = throwsOneIn;
        }

        @Override
        public String name() {
            return name;
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
            return new Store(throwsOneIn);
        }
    }

    /** Codes in an array. */
    private static final class Store implements PageTagStore {
        private final AtomicIntegerArray codes = new AtomicIntegerArray(Pool.MAX_PAGES);
        private final int throwsOneIn;

        Store(int throwsOneIn) {
            this.throwsOneIn = throwsOneIn;
        }

        private void mayThrow() {
            if (throwsOneIn > 0 && ThreadLocalRandom.current().nextInt(throwsOneIn) == 0) {
                throw new IllegalStateException("on purpose");
            }
        }

        @Override
        public int maxCode() {
            return Integer.MAX_VALUE;
        }

        @Override
        public long bytesOccupied() {
            return 4L * Pool.MAX_PAGES;
        }

        @Override
        public int get(long pfn) {
            mayThrow();
            return codes.get((int) pfn);
        }

        @Override
        public void set(long pfn, int code) {
            mayThrow();
            codes.set((int) pfn, code);
        }

        @Override
        public boolean compareAndSet(long pfn, int expected, int code) {
            mayThrow();
            return codes.compareAndSet((int) pfn, expected, code);
        }

        @Override
        public int getAndSet(long pfn, int code) {
            mayThrow();
            return codes.getAndSet((int) pfn, code);
        }

        @Override
        public void clear(long fromPfn, long toPfn) {
            for (long pfn = fromPfn; pfn < toPfn; pfn++) {
                codes.set((int) pfn, 0);
            }
        }

        @Override
        public void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
            for (long pfn = fromPfn; pfn < toPfn; ) {
                final int code = codes.get((int) pfn);
                pfn = code == 0 ? pfn + 1 : visitor.visit(pfn, code);
            }
        }

        @Override
        public void grow(long pageCount) {
            // there is room for all
        }
    }
}
