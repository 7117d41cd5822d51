package io.codetag.examples.pluginhost;

import io.codetag.AllocCounts;
import io.codetag.OverflowPolicy;
import io.codetag.StorageFacts;
import io.codetag.allocator.PageAllocator;
import io.codetag.core.AllocEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** The life of a host under one overflow policy: from the first tenant to the last page. */
final class PolicyRun {
    private static final int PAGES = 2_048;
    private static final int PAGE_BYTES = 4_096;
    private static final int BITS = 6;
    private static final int LINES = 3;
    private static final int LARGEST_CODE = (1 << BITS) - 1;

    private final OverflowPolicy policy;
    private final Path jar;
    private final Claims claims;
    private final PrintStream out;
    private final PageAllocator pages;
    private final Account account;

    PolicyRun(OverflowPolicy policy, Path jar, Claims claims, PrintStream out) {
        this.policy = policy;
        this.jar = jar;
        this.claims = claims;
        this.out = out;
        out.println();
        out.println("=== Policy " + name(policy) + ": " + explain(policy) + " ===");
        this.pages = PageAllocator.builder("pages, " + name(policy), PAGES)
                .pageSize(PAGE_BYTES)
                .maxBits(BITS)
                .overflow(policy)
                .build();
        this.account = new Account(pages);
        account.settle();
    }

