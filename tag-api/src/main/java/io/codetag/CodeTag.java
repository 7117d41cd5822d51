package io.codetag;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in code.
 *
 * @param module the name of the code module; null for core tags
 * @param className the binary name of the class, such as {@code com.acme.cache.PageCache$Reader}; may be empty
 * @param file the source file without directories; null if the class does not say
 * @param line the line number, from 1; 0 if unknown
 * @param function the name of the method
 * @since 0.1
 */
public record CodeTag(
        @Nullable String module, String className, @Nullable String file, int line, String function) {
    /**
     * Checks that there is a class or a file, and that the line is not below 0.
     *
     * @param module the name of the code module
     * @param className the binary name of the class
     * @param file the source file
     * @param line the line number
     * @param function the name of the method
     */
    public CodeTag {
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(function, "function");
        if (line < 0) {
            throw new IllegalArgumentException("line is " + line + ", it has to be 0 (unknown) or more");
        }
        if (className.isEmpty() && (file == null || file.isEmpty())) {
            throw new IllegalArgumentException("a code tag needs a class name or a file");
        }
    }

    /**
     * Makes a place outside any module.
     *
     * @param className the binary name of the class
     * @param file the source file without directories
     * @param line the line number, from 1; 0 if unknown
     * @param function the name of the method
     * @return the place
     */
    public static CodeTag of(String className, String file, int line, String function) {
        return new CodeTag(null, className, file, line, function);
    }

    /**
     * Returns the path as reports show it: the package as folders, then the file. A class that does not name its
     * source file is shown by its own name with the ending {@code .class}.
     *
     * @return such as {@code com/acme/cache/PageCache.java}
     */
    public String path() {
        final int dot = className.lastIndexOf('.');
        if (file == null || file.isEmpty()) {
            return className.replace('.', '/') + ".class";
        }
        return dot < 0 ? file : className.substring(0, dot).replace('.', '/') + '/' + file;
    }

    /**
     * Returns the same place in another module.
     *
     * @param newModule the module; null for core tags
     * @return the place
     */
    public CodeTag inModule(@Nullable String newModule) {
        return Objects.equals(module, newModule) ? this : new CodeTag(newModule, className, file, line, function);
    }

    @Override
    public String toString() {
        return path() + ':' + line + (module == null ? "" : " [" + module + ']') + " func:" + function;
    }
}
