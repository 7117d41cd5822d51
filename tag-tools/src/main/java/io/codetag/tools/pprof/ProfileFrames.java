package io.codetag.tools.pprof;

import io.codetag.CodeTag;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the places of a report their functions and mappings. Ids are dense and begin at 1, as 0 means none.
 *
 * <p>A function is a method of a class in a file. Where it begins no tag knows: it is given the smallest line of the tags
 * in it. A mapping, elsewhere a binary file, is a code module; tags of no module share the one named {@value #CORE}.
 */
final class ProfileFrames {
    /** What tags of no module belong to. */
    static final String CORE = "core";

    private final Map<Function, Numbers> functions = new LinkedHashMap<>();
    private final Map<Mapping, Integer> mappings = new LinkedHashMap<>();

    ProfileFrames() {
        mappings.put(Mapping.of(null), 1);
    }

    /** Takes note of a place. */
    void add(CodeTag place) {
        mappings.computeIfAbsent(Mapping.of(place.module()), absent -> mappings.size() + 1);
        final Function function = Function.of(place);
        final Numbers known = functions.get(function);
        if (known == null) {
            functions.put(function, new Numbers(functions.size() + 1, place.line()));
        } else if (place.line() < known.startLine()) {
            functions.put(function, new Numbers(known.id(), place.line()));
        }
    }

    /** Returns the id of the function of a place that was added. */
    int functionOf(CodeTag place) {
        final Numbers known = functions.get(Function.of(place));
        return known == null ? 0 : known.id();
    }

    /** Returns the id of the mapping of a place that was added. */
    int mappingOf(CodeTag place) {
        return mappings.getOrDefault(Mapping.of(place.module()), 0);
    }

    /** Returns the functions, by ascending id. */
    Map<Function, Numbers> functions() {
        return functions;
    }

    /** Returns the mappings, by ascending id. */
    Map<Mapping, Integer> mappings() {
        return mappings;
    }

    /** What a function is known by beside its names. */
    record Numbers(int id, int startLine) {}

    /** A code module; a plugin that calls itself {@value #CORE} is another one than none. */
    record Mapping(boolean isCore, String name) {
        static Mapping of(@Nullable String module) {
            return module == null || module.isEmpty() ? new Mapping(true, CORE) : new Mapping(false, module);
        }
    }

    /**
     * A function: its name as stack traces write it, a name that is unlike it, and its file.
     *
     * <p>pprof demangles functions whose two names are equal, and would take {@code <clinit>} for the brackets of a
     * template; the second name, as Javadoc writes it, always differs.
     */
    record Function(String name, String systemName, String file) {
        private static final String JAVA = ".java";
        private static final String CLASS = ".class";

        static Function of(CodeTag place) {
            final String type = typeOf(place);
            final String function = place.function();
            return new Function(
                    type.isEmpty() ? function : type + '.' + function,
                    (type.isEmpty() ? place.path() : type) + '#' + function,
                    place.path());
        }

        /** Returns the class; where a report does not name it, the one that its file is named after, if any is. */
        private static String typeOf(CodeTag place) {
            if (!place.className().isEmpty()) {
                return place.className();
            }
            final String path = place.path();
            final String ending = path.endsWith(JAVA) ? JAVA : path.endsWith(CLASS) ? CLASS : "";
            return ending.isEmpty()
                    ? ""
                    : path.substring(0, path.length() - ending.length()).replace('/', '.');
        }
    }
}
