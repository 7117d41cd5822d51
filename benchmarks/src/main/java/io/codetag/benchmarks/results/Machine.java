package io.codetag.benchmarks.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Describes where and when something was measured. */
public final class Machine {
    private Machine() {}

    /**
     * Describes this machine at this moment.
     *
     * @return what is known, by name
     */
    public static Map<String, String> describe() {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "machine",
                cpu() + ", " + Runtime.getRuntime().availableProcessors() + " CPUs, L3 " + lastLevelCache() + ", "
                        + memory() + " of memory");
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("huge pages", oneLine("/sys/kernel/mm/transparent_hugepage/enabled"));
        facts.put("load before", oneLine("/proc/loadavg"));
        facts.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put(
                "date",
                OffsetDateTime.now(ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString());
        facts.put("revision", revision(Path.of("").toAbsolutePath()));
        return facts;
    }

    /** Returns the memory that programs can have at this moment, in MiB. */
    public static long availableMebibytes() {
        return Long.parseLong(field("/proc/meminfo", "MemAvailable", "0 kB").replaceAll("\\D", "")) / 1024;
    }

    private static String cpu() {
        return field("/proc/cpuinfo", "model name", System.getProperty("os.arch"));
    }

    private static String memory() {
        final String kibibytes = field("/proc/meminfo", "MemTotal", "0 kB").replaceAll("\\D", "");
        return String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(kibibytes) / 1024.0 / 1024.0);
    }

    private static String lastLevelCache() {
        return oneLine("/sys/devices/system/cpu/cpu0/cache/index3/size");
    }

    private static String field(String file, String name, String otherwise) {
        return text(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static String oneLine(String file) {
        final String text = text(file).strip();
        return text.isEmpty() ? "unknown" : text;
    }

    private static String text(String file) {
        try {
            return Files.isReadable(Path.of(file)) ? Files.readString(Path.of(file)) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Names the commit in a directory, and says so if what is measured differs from it. The results of tables measured before
     * and the pages written from them may.
     */
    static String revision(Path directory) {
        final String commit = git(directory, "describe", "--always");
        final String changed = git(
                directory,
                "status",
                "--porcelain",
                "--",
                ":/",
                ":(top,exclude)benchmarks/results",
                ":(top,exclude)docs");
        return changed.isEmpty() ? commit : commit + "-dirty";
    }

    private static String git(Path directory, String... arguments) {
        final List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            final ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("GIT_")); // they may name another repository
            final Process git = builder.start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
