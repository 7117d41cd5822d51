package io.codetag.soak;

import io.codetag.AllocTag;
import io.codetag.TagSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** Defines {@link Guest} itself, so that the class and its tags go with this loader. */
final class GuestLoader extends ClassLoader {
    private static final byte[] GUEST = bytes();

    private final Class<?> guest;

    GuestLoader(String name) {
        super(name, GuestLoader.class.getClassLoader());
        guest = defineClass(Guest.class.getName(), GUEST, 0, GUEST.length);
    }

    /** Returns the class that this loader defined. */
    Class<?> guest() {
        return guest;
    }

    /** Makes a guest and returns the handles of its tags. */
    @SuppressWarnings("unchecked")
    List<AllocTag> tags(TagSpace space) {
        try {
            return ((Function<TagSpace, List<AllocTag>>) guest.getConstructor().newInstance()).apply(space);
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("the guest cannot be made", failure);
        }
    }

    private static byte[] bytes() {
        try (InputStream in = Guest.class.getResourceAsStream("Guest.class")) {
            if (in == null) {
                throw new IOException("no Guest.class");
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
