package io.codetag.testkit;

import io.codetag.AllocTag;
import io.codetag.PageTagger;
import io.codetag.TagScope;
import io.codetag.TagSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one allocator that one thread of a program owns: makes each operation on the tagger and on the model, now
 * in the general form, now in the fused one.
 */
final class ProgramPages {
    private static final int TRIES = 8;
    private static final long HOT_PAGES = 256;

    final ImaginaryAllocator allocator;
    final PageTagger tagger;
    final PagesModel model;
    final FlagBits words;
    final Trace trace;
    final Random random;
    private final TagSpace space;
    private final int pageSize;
    private final long fromPfn;
    private long toPfn;
    private final List<Long> heads = new ArrayList<>();

    ProgramPages(
            TagSpace space,
            RandomProgram.Attached attached,
            @Nullable ProgramClaims claims,
            ReferenceModel model,
            long fromPfn,
            long toPfn,
            Random random,
            Trace trace) {
        this.space = space;
        this.allocator = attached.allocator();
        this.tagger = attached.tagger();
        this.model = model.attach(attached.spec());
        this.model.admission(attached.admission());
        this.words = new FlagBits(attached.spec(), claims);
        this.pageSize = attached.spec().pageSize();
        this.fromPfn = fromPfn;
        this.toPfn = toPfn;
        this.random = random;
        this.trace = trace;
    }

    List<Long> heads() {
        return Collections.unmodifiableList(heads);
    }

    /** Grows the model, and what this thread owns if the new pages are its own. */
    void grow(long pageCount, boolean ownsNewPages) {
        model.grow(pageCount);
        toPfn = ownsNewPages ? pageCount : toPfn;
    }

    /** Returns the bytes of the allocated blocks without a tag. */
    long untrackedBytes() {
        return heads.stream()
                .filter(pfn -> model.tag(pfn) == null)
                .mapToLong(pfn -> (long) pageSize << allocator.orderAt(pfn))
                .sum();
    }

    void allocate(AllocTag tag) {
        final int order = anyOrder();
        final long pfn = freePages(order);
        if (pfn >= 0) {
            allocator.put(pfn, order);
            heads.add(pfn);
            add(pfn, order, tag);
        }
    }

    /** Records an allocation in one of the forms there are. */
    void add(long pfn, int order, AllocTag tag) {
        final int form = random.nextInt(3);
        trace.add(List.of("add", "add within scope of", "stamp").get(form) + " " + pfn + " order " + order + " " + tag);
        if (form == 2) {
            final long given = words.rewritten(pfn, random);
            words.store(pfn, given, tagger.stamp(pfn, order, given, tag));
            model.stamp(pfn, order, tag);
            return;
        }
        words.rewrite(pfn, random);
        if (form == 1) {
            addWithinScope(pfn, order, tag);
        } else {
            tagger.add(pfn, order, tag);
            model.add(pfn, order, tag);
        }
    }

    /** Within the scope of a tag of another space the current tag of this one is still the untagged one. */
    @SuppressWarnings("try") // the scope is there to be closed
    private void addWithinScope(long pfn, int order, AllocTag tag) {
        try (TagScope scope = tag.enter()) {
            tagger.add(pfn, order);
        }
        model.add(pfn, order, tag.space() == space ? tag : space.untagged());
    }

    void free(int index) {
        final long pfn = heads.get(index);
        final int order = allocator.orderAt(pfn);
        forget(index);
        sub(pfn, order);
    }

    /** Credits a free in one of the forms there are. */
    void sub(long pfn, int order) {
        if (random.nextBoolean()) {
            trace.add("sub " + pfn + " order " + order);
            words.rewrite(pfn, random);
            tagger.sub(pfn, order);
            model.sub(pfn, order);
        } else {
            trace.add("unstamp " + pfn + " order " + order);
            final long given = words.rewritten(pfn, random);
            words.store(pfn, given, tagger.unstamp(pfn, order, given));
            model.unstamp(pfn, order);
        }
    }

    void split(int index) {
        final long pfn = heads.get(index);
        final int oldOrder = allocator.orderAt(pfn);
        final int newOrder = random.nextInt(oldOrder + 1);
        if (random.nextBoolean()) {
            trace.add("split " + pfn + " order " + oldOrder + " to " + newOrder);
            tagger.split(pfn, oldOrder, newOrder);
            model.split(pfn, oldOrder, newOrder);
        } else {
            splitFused(pfn, oldOrder, newOrder);
        }
        allocator.put(pfn, newOrder);
        for (long piece = next(pfn, newOrder); piece < next(pfn, oldOrder); piece = next(piece, newOrder)) {
            allocator.put(piece, newOrder);
            heads.add(piece);
        }
    }

