package io.codetag.core;

import io.codetag.OverflowPolicy;
import io.codetag.spi.PageTagStoreProvider;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one profiler, checked.
 *
 * <p>Each is taken from the builder, else the system property {@code codetag.NAME}, else the environment variable
 * {@code CODETAG_NAME} (upper case, dots as underscores), else its default.
 *
 * @param profiling on, off or never
 * @param storage {@code auto} or the name of a backend
 * @param overflow the overflow policy; null leaves it to the storage
 * @param accounting how live memory is counted
 * @param stripes the most exclusive stripes of each set of counters
 * @param maxBits the most bits of a flag word that tags may take
 * @param headroom how many tags more than known a store should have room for
 * @param debug whether misuse is reported
 */
record Settings(
        Start profiling,
        String storage,
        @Nullable OverflowPolicy overflow,
        Accounting accounting,
        int stripes,
        int maxBits,
        int headroom,
        boolean debug) {
    static final String AUTO = "auto";

    static final String PROFILING = "profiling";
    static final String STORAGE = "storage";
    static final String OVERFLOW = "overflow";
    static final String ACCOUNTING = "accounting";
    static final String STRIPES = "stripes";
    static final String MAX_BITS = "pageflags.maxBits";
    static final String HEADROOM = "headroom";
    static final String DEBUG = "debug";

    private static final String COMPRESSED = ",compressed";

    /** How profiling begins. */
    enum Start {
        ON,
        OFF,
        NEVER
    }

    /**
     * Reads and checks all settings.
     *
     * @param built what the builder was told, by name without prefix
     * @throws IllegalArgumentException if a value is wrong
     */
    static Settings read(Map<String, String> built) {
        return read(built, System::getProperty, System::getenv);
    }

    static Settings read(
            Map<String, String> built,
            Function<String, @Nullable String> properties,
            Function<String, @Nullable String> environment) {
        final Source source = new Source(new HashMap<>(built), properties, environment);
        final Value profiling = source.get(PROFILING, "1");
        final Value overflow = source.get(OVERFLOW, "");
        return new Settings(
                start(profiling),
                storage(source, profiling),
                overflow.isDefault() ? null : policy(overflow),
                accounting(source.get(ACCOUNTING, "counters")),
                source.get(STRIPES, Integer.toString(4 * Runtime.getRuntime().availableProcessors()))
                        .integer(0, 1 << 16),
                source.get(MAX_BITS, "64").integer(0, Long.SIZE),
                source.get(HEADROOM, "1000").integer(0, 1 << 20),
                flag(source.get(DEBUG, "0")));
    }

    private static Start start(Value value) {
        final String text = value.text();
        final String state = text.endsWith(COMPRESSED) ? text.substring(0, text.length() - COMPRESSED.length()) : text;
        return switch (state) {
            case "1" -> Start.ON;
            case "0" -> Start.OFF;
            case "never" -> Start.NEVER;
            default -> throw value.wrong("1, 0, never; 1,compressed and 0,compressed mean storage pageflags");
        };
    }

    private static String storage(Source source, Value profiling) {
        final Value storage = source.get(STORAGE, AUTO);
        if (!storage.text().equals(AUTO) && !isBackendName(storage.text())) {
            throw storage.wrong("auto, or the name of a backend: lower-case letters, digits and hyphens");
        }
        if (!profiling.text().endsWith(COMPRESSED)) {
            return storage.text();
        }
        if (!storage.isDefault() && !storage.text().equals(PageTagStoreProvider.PAGE_FLAGS)) {
            throw new IllegalArgumentException(profiling.describe() + " asks for storage pageflags, but "
                    + storage.describe() + "; leave one of them out");
        }
        return PageTagStoreProvider.PAGE_FLAGS;
    }

    /** Says whether a backend may have this name. */
    static boolean isBackendName(@Nullable String name) {
        return name != null && name.matches("[a-z0-9][a-z0-9-]*") && !name.equals(AUTO);
    }

    private static OverflowPolicy policy(Value value) {
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            if (name(policy).equals(value.text())) {
                return policy;
            }
        }
        throw value.wrong(
                Arrays.stream(OverflowPolicy.values()).map(Settings::name).collect(Collectors.joining(", ")));
    }

    private static Accounting accounting(Value value) {
        return switch (value.text()) {
            case "counters" -> Accounting.COUNTERS;
            case "census" -> Accounting.CENSUS;
            default -> throw value.wrong("counters, census");
        };
    }

    private static boolean flag(Value value) {
        return switch (value.text()) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw value.wrong("1, true, 0, false");
        };
    }

    /** Returns the name of a policy as settings and messages write it. */
    static String name(OverflowPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the names of all settings, without prefix. */
    static List<String> names() {
        return List.of(PROFILING, STORAGE, OVERFLOW, ACCOUNTING, STRIPES, MAX_BITS, HEADROOM, DEBUG);
    }

    /** Where values come from, in order. */
    private record Source(
            Map<String, String> built,
            Function<String, @Nullable String> properties,
            Function<String, @Nullable String> environment) {
        Value get(String name, String otherwise) {
            final String property = "codetag." + name;
            final String variable = property.toUpperCase(Locale.ROOT).replace('.', '_');
            final String set = built.get(name);
            if (set != null) {
                return new Value("the builder's " + name, set.trim(), false);
            }
            final String ofProperty = properties.apply(property);
            if (ofProperty != null) {
                return new Value("system property " + property, ofProperty.trim(), false);
            }
            final String ofEnvironment = environment.apply(variable);
            return ofEnvironment != null
                    ? new Value("environment variable " + variable, ofEnvironment.trim(), false)
                    : new Value(property, otherwise, true);
        }
    }

    /** A value and where it came from. */
    private record Value(String origin, String text, boolean isDefault) {
        String describe() {
            return origin + " is '" + text + "'";
        }

        IllegalArgumentException wrong(String accepted) {
            return new IllegalArgumentException(describe() + "; accepted: " + accepted);
        }

        int integer(int min, int max) {
            try {
                final int value = Integer.parseInt(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                throw wrong("a whole number from " + min + " to " + max);
            }
            throw wrong("a whole number from " + min + " to " + max);
        }
    }
}
