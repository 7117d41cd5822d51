package io.codetag.core;

import io.codetag.CodeTag;
import io.codetag.spi.TagDeclaration;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the place that a report shows for a tag, by one walk of the stack. */
final class CallSites {
    private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private static final Set<String> OWN_PACKAGES = Set.of(
            "io.codetag",
            "io.codetag.spi",
            "io.codetag.core",
            "io.codetag.pageflags",
            "io.codetag.pageext",
            "io.codetag.allocator");

    private CallSites() {}

    /** Runs each walk once, so that the first one under an allocator's lock links and loads nothing. */
    static void warm() {
        firstUse(
                new TagDeclaration(
                        CodeTag.of(CallSites.class.getName(), "CallSites.java", 0, "warm"),
                        new WeakReference<>(CallSites.class)),
                "");
        outside("");
        callerPackage();
    }

    /** Returns the package of the nearest class outside the profiler. */
    static String callerPackage() {
        return WALKER.walk(frames -> frames.map(StackFrame::getDeclaringClass)
                .filter(type -> type != CallSites.class && type != Profiler.class)
                .findFirst()
                .map(Class::getPackageName)
                .orElse(""));
    }

    /**
     * Returns the nearest frame of the declaring class, its nest and lambdas included; else the nearest frame outside
     * codetag and the allocator; else the declaration.
     */
    static CodeTag firstUse(TagDeclaration declaration, @Nullable String allocatorPackage) {
        final Class<?> type = declaration.type();
        if (type == null) {
            return declaration.place();
        }
        final StackFrame frame = WALKER.walk(frames -> nearest(frames, type, allocatorPackage));
        return frame == null ? declaration.place() : place(frame);
    }

    /** Returns the nearest frame outside codetag and the allocator, for messages; null if there is none. */
    static @Nullable CodeTag outside(@Nullable String allocatorPackage) {
        final StackFrame frame = WALKER.walk(frames ->
                frames.filter(f -> isOutside(f, allocatorPackage)).findFirst().orElse(null));
        return frame == null ? null : place(frame);
    }

    private static @Nullable StackFrame nearest(
            Stream<StackFrame> frames, Class<?> type, @Nullable String allocatorPackage) {
        final String nest = outermost(type.getName());
        final ClassLoader loader = type.getClassLoader();
        StackFrame outside = null;
        for (Iterator<StackFrame> each = frames.iterator(); each.hasNext(); ) {
            final StackFrame frame = each.next();
            // By name and loader: asking for the nest host could load a class, which is foreign code.
            if (frame.getDeclaringClass().getClassLoader() == loader
                    && outermost(frame.getClassName()).equals(nest)) {
                return frame;
            }
            if (outside == null && isOutside(frame, allocatorPackage)) {
                outside = frame;
            }
        }
        return outside;
    }

    private static String outermost(String className) {
        final int dollar = className.indexOf('$', className.lastIndexOf('.') + 2);
        return dollar < 0 ? className : className.substring(0, dollar);
    }

    private static boolean isOutside(StackFrame frame, @Nullable String allocatorPackage) {
        final String name = frame.getDeclaringClass().getPackageName();
        return !OWN_PACKAGES.contains(name) && !name.equals(allocatorPackage);
    }

    private static CodeTag place(StackFrame frame) {
        return new CodeTag(
                null,
                frame.getClassName(),
                frame.getFileName(),
                Math.max(0, frame.getLineNumber()),
                frame.getMethodName());
    }
}
