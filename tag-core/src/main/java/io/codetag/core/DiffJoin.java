package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out which entries of two snapshots are the same tag. */
final class DiffJoin {
    /*
     * Two steps. First both sides are grouped by declaration, and groups of equal declaration meet. What is left, and
     * what has no declaration at all, meets by place, but only at places where one side has an entry without a
     * declaration: two different declarations at one place are two tags.
     */
    private final List<AllocDelta> deltas = new ArrayList<>();
    private final Side older;
    private final Side newer;

    private DiffJoin(List<AllocEntry> older, List<AllocEntry> newer) {
        this.older = new Side(older);
        this.newer = new Side(newer);
    }

    static List<AllocDelta> join(List<AllocEntry> older, List<AllocEntry> newer) {
        final DiffJoin join = new DiffJoin(older, newer);
        join.byDeclaration();
        join.byPlace();
        join.rest();
        return join.deltas;
    }

    private void byDeclaration() {
        newer.declared.entrySet().removeIf(each -> {
            final Group before = older.declared.remove(each.getKey());
            if (before != null) {
                add(before, each.getValue());
            }
            return before != null;
        });
    }

    private void byPlace() {
        newer.joinPlacesOf(older);
        older.joinPlacesOf(newer);
        newer.undeclared.forEach((place, now) -> add(older.undeclared.remove(place), now));
        older.undeclared.values().forEach(before -> add(before, null));
    }

    private void rest() {
        newer.declared.values().forEach(now -> add(null, now));
        older.declared.values().forEach(before -> add(before, null));
    }

    private void add(@Nullable Group before, @Nullable Group now) {
        final Group shown = now != null ? now : before;
        if (shown != null) {
            final CodeTag declaration =
                    shown.declaration == null && before != null ? before.declaration : shown.declaration;
            deltas.add(new AllocDelta(
                    shown.place, declaration, before == null ? null : before.sum, now == null ? null : now.sum));
        }
    }

    private static CodeTag keyOf(CodeTag declaration) {
        return PlaceKey.moduleOf(declaration).isEmpty() ? declaration.inModule(null) : declaration;
    }

    /** One snapshot, grouped. */
    private static final class Side {
        final Map<CodeTag, Group> declared = new LinkedHashMap<>();
        final Map<PlaceKey, Group> undeclared = new LinkedHashMap<>();

        Side(List<AllocEntry> entries) {
            for (AllocEntry entry : entries) {
                final CodeTag declaration = entry.declaration();
                final Group group = declaration == null
                        ? undeclared.computeIfAbsent(PlaceKey.of(entry.place()), key -> new Group(entry.place(), null))
                        : declared.computeIfAbsent(keyOf(declaration), key -> new Group(entry.place(), declaration));
                group.sum = group.sum.plus(entry.counts());
            }
        }

        /** Moves groups to their place if the other side has entries there that are known by place only. */
        void joinPlacesOf(Side other) {
            if (other.undeclared.isEmpty()) {
                return;
            }
            declared.values().removeIf(group -> {
                final PlaceKey key = PlaceKey.of(group.place);
                final boolean moves = other.undeclared.containsKey(key);
                if (moves) {
                    final Group joined =
                            undeclared.computeIfAbsent(key, absent -> new Group(group.place, group.declaration));
                    joined.sum = joined.sum.plus(group.sum);
                }
                return moves;
            });
        }
    }

    /** The entries of one snapshot that are one tag. */
    private static final class Group {
        final CodeTag place;
        final @Nullable CodeTag declaration;
        AllocCounts sum = AllocCounts.ZERO;

        Group(CodeTag place, @Nullable CodeTag declaration) {
            this.place = place;
            this.declaration = declaration;
        }
    }
}
