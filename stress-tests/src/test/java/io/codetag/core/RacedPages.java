package io.codetag.core;

import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.FlagWords;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.pageext.PageExtStoreProvider;
import io.codetag.pageflags.PageFlagsStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.TagCodes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Four pages of an allocator with all that a profiler puts behind them. One profiler with its tags stands behind the pages
 * of every state and does not know of them: a state costs microseconds, and nobody reads the pages of another one.
 */
class RacedPages {
    /** The bits of a flag word for tags; those below hold a block's order + 1 where words tell it. */
    static final Field TAG = Words.TAG;

    private static final Field UPPER_HALF = new Field("upper", TAG.shift() + TAG.bits() / 2, TAG.bits() / 2);

    private static final int PAGE = 4096;
    private static final int PAGES = 4;
    private static final int MAX_ORDER = 1;
    private static final long ORDER = 0xFF;
    private static final int TAGS = 200;

    private static final Profiler PROFILER = Profiler.builder().build();

    /** In the order of their codes. */
    private static final List<AllocTag> LOADED =
            PROFILER.load("raced", places()).tags();

    static final AllocTag SMALL = tag(Words.SMALL);

    /** Fits the bits for tags, and no longer when half of them are claimed. */
    static final AllocTag LARGE = tag(Words.LARGE);

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    final long[] words = new long[PAGES];
    final Handshake handshake = new Handshake();
    final References references;
    final AttachedPages pages;
    final PageTagger tagger;

    /** A block's order by its first page; -1 elsewhere. Not used where words tell orders. */
    final AtomicIntegerArray orders = new AtomicIntegerArray(new int[] {-1, -1, -1, -1});

    private final Attachment attachment;
    private final PageSpec spec;
    private final FlagClaims claims;

    RacedPages(Kept kept, OverflowPolicy policy, Ledger ledger) {
        this.spec = spec(kept);
        final StoreChoice choice = choice(kept, policy);
        this.references = Objects.requireNonNull(OpenedStores.open(choice).references());
        this.attachment = new Attachment(spec.name(), ledger);
        final Engines engines = new Engines();
        final PageTagger.Placement placement = references.placement(choice.fieldInWord());
        this.tagger = PageTagger.create(PROFILER.space(), spec, placement, ledger.stripes(), control -> {
            engines.control = control;
            engines.pages = new AttachedPages(PROFILER, attachment, control, spec, "com.acme", choice, references);
            return engines.pages;
        });
        this.pages = Objects.requireNonNull(engines.pages);
        this.claims = new FlagClaims(spec, pages, Objects.requireNonNull(engines.control), choice, references);
        attachment.bind(pages, new ReferenceQueue<>());
        pages.recording(true);
    }

    /** Returns counters for blocks of the largest order here and below. */
    static Ledger counters() {
        return CounterLedger.ofPages(PAGE, MAX_ORDER, 2);
    }

    /** Allocates by the general operation. */
    final void allocate(int pfn, int order, AllocTag tag) {
        tagger.add(pfn, order, tag);
        orders.set(pfn, order);
    }

    /** Allocates by the fused one, where words tell orders. */
    final void stamp(int pfn, int order, AllocTag tag) {
        store(pfn, tagger.stamp(pfn, order, words[pfn] | (order + 1), tag));
    }

    final void unstamp(int pfn, int order) {
        store(pfn, tagger.unstamp(pfn, order, words[pfn]) & ~ORDER);
    }

    /** Stores a word as an allocator does. */
    final void store(int pfn, long word) {
        WORD.setRelease(words, pfn, word);
    }

    /** Returns what the bits for tags hold. */
    final int inWord(int pfn) {
        return (int) TAG.get((long) WORD.getAcquire(words, pfn));
    }

    /** Returns what the overflow slot holds without a mark in the word. */
    final int leftOver(int pfn) {
        return inWord(pfn) == TagCodes.ESCAPED ? 0 : references.getEscaped(pfn);
    }

    final int calls(AllocTag tag) {
        return (int) Readings.live(attachment.read(), tag.code()).calls();
    }

    /** Takes a census. */
    final Reading census() {
        return attachment.ledger().read();
    }

    /** Takes a census of two parts with two pages each, by two threads if there are two processors. */
    final Reading censusInParts() {
        return new PageCensus(spec, pages, references, claims, PAGES, PAGES / 2).take(TAGS + TagCodes.FIRST_TAG);
    }

    static int pages(Reading census, AllocTag tag) {
        return (int) (census.taken(tag.code()).bytes() / PAGE);
    }

    static int calls(Reading census, AllocTag tag) {
        return (int) census.taken(tag.code()).calls();
    }

    /** Has the allocator claim half of the bits for tags. */
    final void claim() {
        try {
            if (!tagger.claimBits(UPPER_HALF).granted()) {
                throw new IllegalStateException("refused");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    final void giveBack() {
        try {
            tagger.returnBits(UPPER_HALF);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private PageSpec spec(Kept kept) {
        final PageSpec.Builder builder = PageSpec.builder("raced", PAGES, PAGE).maxOrder(MAX_ORDER);
        if (kept != Kept.IN_SLOTS) {
            builder.flags(
                    FlagWords.of(words),
                    PageFlagsLayout.builder()
                            .field("low", 0, TAG.shift())
                            .field("high", TAG.shift() + TAG.bits(), Long.SIZE - TAG.shift() - TAG.bits())
                            .quiescence(handshake)
                            .build());
        }
        return kept == Kept.IN_WORDS_WITH_ORDER
                ? builder.wordOrders(word -> (int) (word & ORDER) - 1).build()
                : builder.orders(pfn -> orders.get((int) pfn)).build();
    }

    private StoreChoice choice(Kept kept, OverflowPolicy policy) {
        final StoreRequest request =
                new StoreRequest(spec.name(), PAGES, PAGE, 0, spec.flags(), spec.layout(), Long.SIZE);
        final boolean slots = kept == Kept.IN_SLOTS;
        return new StoreChoice(
                request,
                slots ? new PageExtStoreProvider() : new PageFlagsStoreProvider(),
                slots ? null : TAG,
                TAG.maxCode(),
                slots || policy == OverflowPolicy.DISABLE ? null : new PageExtStoreProvider(),
                policy,
                "raced",
                null,
                Message.STORAGE_NONE);
    }

    private static List<CodeTag> places() {
        return IntStream.range(0, TAGS)
                .mapToObj(i -> CodeTag.of("com.acme.Pool", "Pool.java", i + 1, "take"))
                .toList();
    }

    private static AllocTag tag(int code) {
        final AllocTag tag = LOADED.get(code - TagCodes.FIRST_TAG);
        if (tag.code() != code) {
            throw new IllegalStateException(tag + " has code " + tag.code());
        }
        return tag;
    }

    /** Where references are, and who tells orders. */
    enum Kept {
        /** In flag words; orders are apart. */
        IN_WORDS,

        /** In flag words that tell orders too. */
        IN_WORDS_WITH_ORDER,

        /** In the page extension; orders are apart. */
        IN_SLOTS
    }

    /** What a tagger makes while it is made itself. */
    private static final class Engines {
        private PageTagger.@Nullable Control control;
        private @Nullable AttachedPages pages;
    }
}
