package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.BitClaim;
import io.codetag.CodeTag;
import io.codetag.FlagWords;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Claims beside threads that allocate, free, split, trim and move")
class ClaimRaceTest {
    private static final int OWNERS = 3;
    private static final int TAGS = 200;
    private static final int CLAIMS = 12;
    private static final Field SPARE = new Field("spare", 8, 12);

    static List<Arguments> programs() {
        final List<Arguments> programs = new ArrayList<>();
        for (OverflowPolicy policy : List.of(OverflowPolicy.SPILL, OverflowPolicy.SWITCH)) {
            for (long seed = 1; seed <= 2; seed++) {
                programs.add(Arguments.of(policy, "counters", seed));
            }
            programs.add(Arguments.of(policy, "census", 3));
        }
        return programs;
    }

    @ParameterizedTest(name = "policy {0}, accounting {1}, seed {2}")
    @MethodSource("programs")
    @DisplayName(
            "leave no code in the claimed bits, lose no reference, and count exactly, also while a census looks at the words")
    void exact(OverflowPolicy policy, String accounting, long seed) throws Exception {
        try (Profiler profiler = Profiler.builder()
                .headroom(0)
                .overflow(policy)
                .accounting(accounting)
                .build()) {
            final long[] words = new long[(OWNERS + 1) * ConcurrentOwner.PAGES];
            final List<ReentrantLock> steps = IntStream.range(0, OWNERS)
                    .mapToObj(i -> new ReentrantLock(true))
                    .toList();
            final AtomicIntegerArray orders = ConcurrentOwner.orders(OWNERS + 1);
            final PageTagger tagger = profiler.attach(PageSpec.builder("raced", words.length, Pools.PAGE)
                    .flags(FlagWords.of(words), layout(steps))
                    .orders(pfn -> orders.get((int) pfn))
                    .build());
            final List<AllocTag> tags = profiler.load("many", places()).tags();
            final List<ConcurrentOwner> owners = IntStream.rangeClosed(0, OWNERS)
                    .mapToObj(i -> new ConcurrentOwner(profiler, tagger, tags, words, SPARE.mask(), orders, i, seed))
                    .toList();
            final AtomicBoolean ended = new AtomicBoolean();
            final List<Crowd.Body> bodies = new ArrayList<>();
            for (int i = 0; i < OWNERS; i++) {
                bodies.add(number -> {
                    while (!ended.get()) {
                        step(steps.get(number), owners.get(number));
                    }
                });
            }
            if (accounting.equals("census")) {
                bodies.add(number -> {
                    while (!ended.get()) {
                        profiler.snapshot();
                    }
                });
            }
            bodies.add(number -> {
                try {
                    claimAgainAndAgain(tagger, words, owners.get(OWNERS), new Random(seed));
                } finally {
                    ended.set(true);
                }
            });
            Crowd.run(bodies);
            for (AllocTag tag : tags) {
                final AllocCounts model =
                        owners.stream().map(owner -> owner.live(tag)).reduce(AllocCounts.ZERO, AllocCounts::plus);
                assertEquals(model, tag.counts(), tag::toString);
            }
            owners.forEach(ConcurrentOwner::freeAll);
            tags.forEach(tag -> assertEquals(AllocCounts.ZERO, tag.counts()));
        }
    }

    private static void step(ReentrantLock lock, ConcurrentOwner owner) {
        lock.lock();
        try {
            owner.run(1);
        } finally {
            lock.unlock();
        }
    }

    private static PageFlagsLayout layout(List<ReentrantLock> steps) {
        return PageFlagsLayout.builder()
                .field("low", 0, SPARE.shift())
                .field("high", SPARE.shift() + SPARE.bits(), Long.SIZE - SPARE.shift() - SPARE.bits())
                .quiescence(() -> {
                    for (ReentrantLock step : steps) {
                        step.lockInterruptibly();
                        step.unlock();
                    }
                })
                .build();
    }

    private static List<CodeTag> places() {
        return IntStream.range(0, TAGS)
                .mapToObj(i -> CodeTag.of("com.acme.Plugin", "Plugin.java", i + 1, "site" + i))
                .toList();
    }

    private static void claimAgainAndAgain(PageTagger tagger, long[] words, ConcurrentOwner keeper, Random random)
            throws Exception {
        long moved = 0;
        for (int i = 0; i < CLAIMS; i++) {
            final int first = 2 + random.nextInt(8);
            final Field wanted = new Field("claim", SPARE.shift() + first, SPARE.bits() - first);
            keeper.run(300); // its blocks are still there when the claim comes to move them
            final BitClaim claim = tagger.claimBits(wanted);
            assertTrue(claim.granted(), claim.reason());
            moved += claim.moved();
            for (int look = 0; look < 50; look++) {
                for (int pfn = 0; pfn < words.length; pfn++) {
                    final int page = pfn;
                    assertEquals(0, wanted.get(words[pfn]), () -> "page " + page + " of " + wanted);
                }
            }
            tagger.returnBits(wanted);
        }
        assertFalse(moved == 0, "no reference was moved: the test shows nothing");
    }
}
