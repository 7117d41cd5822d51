package io.codetag.spi;

import io.codetag.CodeTag;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Where a tag was declared: its identity. Holds the declaring class weakly.
 *
 * @since 0.1
 */
public final class TagDeclaration {
    private final CodeTag place;
    private final @Nullable WeakReference<Class<?>> type;

    /**
     * Notes a declaration.
     *
     * @param place the place, without a module
     * @param type a weak reference to the declaring class; null for a tag that was declared by name
     */
    public TagDeclaration(CodeTag place, @Nullable WeakReference<Class<?>> type) {
        this.place = place;
        this.type = type;
    }

    /**
     * Returns the place of the declaration.
     *
     * @return the place, without a module
     */
    public CodeTag place() {
        return place;
    }

    /**
     * Returns the declaring class.
     *
     * @return the class; null if it was collected or there is none
     */
    public @Nullable Class<?> type() {
        return type == null ? null : type.get();
    }
}
