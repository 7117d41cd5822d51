package io.codetag.moduletests.backends;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.TagScope;
import io.codetag.TagSpace;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.ProfilerEngine;
import io.codetag.spi.ProfilerProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;
import io.codetag.spi.TagCodes;

/** Backends to be packed one by one, most of them broken in some way. */
public final class Backends {
    private Backends() {}

    /** Ranks above the backends of codetag. */
    public static final class Alpha extends HeapBackend {
        public Alpha() {
            super("alpha", 300);
        }
    }

    /** Ranks as high as {@link Alpha}. */
    public static final class Beta extends HeapBackend {
        public Beta() {
            super("beta", 300);
        }
    }

    /** Is for those who ask for it. */
    public static final class Shy extends HeapBackend {
        public Shy() {
            super("shy", -1);
        }
    }

    /** Has the name of another one. */
    public static final class TwinOne extends HeapBackend {
        public TwinOne() {
            super("twin", 10);
        }
    }

    /** Has the name of another one. */
    public static final class TwinTwo extends HeapBackend {
        public TwinTwo() {
            super("twin", 20);
        }
    }

    /** Has a tag of its own, and uses it, and more, before the profiler that looks for it is there; and later. */
    @SuppressWarnings("try") // the scope is there to be closed
    public static final class Registering extends HeapBackend {
        private static final AllocTag TAG = AllocTags.here();

        public Registering() {
            super("registering", 300);
            AllocTags.start();
            check(TAG.resolve().charge(100) == 0);
            try (TagScope scope = TAG.enter()) {
                check(AllocTags.current().charge(100) == 0);
            }
            final PageTagger inner =
                    AllocTags.attach(PageSpec.builder("inner", 64, 4096).build());
            inner.add(0, 0, TAG);
            check(inner.totals().calls() == 0 && TAG.counts().equals(AllocCounts.ZERO));
        }

        @Override
        public PageTagStore open(StoreRequest request) {
            final int reference = TAG.charge(100);
            check(reference >= TagCodes.FIRST_TAG && TAG.counts().bytes() == 100);
            AllocTags.discharge(reference, 100);
            return super.open(request);
        }

        private static void check(boolean holds) {
            if (!holds) {
                throw new IllegalStateException("not as expected: " + TAG + " has " + TAG.counts());
            }
        }
    }

    /** Serves nobody. */
    public static final class Picky extends HeapBackend {
        public Picky() {
            super("picky", 400);
        }

        @Override
        public Suitability check(StoreRequest request) {
            return Suitability.no("pages of " + request.pageSize() + " bytes are too small for it");
        }
    }

    /** Cannot say whether it serves. */
    public static final class Mute extends HeapBackend {
        public Mute() {
            super("mute", 400);
        }

        @Override
        public Suitability check(StoreRequest request) {
            throw new IllegalStateException("mute");
        }
    }

    /** Was compiled before there was {@code maxCode}. */
    public static final class Outdated extends HeapBackend {
        public Outdated() {
            super("outdated", 400);
        }

        @Override
        public int maxCode(StoreRequest request) {
            throw new AbstractMethodError("maxCode");
        }
    }

    /** Cannot be made. */
    public static final class Failing extends HeapBackend {
        public Failing() {
            super("failing", 400);
            throw new IllegalStateException("no licence");
        }
    }

    /** Cannot say its name. */
    public static final class Nameless extends HeapBackend {
        public Nameless() {
            super("", 400);
        }

        @Override
        public String name() {
            throw new IllegalStateException("no name");
        }
    }

    /** Has no name to say. */
    public static final class Null extends HeapBackend {
        public Null() {
            super(null, 400);
        }
    }

    /** Has a name that no setting accepts. */
    public static final class Capital extends HeapBackend {
        public Capital() {
            super("Capital", 400);
        }
    }

    /** Has a name that means something else. */
    public static final class Auto extends HeapBackend {
        public Auto() {
            super("auto", 400);
        }
    }

    /** Was compiled before there was {@code priority}. */
    public static final class Rankless extends HeapBackend {
        public Rankless() {
            super("rankless", 400);
        }

        @Override
        public int priority() {
            throw new AbstractMethodError("priority");
        }
    }

    /** Is packed without what it extends. */
    public static final class Orphan extends LeftOut {
        public Orphan() {
            super("orphan");
        }
    }

    /** Is packed nowhere. */
    public abstract static class LeftOut extends HeapBackend {
        protected LeftOut(String name) {
            super(name, 400);
        }
    }

    /** A profiler that cannot be made. */
    public static final class FailingProfiler implements ProfilerProvider {
        public FailingProfiler() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public ProfilerEngine create(TagSpace space) {
            throw new AssertionError("never made");
        }
    }
}
