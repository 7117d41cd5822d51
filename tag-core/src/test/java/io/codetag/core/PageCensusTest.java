package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocCounts;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Pages that are looked at in slices and parts")
class PageCensusTest {
    private static final int PAGES = 20_000;
    private static final int TAGS = 50;
    private static final int MAX_ORDER = 9;

    @ParameterizedTest(name = "slices of {0}, parts of {1}, order in the word: {2}, seed {3}")
    @CsvSource({
        "1073741824, 1073741824, true, 1",
        "1073741824, 1000, true, 2",
        "4096, 64, true, 3",
        "300, 1, true, 4",
        "777, 300, false, 5",
        "1, 1, true, 6",
        "1073741824, 5000, false, 7"
    })
    @DisplayName("are counted as by one look from the first to the last, wherever blocks begin and end:")
    void counted(long slice, long part, boolean byWord, long seed) {
        final long[] words = new long[PAGES];
        final AllocCounts[] expected = fill(words, new Random(seed));
        final PageFlagsLayout layout =
                PageFlagsLayout.builder().field("own", 0, 8).build();
        final PageSpec.Builder builder =
                PageSpec.builder("pool", PAGES, Pools.PAGE).maxOrder(MAX_ORDER).flags(FlagWords.of(words), layout);
        final PageSpec spec = (byWord
                        ? builder.wordOrders(PageCensusTest::orderOf)
                        : builder.orders(pfn -> orderOf(words[(int) pfn])))
                .build();
        try (Profiler profiler = Profiler.builder().accounting("census").build()) {
            final OpenedStores opened = new StoreSelector(
                            StoreCatalog.discover(), spec, Settings.read(Map.of("accounting", "census")), TAGS)
                    .open();
            final Attachment attachment = new Attachment("pool", new CensusLedger());
            final List<PageCensus> census = new ArrayList<>();
            PageTagger.create(
                    profiler.space(),
                    spec,
                    opened.placement(),
                    attachment.ledger().stripes(),
                    control -> {
                        final AttachedPages pages = new AttachedPages(
                                profiler, attachment, control, spec, "com.acme", opened.choice(), opened.references());
                        final FlagClaims claims =
                                new FlagClaims(spec, pages, control, opened.choice(), opened.references());
                        census.add(new PageCensus(
                                spec, pages, Objects.requireNonNull(opened.references()), claims, slice, part));
                        return pages;
                    });
            final Census counted = census.get(0).take(3 + TAGS);
            for (int code = 3; code < 3 + TAGS; code++) {
                assertEquals(expected[code], counted.taken(code), "code " + code);
            }
            assertEquals(expected[3], census.get(0).take(4).taken(3), "codes beyond are left out");
            assertEquals(AllocCounts.ZERO, census.get(0).take(4).taken(4));
        }
    }

    /** Fills words with blocks at any page, tagged or not, and with references where no block begins. */
    private static AllocCounts[] fill(long[] words, Random random) {
        final AllocCounts[] expected = new AllocCounts[3 + TAGS];
        Arrays.fill(expected, AllocCounts.ZERO);
        for (int pfn = 0; pfn < PAGES; ) {
            final int order = Math.min(MAX_ORDER, Integer.numberOfTrailingZeros(random.nextInt() | (1 << 20)));
            final int code = random.nextInt(8) == 0 ? random.nextInt(2) : 3 + random.nextInt(TAGS);
            final int kind = random.nextInt(4);
            if (kind == 0 || pfn + (1 << order) > PAGES) {
                words[pfn++] = (long) code << 8;
                continue;
            }
            words[pfn] = 1 | ((long) order << 1) | ((long) code << 8);
            for (int inner = pfn + 1; inner < pfn + (1 << order); inner++) {
                words[inner] = (long) (3 + random.nextInt(TAGS)) << 8; // left over
            }
            if (code >= 3) {
                expected[code] = expected[code].plus(new AllocCounts((long) Pools.PAGE << order, 1));
            }
            pfn += 1 << order;
        }
        return expected;
    }

    private static int orderOf(long word) {
        return (word & 1) == 0 ? -1 : (int) (word >>> 1) & 0xF;
    }
}
