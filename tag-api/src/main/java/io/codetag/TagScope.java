package io.codetag;

import java.util.Arrays;
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
    static final TagScope NONE = new TagScope(null, 0, 0);

    private static final ThreadLocal<Stack> STACK = new ThreadLocal<>();

    private final @Nullable Stack stack;
    private final int index;
    private final long number;

    /*
     * A scope is kept nowhere, only its number: so the JIT need not make an object of one that its method closes. For that
     * it has to inline the closing also where an exception passes, which it does as long as that is small.
     */
    private TagScope(@Nullable Stack stack, int index, long number) {
        this.stack = stack;
        this.index = index;
        this.number = number;
    }

    static TagScope push(AllocTag tag) {
        Stack stack = STACK.get();
        if (stack == null) {
            stack = new Stack();
            STACK.set(stack);
        }
        final TagScope scope = new TagScope(stack, stack.depth, stack.last + 1); // what can fail comes first
        stack.push(tag);
        return scope;
    }

    /** Returns the tag of the innermost scope of a space; scopes of others in between do not hide it. */
    static @Nullable AllocTag current(TagSpace space) {
        final Stack stack = STACK.get();
        return stack == null ? null : stack.innermost(space);
    }

    /** Restores the tag that was current before. */
    @Override
    public void close() {
        final Stack own = stack;
        if (own != null && own.owner == Thread.currentThread()) {
            own.close(index, number);
        }
    }

    /** The scopes of one thread: of each its tag, null once it is closed, and a number that no other one has. */
    private static final class Stack {
        private final Thread owner = Thread.currentThread();
        private @Nullable AllocTag[] tags = new AllocTag[4];
        private long[] numbers = new long[4];
        private int depth;
        private long last;

        void push(AllocTag tag) {
            final int index = depth;
            if (index == tags.length) {
                grow();
            }
            tags[index] = tag;
            numbers[index] = ++last;
            depth = index + 1;
        }

        void close(int index, long number) {
            if (numbers[index] == number) { // else it was closed before
                numbers[index] = 0;
                tags[index] = null;
                if (index == depth - 1) {
                    pop();
                }
            }
        }

        /** Goes back to the innermost scope that is open. */
        private void pop() {
            int open = depth - 1;
            while (open > 0 && tags[open - 1] == null) {
                open--;
            }
            depth = open;
        }

        @Nullable
        AllocTag innermost(TagSpace space) {
            for (int i = depth - 1; i >= 0; i--) {
                final AllocTag tag = tags[i];
                if (tag != null && tag.space() == space) {
                    return tag;
                }
            }
            return null;
        }

        private void grow() {
            final long[] more = Arrays.copyOf(numbers, 2 * numbers.length);
            tags = Arrays.copyOf(tags, 2 * tags.length);
            numbers = more;
        }
    }
}