    private void splitFused(long pfn, int oldOrder, int newOrder) {
        trace.add("copyStamp and restamp " + pfn + " order " + oldOrder + " to " + newOrder);
        final long headWord = words.word(pfn);
        for (long piece = next(pfn, newOrder); piece < next(pfn, oldOrder); piece = next(piece, newOrder)) {
            final long given = words.rewritten(piece, random);
            words.store(piece, given, tagger.copyStamp(pfn, headWord, piece, newOrder, given));
            model.copyStamp(pfn, piece, newOrder);
        }
        tagger.restamp(pfn, oldOrder, newOrder, headWord);
        model.restamp(pfn, oldOrder, newOrder);
    }

    void trim(int index) {
        final long pfn = heads.get(index);
        final int oldOrder = allocator.orderAt(pfn);
        final int newOrder = random.nextInt(oldOrder + 1);
        allocator.put(pfn, newOrder);
        if (random.nextBoolean()) {
            trace.add("trim " + pfn + " order " + oldOrder + " to " + newOrder);
            tagger.trim(pfn, oldOrder, newOrder);
            model.trim(pfn, oldOrder, newOrder);
        } else {
            trace.add("restamp " + pfn + " order " + oldOrder + " to " + newOrder);
            tagger.restamp(pfn, oldOrder, newOrder, words.word(pfn));
            model.restamp(pfn, oldOrder, newOrder);
        }
    }

    /** Migrates a block to free pages, or exchanges it with another of its order, or with itself. */
    void move(int index) {
        final long oldPfn = heads.get(index);
        final int order = allocator.orderAt(oldPfn);
        final long other = heads.get(random.nextInt(heads.size()));
        final boolean exchange = allocator.orderAt(other) == order;
        final long newPfn = exchange ? other : freePages(order);
        if (newPfn < 0) {
            return;
        }
        trace.add("swap " + newPfn + " and " + oldPfn + " order " + order);
        tagger.swap(newPfn, oldPfn, order);
        model.swap(newPfn, oldPfn, order);
        if (!exchange) {
            allocator.free(oldPfn);
            allocator.put(newPfn, order);
            heads.set(index, newPfn);
        }
    }

    void clear(int index) {
        final long pfn = heads.get(index);
        clear(pfn, allocator.orderAt(pfn));
    }

    void clear(long pfn, int order) {
        trace.add("clear " + pfn + " order " + order);
        if (order == 0) {
            tagger.clear(pfn);
        } else {
            tagger.clear(pfn, order);
        }
        model.clear(pfn, order);
    }

    /** Returns the first of enough free pages, or -1 if none were found at once. */
    long freePages(int order) {
        for (int i = 0; i < TRIES; i++) {
            final long pfn = anyPage() & -(1L << order);
            if (pfn >= fromPfn && next(pfn, order) <= toPfn && allocator.isFree(pfn, order)) {
                return pfn;
            }
        }
        return -1;
    }

    int anyOrder() {
        final int halvings = Integer.numberOfTrailingZeros(random.nextInt() | Integer.MIN_VALUE);
        return Math.min(allocator.maxOrder(), 2 * halvings + random.nextInt(2));
    }

    /** Returns one of the allocated blocks, or -1 if there is none. */
    int anyHead() {
        return heads.isEmpty() ? -1 : random.nextInt(heads.size());
    }

    /** Forgets a block: its pages are free. */
    private void forget(int index) {
        allocator.free(heads.get(index));
        final long moved = heads.remove(heads.size() - 1);
        if (index < heads.size()) {
            heads.set(index, moved);
        }
    }

    /** Returns a page, mostly one near either end, so that pages are used again. */
    private long anyPage() {
        final long pages = toPfn - fromPfn;
        final long hot = Math.min(pages, HOT_PAGES << Math.min(4, allocator.maxOrder()));
        return switch (random.nextInt(8)) {
            case 0 -> fromPfn + (random.nextLong() >>> 1) % pages;
            case 1, 2 -> toPfn - 1 - (random.nextLong() >>> 1) % hot;
            default -> fromPfn + (random.nextLong() >>> 1) % hot;
        };
    }

    private static long next(long pfn, int order) {
        return pfn + (1L << order);
    }

    @Nullable
    AllocTag tagOf(int index) {
        return model.tag(heads.get(index));
    }
}
