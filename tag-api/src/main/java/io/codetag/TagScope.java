package io.codetag;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of code during which a tag is the current one of a thread.
 *
 * <p>Belongs to the thread that entered it and is not inherited by others. Closing restores the tag before it, also
 * when scopes are closed out of order; closing twice, or by another thread, does nothing.
 *
 * @since 0.1
 */
public final class TagScope implements AutoCloseable {
    static final TagScope NONE = new TagScope(null, null, null);

    private static final ThreadLocal<Stack> STACK = new ThreadLocal<>();

    private final @Nullable Stack stack;
    private final @Nullable AllocTag tag;
    private final @Nullable TagScope outer;
    private boolean closed;

    private TagScope(@Nullable Stack stack, @Nullable AllocTag tag, @Nullable TagScope outer) {
        this.stack = stack;
        this.tag = tag;
        this.outer = outer;
    }

    static TagScope push(AllocTag tag) {
        Stack stack = STACK.get();
        if (stack == null) {
            stack = new Stack();
            STACK.set(stack);
        }
        final TagScope scope = new TagScope(stack, tag, stack.innermost);
        stack.innermost = scope;
        return scope;
    }

    /** Returns the tag of the innermost scope of a space; scopes of others in between do not hide it. */
    static @Nullable AllocTag current(TagSpace space) {
        final Stack stack = STACK.get();
        for (TagScope scope = stack == null ? null : stack.innermost; scope != null; scope = scope.outer) {
            final AllocTag tag = scope.tag;
            if (tag != null && tag.space() == space && !scope.closed) {
                return tag;
            }
        }
        return null;
    }

    /** Restores the tag that was current before. */
    @Override
    public void close() {
        final Stack own = stack;
        if (own == null || own != STACK.get()) {
            return;
        }
        closed = true;
        TagScope scope = own.innermost;
        while (scope != null && scope.closed) {
            scope = scope.outer;
        }
        own.innermost = scope;
    }

    /** The scopes of one thread. */
    private static final class Stack {
        private @Nullable TagScope innermost;
    }
}