    static String name(OverflowPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    /** Runs everything; returns how the account stood after the overflow. */
    Outcome run() throws Exception {
        final Tenancy first = load("tenant-1");
        beforeTheOverflow(first);
        final Tenancy second = load("tenant-2");
        overflow(second);
        final Outcome outcome = afterTheOverflow(first, second);
        final Set<Integer> ids = unloadAndFree(first);
        final Tenancy third = load("tenant-3");
        reuse(third, ids);
        end(List.of(second, third));
        return outcome;
    }

    private Tenancy load(String tenant) throws IOException, ReflectiveOperationException {
        return new Tenancy(LoadedTenant.load(tenant, jar, pages), new ExpectedBlocks(pages));
    }

    private void beforeTheOverflow(Tenancy first) {
        step("tenant-1 is loaded: 40 call sites, and the spare bits name " + (LARGEST_CODE - 2) + " tags");
        final StorageFacts facts = account.storage();
        claims.verify(
                facts.store().equals("pageflags") && facts.bits() == BITS,
                "references go to %d bits of the flag" + " word",
                facts.bits());
        first.hold(2, code -> true);
        compare(first);
        claims.verify(account.untrackedBytes() == 0, "nothing is untracked");
    }

    private void overflow(Tenancy second) {
        step("tenant-2 is loaded: 80 call sites are more than " + (LARGEST_CODE - 2));
        second.hold(2, policy == OverflowPolicy.DISABLE ? code -> code <= LARGEST_CODE : code -> true);
        account.settle();
        Account.print(account.of("tenant-2").top(LINES), out);
        compare(second);
    }

    /** Blocks recorded before the overflow are freed after it, and new ones are allocated. */
    private Outcome afterTheOverflow(Tenancy first, Tenancy second) {
        step("both go on: half of the blocks from before are freed, others are allocated");
        final IntPredicate isRecorded = code -> policy != OverflowPolicy.DISABLE;
        first.hold(1, isRecorded);
        compare(first);
        first.hold(3, isRecorded);
        second.hold(1, isRecorded);
        compare(first);
        compare(second);
        final StorageFacts facts = account.storage();
        final long untracked =
                first.expected().unrecordedBytes() + second.expected().unrecordedBytes();
        claims.verify(account.untrackedBytes() == untracked, "%,d bytes are untracked, as expected", untracked);
        balance();
        claims.verify(isAsPromised(facts), "new references: %s", newReferences(facts));
        return new Outcome(
                policy,
                pages.allocatedBytes(),
                account.recordedBytes(),
                account.untrackedBytes(),
                facts.bytesOccupied(),
                newReferences(facts));
    }

    /** Returns the ids of a tenant that went away and left bytes behind, once those have been freed. */
    private Set<Integer> unloadAndFree(Tenancy first) throws Exception {
        step("tenant-1 is unloaded, and has forgotten to free its mail");
        final Set<Integer> ids = new TreeSet<>(first.codes());
        final WeakReference<ClassLoader> loader = first.unload();
        claims.verify(Waiting.collected(loader), "its class loader was collected");
        final boolean marked =
                Waiting.until(() -> account.of("tenant-1").entries().stream().allMatch(AllocEntry::unloaded));
        account.settle();
        Account.print(account.of("tenant-1"), out);
        compare(first);
        claims.verify(marked, "its lines are marked as unloaded, and only those with bytes are left");

        step("the host frees what tenant-1 left behind");
        final long before = account.contentId();
        first.expected().freeAll();
        compare(first);
        claims.verify(account.of("tenant-1").entries().isEmpty(), "no line of tenant-1 is left");
        claims.verify(Waiting.until(() -> account.contentId() != before), "its ids were given back");
        return ids;
    }

    private void reuse(Tenancy third, Set<Integer> ids) {
        step("tenant-3 is loaded");
        third.hold(1, code -> policy != OverflowPolicy.DISABLE);
        account.settle();
        compare(third);
        final Set<Integer> its = third.codes();
        claims.verify(its.equals(ids), "its codes are those that tenant-1 had: %s", range(its));
        balance();
    }

    private void end(List<Tenancy> remaining) throws Exception {
        step("the host shuts down");
        final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (Tenancy each : remaining) {
            loaders.add(each.unload());
            each.expected().freeAll();
        }
        claims.verify(pages.allocatedBytes() == 0 && account.recordedBytes() == 0, "no page and no byte is left");
        for (WeakReference<ClassLoader> each : loaders) {
            claims.verify(Waiting.collected(each), "one more class loader was collected");
        }
        // Their ids are given back in the same step; the next policy starts from an empty flag word.
        claims.verify(
                Waiting.until(() -> account.of("tenant-2").entries().isEmpty()
                        && account.of("tenant-3").entries().isEmpty()),
                "no line of any tenant is left");
        pages.close();
        account.settle();
    }

    private void compare(Tenancy tenant) {
        final String name = tenant.name();
        final Map<Integer, AllocCounts> expected = tenant.expected().counts();
        final Map<Integer, AllocCounts> reported = account.counts(name);
        final AllocCounts sum = reported.values().stream().reduce(AllocCounts.ZERO, AllocCounts::plus);
        final boolean same = expected.equals(reported);
        claims.verify(
                same,
                "%s: %,d bytes in %d calls from %d call sites; the report says the same of each%s",
                name,
                tenant.expected().recordedBytes(),
                expected.values().stream().mapToLong(AllocCounts::calls).sum(),
                expected.size(),
                same ? "" : " - NOT: it says " + sum);
    }

    private void balance() {
        claims.verify(
                account.recordedBytes() + account.untrackedBytes() == pages.allocatedBytes(),
                "recorded %,d + untracked %,d = the allocator's own %,d bytes",
                account.recordedBytes(),
                account.untrackedBytes(),
                pages.allocatedBytes());
    }

    /** Says whether the stores are used as the policy promises. */
    private boolean isAsPromised(StorageFacts facts) {
        return switch (policy) {
            case SWITCH -> facts.limit() == 0 && facts.escaped();
            case SPILL -> facts.limit() == LARGEST_CODE && facts.escaped();
            case DISABLE -> facts.limit() == 0 && !facts.escaped() && facts.disabledReason() != null;
        };
    }

    private String newReferences(StorageFacts facts) {
        return switch (policy) {
            case SWITCH -> "all to " + facts.overflowStore();
            case SPILL -> "codes to " + LARGEST_CODE + " to the flag word, others to " + facts.overflowStore();
            case DISABLE -> "none";
        };
    }

    private void step(String text) {
        out.println();
        out.println("  " + text);
    }

    private static String explain(OverflowPolicy policy) {
        return switch (policy) {
            case SWITCH -> "once a tag does not fit, every new reference goes to the overflow store";
            case SPILL -> "only references that do not fit go to the overflow store";
            case DISABLE -> "once a tag does not fit, these pages get no new references";
        };
    }

    private static String range(Set<Integer> codes) {
        final TreeSet<Integer> sorted = new TreeSet<>(codes);
        return sorted.first() + " to " + sorted.last();
    }
}
