package io.codetag;

import io.codetag.spi.ProfilerEngine;
import io.codetag.spi.TagDeclaration;
import java.lang.StackWalker.StackFrame;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A set of tags with ids of their own. There is one for the process, behind {@link AllocTags}; tests and embedders make
 * isolated ones, each with a profiler of its own.
 *
 * <p>The handles declared by a class live as long as the class, and do not keep it alive. A space does not keep its
 * profiler alive either: one that is isolated lives as long as it, one of its taggers or one of its leases is reachable,
 * whatever classes have declared.
 *
 * <p><b>Thread safety.</b> Safe.
 *
 * @since 0.1
 */
public final class TagSpace {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final AtomicInteger SPACES = new AtomicInteger();

    /** Unlike any other's, until two to the power of 32 have been made. */
    private final int number = SPACES.incrementAndGet();

    private final DeclaredTags declared = new DeclaredTags();
    private final Queue<WeakReference<ClassTags>> classes = new ConcurrentLinkedQueue<>();
    private final AllocTag untagged =
            new AllocTag(this, new TagDeclaration(CodeTag.of("", "untagged", 0, "untagged"), null));
    private volatile @Nullable WeakReference<ProfilerEngine> engine;

    /** Makes a space without a profiler; nothing is recorded until it {@linkplain #connect gets} one. */
    public TagSpace() {}

    /**
     * Connects this space with its profiler, once. The profiler is held weakly.
     *
     * @param profiler the profiler
     * @throws IllegalStateException if it already had one
     */
    public synchronized void connect(ProfilerEngine profiler) {
        if (engine != null) {
            throw new IllegalStateException("this tag space already has a profiler");
        }
        engine = new WeakReference<>(profiler);
    }

    /** Forgets the profiler, which has ended, and all tags: classes do not keep those that it had. */
    public synchronized void disconnect() {
        engine = new WeakReference<>(null);
        for (WeakReference<ClassTags> reference : classes) {
            final ClassTags tags = reference.get();
            final Class<?> type = tags == null ? null : tags.type.get();
            if (type != null) {
                declared.remove(type);
            }
        }
        classes.clear();
    }

    /**
     * Declares a tag at the caller, as {@link AllocTags#here()} does for the process-wide space.
     *
     * @return the tag; the same one whenever the same call is executed again
     */
    public AllocTag here() {
        return here(TagSpace.class);
    }

    /**
     * Declares a tag at the caller of a method of another class.
     *
     * @param entry the class whose frames are not the call site
     * @return the tag; the same one whenever the same call is executed again
     */
    public AllocTag here(Class<?> entry) {
        final StackFrame frame = WALKER.walk(frames -> frames.dropWhile(
                                f -> f.getDeclaringClass() == entry || f.getDeclaringClass() == TagSpace.class)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException("no caller"));
        return declared.get(frame.getDeclaringClass()).tag(frame);
    }

    /**
     * Loads a named module with tags at given places: all of them get their ids in one step, or none does.
     * Without a profiler they stay without ids.
     *
     * @param name the module's name, not blank
     * @param places where its tags are
     * @return the module
     * @throws IllegalStateException if the ids do not suffice
     */
    public CodeModule load(String name, List<CodeTag> places) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a code module needs a name");
        }
        final List<CodeTag> known = List.copyOf(places); // the caller's own list is foreign code
        final List<AllocTag> tags = new ArrayList<>(known.size());
        for (CodeTag place : known) {
            tags.add(new AllocTag(this, new TagDeclaration(place.inModule(null), null)));
        }
        final ProfilerEngine profiler = engine();
        if (profiler == null) {
            return new CodeModule(null, 0, name, tags);
        }
        final int[] ids = profiler.load(name, tags, known);
        for (int i = 0; i < tags.size(); i++) {
            tags.get(i).assign(ids[i + 1]);
        }
        return new CodeModule(profiler, ids[0], name, tags);
    }

    /**
     * Returns the tag that is charged outside any scope.
     *
     * @return the core tag {@code untagged}
     */
    public AllocTag untagged() {
        return untagged;
    }

    /**
     * Returns the current tag of this thread in this space.
     *
     * @return the tag of the innermost scope, or {@link #untagged()}
     */
    public AllocTag current() {
        final AllocTag current = TagScope.current(this);
        return current == null ? untagged : current;
    }

    /**
     * Leases counters for memory that is no page, charged to tags of this space.
     *
     * @return the lease, to be closed
     */
    public ChargeLease lease() {
        return new ChargeLease(this);
    }

    /**
     * Counts the tags that were declared and not used yet.
     *
     * @return handles without an id
     */
    public int declaredUnused() {
        int count = untagged.code() == 0 ? 1 : 0;
        for (var references = classes.iterator(); references.hasNext(); ) {
            final ClassTags tags = references.next().get();
            if (tags == null) {
                references.remove();
            } else {
                count += tags.unused();
            }
        }
        return count;
    }

    /**
     * Returns the profiler.
     *
     * @return the profiler; null before there is one, and when it has ended or was collected
     */
    public @Nullable ProfilerEngine engine() {
        final WeakReference<ProfilerEngine> reference = engine;
        return reference == null ? null : reference.get();
    }

    /** Says whether a profiler may still come, so that scopes entered before it are seen by it. */
    boolean awaitsProfiler() {
        return engine == null && !(this == AllocTags.space() && AllocTags.isAbsent());
    }

    /** Joins a code with the number of this space, so that no two spaces have a ticket in common; 0 for no code. */
    long ticket(int code) {
        return code == 0 ? 0 : (long) number << Integer.SIZE | code;
    }

    void discharge(int reference, long bytes) {
        final ProfilerEngine profiler = engine();
        if (profiler != null) {
            profiler.discharge(reference, bytes);
        }
    }

    int charge(AllocTag tag, long bytes) {
        final ProfilerEngine profiler = engine();
        if (profiler == null) {
            return 0;
        }
        try {
            final int code = tag.code(null);
            return code == 0 ? 0 : profiler.charge(code, bytes);
        } finally {
            Reference.reachabilityFence(tag); // its id must not return before it is counted
        }
    }

    /** The tags of each class, kept by the class itself. */
    private final class DeclaredTags extends ClassValue<ClassTags> {
        @Override
        protected ClassTags computeValue(Class<?> type) {
            final ClassTags tags = new ClassTags(type);
            classes.add(new WeakReference<>(tags));
            return tags;
        }
    }

    /** The tags that one class declares. */
    private final class ClassTags {
        private final WeakReference<Class<?>> type;
        private final Map<Site, AllocTag> tags = new ConcurrentHashMap<>();

        ClassTags(Class<?> type) {
            this.type = new WeakReference<>(type);
        }

        AllocTag tag(StackFrame frame) {
            final Site site = new Site(
                    frame.getMethodName(), frame.getDescriptor(), frame.getLineNumber(), frame.getByteCodeIndex());
            final AllocTag known = tags.get(site);
            return known != null ? known : tags.computeIfAbsent(site, absent -> declare(frame));
        }

        int unused() {
            int count = 0;
            for (AllocTag tag : tags.values()) {
                count += tag.code() == 0 ? 1 : 0;
            }
            return count;
        }

        private AllocTag declare(StackFrame frame) {
            final CodeTag place = new CodeTag(
                    null,
                    frame.getClassName(),
                    frame.getFileName(),
                    Math.max(0, frame.getLineNumber()),
                    frame.getMethodName());
            return new AllocTag(TagSpace.this, new TagDeclaration(place, type));
        }
    }

    /** What identifies a call within a class. */
    private record Site(String method, String descriptor, int line, int bytecodeIndex) {}
}
