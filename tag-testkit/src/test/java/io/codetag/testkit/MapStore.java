package io.codetag.testkit;

import io.codetag.CodeTag;
import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;

/** A store that keeps the contract, or breaks it in one way. */
class MapStore implements PageTagStore {
    private static final int BYTES_OF_A_PAGE = 64;

    private final ConcurrentSkipListMap<Long, Integer> codes = new ConcurrentSkipListMap<>();
    private final Flaw flaw;
    private long pageCount;
    private volatile long touched;

    MapStore(long pageCount, Flaw flaw) {
        this.pageCount = pageCount;
        this.flaw = flaw;
        if (flaw == Flaw.STARTS_WITH_A_CODE) {
            codes.put(pageCount - 1, 3);
        }
    }

    @Override
    public int maxCode() {
        return flaw == Flaw.HOLDS_NO_TAG ? 2 : 1 << 20;
    }

    @Override
    public long bytesOccupied() {
        return flaw == Flaw.TAKES_MEMORY_FOR_EVERY_PAGE ? pageCount : touched * BYTES_OF_A_PAGE;
    }

    @Override
    public int get(long pfn) {
        if (flaw == Flaw.TAKES_MEMORY_WHEN_READ) {
            codes.computeIfAbsent(pfn, this::touch);
        }
        final int code = codes.getOrDefault(pfn, 0);
        return flaw == Flaw.TAKES_ESCAPED_FOR_NONE && code == 2 ? 0 : code;
    }

    @Override
    public void set(long pfn, int code) {
        final boolean tramples = flaw == Flaw.TRAMPLES_NEIGHBOURS;
        final int neighbour = tramples ? codes.getOrDefault(pfn ^ 1, 0) : 0;
        getAndSet(pfn, code);
        if (tramples) {
            letOthersIn();
            put(pfn ^ 1, neighbour);
        }
    }

    @Override
    public boolean compareAndSet(long pfn, int expected, int code) {
        if (flaw == Flaw.FAILS_BY_ACCIDENT && ThreadLocalRandom.current().nextInt(500) == 0) {
            return false;
        }
        final boolean[] done = {false};
        codes.compute(pfn, (page, held) -> {
            done[0] = flaw == Flaw.IGNORES_WHAT_IS_EXPECTED || (held == null ? 0 : held) == expected;
            return done[0] ? stored(page, held, code) : held;
        });
        return done[0];
    }

    @Override
    public int getAndSet(long pfn, int code) {
        if (flaw == Flaw.READS_THEN_WRITES) {
            final int held = codes.getOrDefault(pfn, 0);
            letOthersIn();
            put(pfn, code);
            return held;
        }
        final int[] former = {0};
        codes.compute(pfn, (page, held) -> {
            former[0] = held == null ? 0 : held;
            return stored(page, held, code);
        });
        return former[0];
    }

    @Override
    public void clear(long fromPfn, long toPfn) {
        final boolean tooFar = flaw == Flaw.CLEARS_ONE_TOO_MANY && fromPfn < toPfn;
        codes.subMap(fromPfn, true, toPfn, tooFar).replaceAll((page, held) -> 0);
    }

    @Override
    public void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
        final Map<Long, Integer> range = codes.subMap(fromPfn, toPfn);
        long next = fromPfn;
        for (var page :
                (flaw == Flaw.SCANS_BACKWARDS ? codes.subMap(fromPfn, toPfn).descendingMap() : range).entrySet()) {
            final boolean wanted = page.getKey() >= next || flaw == Flaw.SCANS_BACKWARDS;
            if (page.getValue() != 0 && wanted) {
                next = visitor.visit(page.getKey(), page.getValue());
                next = flaw == Flaw.SCANS_WHERE_IT_LIKES ? fromPfn : next;
            }
        }
    }

    @Override
    public void grow(long newPageCount) {
        pageCount = newPageCount;
        if (flaw == Flaw.GROWS_ANEW) {
            codes.clear();
        }
    }

    @Override
    public void named(int code, CodeTag tag) {
        if (flaw == Flaw.TAKES_A_NAME_FOR_A_CODE) {
            codes.put(0L, code);
        }
    }

    /** Widens the window in which a flaw shows. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void letOthersIn() {
        Thread.yield();
    }

    private void put(long pfn, int code) {
        codes.compute(pfn, (page, held) -> stored(page, held, code));
    }

    private Integer stored(long pfn, Integer held, int code) {
        if (held == null && code == 0) {
            return null;
        }
        if (held == null) {
            touch(pfn);
        }
        return flaw == Flaw.HAS_TWO_BYTES_ONLY ? code & 0xFFFF : code;
    }

    private synchronized int touch(long pfn) {
        touched++;
        return 0;
    }

    /** What can be wrong with a store, and the requirement that has to find it. */
    enum Flaw {
        NONE(""),
        STARTS_WITH_A_CODE("startsEmpty"),
        HOLDS_NO_TAG("holdsATag"),
        HAS_TWO_BYTES_ONLY("readsBack"),
        TAKES_ESCAPED_FOR_NONE("reservedCodesAreNumbers"),
        IGNORES_WHAT_IS_EXPECTED("comparesBeforeItSets"),
        FAILS_BY_ACCIDENT("neighboursMakeNoCompareAndSetFail"),
        READS_THEN_WRITES("oneWinnerTakesACode"),
        TRAMPLES_NEIGHBOURS("pagesSurviveTheirNeighbours"),
        CLEARS_ONE_TOO_MANY("clearsARange"),
        SCANS_BACKWARDS("scansARange"),
        SCANS_WHERE_IT_LIKES("scanSkips"),
        GROWS_ANEW("grows"),
        TAKES_MEMORY_FOR_EVERY_PAGE("openingTakesNothing"),
        TAKES_MEMORY_WHEN_READ("lookingTakesNothing"),
        TAKES_A_NAME_FOR_A_CODE("namesChangeNoCode");

        final String requirement;

        Flaw(String requirement) {
            this.requirement = requirement;
        }
    }
}
