package io.codetag.soak;

import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.core.Profiler;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One owner of allocators, modules and charges: random operations, each made on the model too. One thread at a time. */
final class Owner {
    private static final int MAX_POOLS = 4;
    private static final int MAX_MODULES = 6;
    private static final int PLENTY_OF_IDS = 1_000;

    private final int number;
    private final Profiler profiler;
    private final List<PoolKind> kinds;
    private final SplittableRandom random;
    private final Tally tally;
    private final List<Pool> pools = new ArrayList<>();
    private final List<TagModel> common = new ArrayList<>();
    private final List<Module> modules = new ArrayList<>();

    /** Tags whose handles were dropped while they had something live. */
    private final List<TagModel> orphans = new ArrayList<>();

    private final List<Charge> charges = new ArrayList<>();
    private final List<SharedBlocks> shared = new ArrayList<>();
    private final boolean reusesIds;
    private boolean recording = true;
    private int lastName;

    Owner(
            int number,
            Profiler profiler,
            List<PoolKind> kinds,
            List<AllocTag> tags,
            List<SharedPages> sharedPages,
            boolean reusesIds,
            SplittableRandom random,
            Tally tally) {
        this.number = number;
        this.profiler = profiler;
        this.kinds = kinds;
        this.random = random;
        this.tally = tally;
        this.reusesIds = reusesIds;
        tags.forEach(tag -> common.add(new TagModel(tag)));
        sharedPages.forEach(pages -> shared.add(new SharedBlocks(pages, random.split())));
        attach();
    }

    /** A code module and its tags. */
    private record Module(List<TagModel> tags, CodeModule named) {}

    /** Memory that is no page. */
    private record Charge(TagModel tag, int reference, long bytes) {}

    void recording(boolean on) {
        recording = on;
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        tally.operations.add(steps);
    }

    /** Adds up what each tag should have live. */
    void addTo(Map<String, long[]> expected) {
        orphans.removeIf(tag -> tag.bytes == 0 && tag.calls == 0);
        common.forEach(tag -> addTo(expected, tag));
        orphans.forEach(tag -> addTo(expected, tag));
        modules.forEach(module -> module.tags.forEach(tag -> addTo(expected, tag)));
    }

    private static void addTo(Map<String, long[]> expected, TagModel tag) {
        final long[] sum = expected.computeIfAbsent(tag.key, key -> new long[2]);
        sum[0] += tag.bytes;
        sum[1] += tag.calls;
    }

    /** Adds up what this owner has live of an allocator that all share: bytes and calls. */
    void addTo(SharedPages pages, long[] expected) {
        for (SharedBlocks blocks : shared) {
            if (blocks.shared() == pages) {
                expected[0] += blocks.bytes();
                expected[1] += blocks.calls();
            }
        }
    }

    /** Returns how far the taggers are from the model. */
    long drift() {
        return pools.stream().mapToLong(Pool::drift).sum();
    }

    /** Frees everything, drops everything. */
    void end() {
        while (!charges.isEmpty()) {
            discharge();
        }
        shared.forEach(SharedBlocks::freeAll);
        pools.forEach(Pool::close);
        pools.clear();
        while (!modules.isEmpty()) {
            unload();
        }
    }

