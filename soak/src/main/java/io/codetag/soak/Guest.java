package io.codetag.soak;

import io.codetag.AllocTag;
import io.codetag.TagSpace;
import java.util.List;
import java.util.function.Function;

/** A plugin with three call sites. Loaded anew by a class loader of its own each time. */
public final class Guest implements Function<TagSpace, List<AllocTag>> {
    public Guest() {}

    @Override
    public List<AllocTag> apply(TagSpace space) {
        return List.of(one(space), two(space), three(space));
    }

    private static AllocTag one(TagSpace space) {
        return space.here().resolve();
    }

    private static AllocTag two(TagSpace space) {
        return space.here().resolve();
    }

    private static AllocTag three(TagSpace space) {
        return space.here().resolve();
    }
}
