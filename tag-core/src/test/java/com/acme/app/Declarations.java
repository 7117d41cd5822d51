package com.acme.app;

import io.codetag.AllocTag;
import io.codetag.TagSpace;
import java.util.ArrayList;
import java.util.List;

/** Declares tags in odd ways. */
public final class Declarations {
    private Declarations() {}

    public static List<AllocTag> inLoop(TagSpace space, int rounds) {
        final List<AllocTag> tags = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            tags.add(space.here());
        }
        return tags;
    }

    public static List<AllocTag> onOneLine(TagSpace space) {
        return List.of(space.here(), space.here());
    }

    public static AllocTag one(TagSpace space) {
        return space.here();
    }

    public static AllocTag other(TagSpace space) {
        return space.here();
    }

    public static AllocTag overloaded(TagSpace space, int number) {
        return space.here();
    }

    public static AllocTag overloaded(TagSpace space, long number) {
        return space.here();
    }

    /** Declares many tags, none of which has an id yet. */
    public static List<AllocTag> many(TagSpace space) {
        return List.of(
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here(),
                space.here());
    }
}
