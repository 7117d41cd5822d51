package io.codetag.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocTag;
import io.codetag.BlockOrders;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The meters of allocators")
class AllocatorMetersTest {
    private static final int PAGE = 4096;

    private final Owner owner = new Owner();
    private final AllocTag tag = owner.tag("m", 1);

    private PageTagger attach(String name, int blocks) {
        return attach(name, blocks, null);
    }

    private PageTagger attach(String name, int blocks, BlockOrders orders) {
        final PageSpec.Builder spec = PageSpec.builder(name, 64, PAGE);
        final PageTagger tagger = owner.profiler.attach((orders == null ? spec : spec.orders(orders)).build());
        for (int pfn = 0; pfn < blocks; pfn++) {
            tagger.add(pfn, 0, tag);
        }
        return tagger;
    }

    private Hand hand(int top, boolean untracked) {
        return new Hand(CodetagMetrics.builder().top(top).untracked(untracked), Source.of(owner.profiler, untracked));
    }

    @Test
    @DisplayName("show pages and charged memory, which together are what the tags own")
    void sums() {
        attach("first", 3);
        attach("second", 2);
        tag.charge(100);
        try (Hand hand = hand(5, false)) {
            assertEquals(
                    Map.of("allocator=first", 3d * PAGE, "allocator=second", 2d * PAGE, "allocator=other", 0d),
                    hand.read("codetag.pages.bytes"));
            assertEquals(
                    Map.of("allocator=first", 3d, "allocator=second", 2d, "allocator=other", 0d),
                    hand.read("codetag.pages.calls"));
            assertEquals(
                    hand.sum("codetag.live.bytes"),
                    hand.sum("codetag.pages.bytes") + hand.sum("codetag.charged.bytes"));
            assertEquals(
                    hand.sum("codetag.live.calls"),
                    hand.sum("codetag.pages.calls") + hand.sum("codetag.charged.calls"));
            assertEquals(Map.of(), hand.read("codetag.pages.untracked.bytes"), "not asked for");
        }
    }

    @Test
    @DisplayName("add up allocators of one name, and all that are not among the largest")
    void bounded() {
        attach("pool", 3);
        attach("pool", 2);
        attach("small", 1);
        attach("other", 4);
        attach("", 1);
        try (Hand hand = hand(1, false)) {
            assertEquals(
                    Map.of("allocator=pool", 5d, "allocator=other", 6d),
                    hand.read("codetag.pages.calls"),
                    "one that is named like the rest is one of the rest");
        }
    }

    @Test
    @DisplayName("show what is untracked if that is wanted")
    void untracked() {
        attach("pool", 3, pfn -> pfn < 5 ? 0 : -1);
        attach("silent", 1);
        try (Hand hand = hand(5, true)) {
            assertEquals(
                    Map.of("allocator=pool", 2d * PAGE, "allocator=silent", 0d, "allocator=other", 0d),
                    hand.read("codetag.pages.untracked.bytes"));
        }
    }

    @Test
    @DisplayName("lose the series of an allocator that is closed")
    void closed() {
        attach("stays", 1);
        final PageTagger leaves = attach("leaves", 2);
        try (Hand hand = hand(5, false)) {
            leaves.close();
            hand.passTime();
            hand.collect();
            hand.passTime();
            assertEquals(Map.of("allocator=stays", 1d, "allocator=other", 0d), hand.read("codetag.pages.calls"));
            assertEquals(
                    Map.of("allocator=stays store=pageext", 0d, "allocator=other store=", 0d),
                    hand.read("codetag.storage.escaped"));
        }
    }

    @Test
    @DisplayName("show the stores, what they occupy, and which allocators are not profiled")
    void storage() {
        attach("side", 1);
        owner.profiler.attach(
                PageSpec.builder("dark", 64, PAGE).storage("pageflags").build());
        try (Hand hand = hand(5, false)) {
            assertEquals(
                    Map.of(
                            "allocator=side store=pageext", 0d,
                            "allocator=dark store=none", 1d,
                            "allocator=other store=", 0d),
                    hand.read("codetag.storage.disabled"));
            final long occupied = owner.profiler.storage().get(0).bytesOccupied();
            assertEquals((double) occupied, hand.read("codetag.storage.bytes").get("allocator=side store=pageext"));
            assertEquals((double) owner.profiler.totals().ownBytes(), hand.sum("codetag.own.bytes"));
        }
    }
}
