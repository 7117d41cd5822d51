package io.codetag.moduletests.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Profiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Attaches an allocator and uses it; is told {@code flags} and the backend to ask for, and returns what came of it. */
public class AttachProbe implements Function<List<String>, List<String>> {
    private static final AllocTag TAG = AllocTags.here();

    @Override
    public List<String> apply(List<String> wishes) {
        final PageSpec.Builder spec = PageSpec.builder("pool", 64, 4096);
        for (String wish : wishes) {
            if (wish.equals("flags")) {
                spec.flags(
                        FlagWords.of(new long[64]),
                        PageFlagsLayout.builder().field("own", 0, 16).build());
            } else {
                spec.storage(wish);
            }
        }
        final List<String> found = new ArrayList<>();
        try (PageTagger tagger = AllocTags.attach(spec.build())) {
            found.add("store " + tagger.storage().store());
            found.add("disabled " + Objects.requireNonNullElse(tagger.storage().disabledReason(), "no"));
            tagger.add(4, 2, TAG);
            tagger.split(4, 2, 1);
            found.add("counts " + TAG.counts());
            tagger.sub(4, 1);
            tagger.sub(6, 1);
            found.add("freed " + TAG.counts());
        } catch (IllegalArgumentException refused) {
            found.add("refused " + refused.getMessage());
        }
        found.add("state " + Profiling.state());
        return found;
    }
}
