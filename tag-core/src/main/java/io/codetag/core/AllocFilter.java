package io.codetag.core;

import io.codetag.CodeTag;
import org.jspecify.annotations.Nullable;

/**
 * Says which tags a report shows. All conditions have to hold; one that is null, or a bound at its end, always does.
 *
 * <p>Names are compared for equality, either with the name itself or with the name as the text report prints it (with
 * octal escapes), so that what was copied out of a report finds its line again.
 *
 * <p>Bytes are compared as they are printed: below zero counts as 0.
 *
 * @param module the module; "" for core tags only
 * @param function the function
 * @param file the path as printed, such as {@code com/acme/Foo.java}, or its end from some slash on, such as
 *     {@code Foo.java}
 * @param line the line; 0 for unknown
 * @param accurate whether the tag is accurate
 * @param minBytes at least so many live bytes, 0 or more
 * @param maxBytes at most so many live bytes, not below {@code minBytes}
 * @since 0.1
 */
public record AllocFilter(
        @Nullable String module,
        @Nullable String function,
        @Nullable String file,
        @Nullable Integer line,
        @Nullable Boolean accurate,
        long minBytes,
        long maxBytes) {
    /** Lets every tag through. */
    public static final AllocFilter ALL = new AllocFilter(null, null, null, null, null, 0, Long.MAX_VALUE);

    /**
     * Checks the bounds.
     *
     * @param module the module
     * @param function the function
     * @param file the path or its end
     * @param line the line
     * @param accurate whether the tag is accurate
     * @param minBytes at least so many live bytes
     * @param maxBytes at most so many live bytes
     */
    public AllocFilter {
        if (line != null && line < 0) {
            throw new IllegalArgumentException("line is " + line + "; accepted: 0 (unknown) or more");
        }
        if (minBytes < 0) {
            throw new IllegalArgumentException("minBytes is " + minBytes + "; accepted: 0 or more");
        }
        if (minBytes > maxBytes) {
            throw new IllegalArgumentException(
                    "minBytes is " + minBytes + " and maxBytes is " + maxBytes + "; the first may not be the larger");
        }
    }

    /**
     * Begins a filter that lets every tag through.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tests what costs nothing to know.
     *
     * @param place the tag's place
     * @param isAccurate whether the tag is accurate
     * @return whether these conditions hold
     */
    public boolean matchesPlace(CodeTag place, boolean isAccurate) {
        return (accurate == null || accurate == isAccurate)
                && (line == null || line == place.line())
                && (module == null || isNamed(module, PlaceKey.moduleOf(place)))
                && (function == null || isNamed(function, place.function()))
                && (file == null || isFile(file, place.path()));
    }

    /**
     * Tests the bounds.
     *
     * @param bytes the tag's live bytes
     * @return whether they are within the bounds
     */
    public boolean matchesBytes(long bytes) {
        final long printed = Math.max(0, bytes);
        return printed >= minBytes && printed <= maxBytes;
    }

    /**
     * Says whether counters have to be summed to decide.
     *
     * @return true if there is a bound
     */
    public boolean needsCounts() {
        return minBytes > 0 || maxBytes < Long.MAX_VALUE;
    }

    private static boolean isNamed(String wanted, String name) {
        return wanted.equals(name) || (isEscaped(wanted) && wanted.equals(PlaceText.escape(name)));
    }

    private static boolean isFile(String wanted, String path) {
        return isEndOf(wanted, path) || (isEscaped(wanted) && isEndOf(wanted, PlaceText.escape(path)));
    }

    private static boolean isEscaped(String wanted) {
        return wanted.indexOf('\\') >= 0;
    }

    private static boolean isEndOf(String wanted, String path) {
        final int before = path.length() - wanted.length() - 1;
        return before < 0 ? path.equals(wanted) : path.charAt(before) == '/' && path.endsWith(wanted);
    }

    /**
     * Collects conditions. Not safe for use by several threads.
     *
     * @since 0.1
     */
    public static final class Builder {
        private @Nullable String module;
        private @Nullable String function;
        private @Nullable String file;
        private @Nullable Integer line;
        private @Nullable Boolean accurate;
        private long minBytes;
        private long maxBytes = Long.MAX_VALUE;

        private Builder() {}

        /**
         * Asks for one module.
         *
         * @param name the module; "" for core tags only; null for any
         * @return this
         */
        public Builder module(@Nullable String name) {
            this.module = name;
            return this;
        }

        /**
         * Asks for one function.
         *
         * @param name the function; null for any
         * @return this
         */
        public Builder function(@Nullable String name) {
            this.function = name;
            return this;
        }

        /**
         * Asks for one file.
         *
         * @param path the path as printed, or its end from some slash on; null for any
         * @return this
         */
        public Builder file(@Nullable String path) {
            this.file = path;
            return this;
        }

        /**
         * Asks for one line.
         *
         * @param number the line; 0 for unknown
         * @return this
         */
        public Builder line(int number) {
            this.line = number;
            return this;
        }

        /**
         * Asks for accurate tags only, or for the others only.
         *
         * @param wanted which
         * @return this
         */
        public Builder accurate(boolean wanted) {
            this.accurate = wanted;
            return this;
        }

        /**
         * Asks for tags that own at least so much.
         *
         * @param bytes live bytes, 0 or more
         * @return this
         */
        public Builder minBytes(long bytes) {
            this.minBytes = bytes;
            return this;
        }

        /**
         * Asks for tags that own at most so much.
         *
         * @param bytes live bytes, 0 or more
         * @return this
         */
        public Builder maxBytes(long bytes) {
            this.maxBytes = bytes;
            return this;
        }

        /**
         * Makes the filter.
         *
         * @return the filter
         * @throws IllegalArgumentException if a bound is negative or the bounds contradict each other
         */
        public AllocFilter build() {
            return new AllocFilter(module, function, file, line, accurate, minBytes, maxBytes);
        }
    }
}
