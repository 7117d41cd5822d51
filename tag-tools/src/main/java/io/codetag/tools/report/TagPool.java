package io.codetag.tools.report;

import io.codetag.CodeTag;
import java.util.HashMap;
import java.util.Map;

/** Keeps one object for equal places: the samples of a series name the same ones over and over. */
final class TagPool {
    private final Map<CodeTag, CodeTag> tags = new HashMap<>();

    CodeTag only(CodeTag tag) {
        final CodeTag before = tags.putIfAbsent(tag, tag);
        return before == null ? tag : before;
    }
}
