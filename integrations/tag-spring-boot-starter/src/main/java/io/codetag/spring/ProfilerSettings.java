package io.codetag.spring;

import io.codetag.AllocTags;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands settings over to the process-wide profiler, which reads system properties and the environment when it starts. */
final class ProfilerSettings {
    private static final String PREFIX = "codetag.";

    private final SystemProperties properties;
    private final Function<String, @Nullable String> environment;
    private final BooleanSupplier started;
    private final Runnable start;

    ProfilerSettings(
            SystemProperties properties,
            Function<String, @Nullable String> environment,
            BooleanSupplier started,
            Runnable start) {
        this.properties = properties;
        this.environment = environment;
        this.started = started;
        this.start = start;
    }

    /** Returns what hands over to the profiler of this process. */
    static ProfilerSettings ofProcess() {
        return new ProfilerSettings(
                SystemProperties.OF_PROCESS,
                System::getenv,
                () -> AllocTags.space().engine() != null,
                AllocTags::start);
    }

    /**
     * Sets a system property for each setting that has none yet, and starts the profiler. If all is as it should be
     * already, it does nothing.
     *
     * @throws SettingsException if a setting is wrong, contradicts a system property or a variable of the environment,
     *     or comes too late; nothing is changed then
     */
    void apply(CodetagProperties configured) {
        synchronized (ProfilerSettings.class) { // two contexts may start at once
            final boolean running = started.getAsBoolean();
            final Map<String, String> missing = new LinkedHashMap<>();
            values(configured).forEach((name, value) -> {
                final String present = present(name);
                if (present == null) {
                    missing.put(PREFIX + name, value);
                } else if (!isSame(present, value)) {
                    throw contradiction(name, value);
                }
            });
            if (running) {
                missing.forEach(ProfilerSettings::refuseLate);
            } else {
                startWith(missing);
            }
        }
    }

    private void startWith(Map<String, String> missing) {
        missing.forEach(properties::set);
        try {
            start.run();
        } catch (IllegalArgumentException wrong) {
            missing.keySet().forEach(properties::clear);
            throw new SettingsException(
                    "The profiler cannot start: " + whereFrom(String.valueOf(wrong.getMessage()), missing) + ".",
                    "Correct the value in the application's configuration, or where the message says that it is from.");
        }
    }

    /** Says of what was handed over where it is really from: the profiler read it as a system property. */
    private static String whereFrom(String message, Map<String, String> handedOver) {
        String text = message;
        for (Map.Entry<String, String> each : handedOver.entrySet()) {
            final String is = each.getKey() + " is '" + each.getValue() + "'";
            text = text.replace("system property " + is, is + " in the application's configuration");
        }
        return text;
    }

    private static void refuseLate(String property, String value) {
        throw new SettingsException(
                property + " is '" + value
                        + "' in the application's configuration, but the profiler of this process was"
                        + " started before that was read, without it.",
                "Give it as -D" + property + "=" + value + " to the JVM, or attach the first allocator after"
                        + " SpringApplication has prepared its environment.");
    }

    private SettingsException contradiction(String name, String value) {
        final String property = PREFIX + name;
        final boolean isProperty = properties.get(property) != null;
        return new SettingsException(
                property + " is '" + value + "' in the application's configuration, but "
                        + (isProperty
                                ? "the system property " + property
                                : "the environment variable " + variable(name))
                        + " is '" + present(name) + "'.",
                "Leave one of them out. If two applications start in one process, they have to agree: there is one"
                        + " profiler, and its settings are those of the first.");
    }

    private @Nullable String present(String name) {
        final String property = properties.get(PREFIX + name);
        return property != null ? property : environment.apply(variable(name));
    }

    private static String variable(String name) {
        return (PREFIX + name).toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Compares what the profiler would read with what Spring made of it. */
    private static boolean isSame(String present, String configured) {
        final String text = present.trim();
        return text.equalsIgnoreCase(configured)
                || (text.equals("1") && configured.equals("true"))
                || (text.equals("0") && configured.equals("false"));
    }

    private static Map<String, String> values(CodetagProperties configured) {
        final Map<String, String> values = new LinkedHashMap<>();
        put(values, "profiling", configured.profiling());
        put(values, "storage", configured.storage());
        put(values, "overflow", configured.overflow());
        put(values, "accounting", configured.accounting());
        put(values, "stripes", configured.stripes());
        put(values, "pageflags.maxBits", configured.pageflags().maxBits());
        put(values, "headroom", configured.headroom());
        put(values, "debug", configured.debug());
        return values;
    }

    private static void put(Map<String, String> values, String name, @Nullable Object value) {
        if (value instanceof Enum<?> constant) {
            values.put(name, constant.name().toLowerCase(Locale.ROOT));
        } else if (value != null) {
            values.put(name, value.toString().trim());
        }
    }
}
