package io.codetag.soak;

import io.codetag.AllocTag;
import io.codetag.core.PlaceText;
import org.jspecify.annotations.Nullable;

/** What one tag should have live, by what one thread did. */
final class TagModel {
    /** What reports show of the tag; no two tags of a program show the same. */
    final String key;

    final int code;
    long bytes;
    long calls;
    private @Nullable AllocTag handle;

    TagModel(AllocTag tag) {
        handle = tag.resolve();
        key = PlaceText.of(tag.place());
        code = tag.code();
    }

    AllocTag handle() {
        final AllocTag tag = handle;
        if (tag == null) {
            throw new IllegalStateException(key + " was dropped");
        }
        return tag;
    }

    /** Forgets the handle; what is live stays live until it is freed. */
    void drop() {
        handle = null;
    }

    void add(long moreBytes, long moreCalls) {
        bytes += moreBytes;
        calls += moreCalls;
    }
}