    /** Allocates and frees as much, while others may switch recording at any moment. */
    void balanced(int steps) {
        final Pool pool = pools.get(0);
        final List<Integer> mine = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            final int pfn = random.nextInt(pool.pages());
            if (mine.size() < 32 && pool.isFree(pfn, 0)) {
                pool.allocate(pfn, 0, anyTag(), false, random.nextBoolean());
                mine.add(pfn);
            } else if (!mine.isEmpty()) {
                pool.free(mine.remove(random.nextInt(mine.size())));
            }
            if (!shared.isEmpty()) {
                anyShared().balanced(anyTag());
            }
            final int reference = common.get(0).handle().charge(8);
            profiler.discharge(reference, 8);
        }
        mine.forEach(pool::free);
        tally.operations.add(steps);
    }

    private void step() {
        final int choice = random.nextInt(1_000);
        if (choice < 3) {
            rarely(random.nextInt(12));
        } else if (choice < 80) {
            charge();
        } else if (choice < 150) {
            discharge();
        } else if (choice < 160) {
            tally.faults.add(anyPool().misuse(random.nextInt(Pool.MAX_PAGES / 2), anyTag()));
        } else if (choice < 260 && !shared.isEmpty()) {
            anyShared().step(anyTag(), recording);
        } else {
            onPages(choice);
        }
    }

    private void rarely(int choice) {
        switch (choice) {
            case 0 -> attach();
            case 1 -> close();
            case 2 -> anyPool().grow(random.nextInt(64));
            case 3 -> load();
            case 4 -> loadGuest();
            case 5, 6 -> unload();
            case 7, 8, 9, 10 -> anyPool().claimOrGiveBack(random);
            default -> anyPool().tagger().allocationFailed(random.nextInt(5));
        }
    }

    private void onPages(int choice) {
        final Pool pool = anyPool();
        final int start = random.nextInt(pool.pages());
        final int order = random.nextInt(Pool.MAX_ORDER + 1);
        final int head = head(pool, start);
        if (choice < 550 || head < 0) {
            final int pfn = start & -(1 << order);
            if (pool.isFree(pfn, order)) {
                pool.allocate(pfn, order, anyTag(), recording, random.nextInt(4) == 0);
            }
        } else if (choice < 850) {
            pool.free(head);
        } else if (choice < 900) {
            pool.split(head, random.nextInt(pool.orderAt(head) + 1));
        } else if (choice < 940) {
            pool.trim(head, random.nextInt(pool.orderAt(head) + 1));
        } else if (choice < 980) {
            swap(pool, head, start & -(1 << pool.orderAt(head)));
        } else {
            pool.clear(head);
        }
    }

    private void swap(Pool pool, int head, int other) {
        final int order = pool.orderAt(head);
        if (pool.isFree(other, order) || (other < pool.pages() && pool.orderAt(other) == order)) {
            pool.swap(other, head);
        }
    }

    /** Returns the first block at or after a page; -1 if there is none near. */
    private static int head(Pool pool, int start) {
        for (int pfn = start; pfn < Math.min(pool.pages(), start + 64); pfn++) {
            if (pool.orderAt(pfn) >= 0) {
                return pfn;
            }
        }
        return -1;
    }

    private void charge() {
        final TagModel tag = anyTag();
        final long bytes = random.nextLong(1 << 20);
        final int reference = tag.handle().charge(bytes);
        if ((reference != 0) != recording) {
            throw new IllegalStateException(tag.key + " was charged: " + reference + ", recording: " + recording);
        }
        if (reference != 0) {
            tag.add(bytes, 1);
            charges.add(new Charge(tag, reference, bytes));
        }
    }

    private void discharge() {
        if (!charges.isEmpty()) {
            final Charge charge = charges.remove(random.nextInt(charges.size()));
            profiler.discharge(charge.reference, charge.bytes);
            charge.tag.add(-charge.bytes, -1);
        }
    }

    private void attach() {
        if (pools.size() < MAX_POOLS) {
            final PoolKind kind = kinds.get(random.nextInt(kinds.size()));
            pools.add(new Pool(profiler, kind, "pool " + number + "-" + ++lastName, tally));
            tally.attached.increment();
        }
    }

    private void close() {
        if (pools.size() > 1) {
            pools.remove(random.nextInt(pools.size())).close();
        }
    }

    private void load() {
        if (mayLoad()) {
            final String name = "module-" + number + "-" + ++lastName;
            final CodeModule module = profiler.load(
                    name,
                    IntStream.rangeClosed(1, 1 + random.nextInt(20))
                            .mapToObj(line -> CodeTag.of("soak.Module", "Module.java", line, "site"))
                            .toList());
            add(module.tags(), module);
            tally.loaded.increment();
        }
    }

    /** With ids that are never used again few modules are loaded after the first ones, as a program should. */
    private boolean mayLoad() {
        return modules.size() < MAX_MODULES
                && (reusesIds || tally.largestCode.get() < PLENTY_OF_IDS || random.nextInt(20) == 0);
    }

    private void loadGuest() {
        if (mayLoad()) {
            final GuestLoader loader = new GuestLoader("guest-" + number + "-" + ++lastName);
            final List<AllocTag> tags = loader.tags(profiler.space());
            add(tags, CodeModule.of(profiler.space(), loader.guest()));
            tally.loaders.add(new WeakReference<>(loader));
            tally.loaded.increment();
        }
    }

    private void add(List<AllocTag> tags, CodeModule named) {
        final List<TagModel> models = tags.stream().map(TagModel::new).toList();
        models.forEach(tag -> tally.largestCode.accumulate(tag.code));
        modules.add(new Module(models, named));
    }

    /** Unloads a module, or only drops it; what its tags have live stays. */
    private void unload() {
        if (!modules.isEmpty()) {
            final Module module = modules.remove(random.nextInt(modules.size()));
            if (random.nextInt(3) > 0) {
                module.named.unload();
            }
            module.tags.forEach(TagModel::drop);
            orphans.addAll(module.tags);
        }
    }

    private SharedBlocks anyShared() {
        return shared.get(random.nextInt(shared.size()));
    }

    private Pool anyPool() {
        return pools.get(random.nextInt(pools.size()));
    }

    private TagModel anyTag() {
        final int choice = random.nextInt(modules.size() + 1);
        final List<TagModel> from = choice == modules.size() ? common : modules.get(choice).tags;
        return from.get(random.nextInt(from.size()));
    }
}
