package io.codetag.moduletests.plugins;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.TagScope;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;

/** A plugin with an allocator of its own, of which everything that can be a class of the plugin is one. */
public final class PluginPool implements Function<Boolean, String> {
    private static final AllocTag TAG = AllocTags.here();
    private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

    private static PageTagger tagger;

    /** Attaches and records on a thread of its own; closes the allocator if told so, else leaves three blocks live. */
    @Override
    public String apply(Boolean close) {
        final Worker worker = new Worker(() -> {
            INHERITED.set(new Words());
            attach();
            record();
        });
        worker.setContextClassLoader(PluginPool.class.getClassLoader());
        worker.start();
        worker.await();
        tagger.add(2, 0, TAG);
        final String found = tagger.storage().store() + ", " + TAG.counts().calls() + " calls, module "
                + TAG.place().module();
        if (close) {
            tagger.close();
        }
        return found;
    }

    private static void attach() {
        final Words words = new Words();
        final PageFlagsLayout layout =
                PageFlagsLayout.builder().field("order", 0, 8).build();
        tagger = AllocTags.attach(PageSpec.builder("plugin pool", 64, 4096)
                .flags(words, layout)
                .orders(pfn -> words.get(pfn) == 0 ? -1 : 0)
                .build());
    }

    @SuppressWarnings("try") // a scope is entered and left
    private static void record() {
        tagger.add(0, 0, TAG);
        try (TagScope scope = TAG.enter()) {
            tagger.add(1, 0);
        }
    }

    /** A thread of the plugin, in a group of the plugin. */
    private static final class Worker extends Thread {
        Worker(Runnable body) {
            super(group(), body, "plugin worker");
        }

        private static ThreadGroup group() {
            // Before Java 19 a group keeps its children for ever, so that a plugin cannot afford a class of its own.
            return Runtime.version().feature() < 19 ? new ThreadGroup("plugin") : new ThreadGroup("plugin") {};
        }

        void await() {
            try {
                join();
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        }
    }

    /** Flag words of the plugin. */
    private static final class Words implements FlagWords {
        private final AtomicLongArray words = new AtomicLongArray(64);

        @Override
        public long size() {
            return words.length();
        }

        @Override
        public long get(long pfn) {
            return words.get((int) pfn);
        }

        @Override
        public boolean compareAndSet(long pfn, long expected, long word) {
            return words.compareAndSet((int) pfn, expected, word);
        }
    }
}
