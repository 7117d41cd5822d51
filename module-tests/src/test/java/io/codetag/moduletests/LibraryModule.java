package io.codetag.moduletests;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The published modules, what each may export and use, and what stands of it on the class path: a jar from the phase
 * {@code package} on, a directory of classes before it.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets come from Set.of
enum LibraryModule {
    API("api", Set.of("io.codetag", "io.codetag.spi"), Set.of()),
    TESTKIT("testkit", Set.of("io.codetag.testkit"), Set.of("org.junit.jupiter.api")),
    PAGEFLAGS("pageflags", Set.of("io.codetag.pageflags"), Set.of("com.google.auto.service")),
    PAGEEXT("pageext", Set.of("io.codetag.pageext"), Set.of("com.google.auto.service")),
    CORE("core", Set.of("io.codetag.core"), Set.of("com.google.auto.service", "org.slf4j")),
    ALLOCATOR("allocator", Set.of("io.codetag.allocator"), Set.of()),
    JFR("jfr", Set.of("io.codetag.jfr"), Set.of("com.google.auto.service", "io.codetag.core", "jdk.jfr")),
    MICROMETER("micrometer", Set.of("io.codetag.micrometer"), Set.of("io.codetag.core", "micrometer.core")),
    SPRING(
            "spring-boot-starter",
            Set.of("io.codetag.spring"),
            Set.of(
                    "io.codetag.core",
                    "io.codetag.micrometer",
                    "micrometer.core",
                    "spring.boot",
                    "spring.boot.actuator",
                    "spring.boot.actuator.autoconfigure",
                    "spring.boot.autoconfigure",
                    "spring.context",
                    "spring.core"));

    /** Modules whose name is not the prefix of their packages. */
    private static final Map<String, String> PREFIXES = Map.of(
            "micrometer.core", "io.micrometer.core",
            "spring.boot", "org.springframework.boot",
            "spring.boot.actuator", "org.springframework.boot.actuate",
            "spring.boot.actuator.autoconfigure", "org.springframework.boot.actuate.autoconfigure",
            "spring.boot.autoconfigure", "org.springframework.boot.autoconfigure",
            "spring.context", "org.springframework.context",
            "spring.core", "org.springframework.core");

    private static final Map<LibraryModule, JavaClasses> IMPORTED = new ConcurrentHashMap<>();
    private static final String SERVICES = "META-INF/services";

    private final String shortName;
    private final Set<String> exportable;
    private final Set<String> foreign;

    LibraryModule(String shortName, Set<String> exportable, Set<String> foreign) {
        this.shortName = shortName;
        this.exportable = exportable;
        this.foreign = foreign;
    }

    String moduleName() {
        return switch (this) {
            case API -> "io.codetag";
            case SPRING -> "io.codetag.spring";
            default -> "io.codetag." + shortName;
        };
    }

    Set<String> exportable() {
        return exportable;
    }

    /** The modules beside the API and the JDK that this one may use. */
    Set<String> foreign() {
        return foreign;
    }

    /** The prefix of a module's packages. */
    static String prefix(String moduleName) {
        return PREFIXES.getOrDefault(moduleName, moduleName);
    }

    /** Whether nobody compiles against this module, because it is found as a service. */
    boolean isBackend() {
        return this == PAGEFLAGS || this == PAGEEXT;
    }

    /** What the jar must be called: {@code codetag-<module>-<version>.jar}. */
    Pattern jarName() {
        return Pattern.compile("codetag-" + shortName + "-\\d+(\\.\\d+)*(-SNAPSHOT)?\\.jar");
    }

    /** The one jar, or directory of classes, of this module on the class path. */
    Path location() {
        List<Path> found = Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .map(Path::of)
                .filter(this::isHere)
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(this + ": expected once on the class path, found " + found);
        }
        return found.get(0);
    }

    private boolean isHere(Path entry) {
        return entry.endsWith(Path.of("tag-" + shortName, "target", "classes"))
                || jarName().matcher(entry.getFileName().toString()).matches();
    }

    /** All classes of this module, read once. */
    JavaClasses classes() {
        return IMPORTED.computeIfAbsent(this, LibraryModule::read);
    }

    private static JavaClasses read(LibraryModule module) {
        Path location = module.location();
        ClassFileImporter importer = new ClassFileImporter();
        return Files.isDirectory(location) ? importer.importPath(location) : importer.importUrl(insideOf(location));
    }

    private static URL insideOf(Path jar) {
        try {
            return new URL("jar:" + jar.toUri() + "!/");
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all classes of this module, nested ones included, {@code module-info} not. */
    Set<String> classNames() {
        return classes().stream()
                .map(JavaClass::getName)
                .filter(name -> !name.endsWith("-info"))
                .collect(toUnmodifiableSet());
    }

    /** The module descriptor, read as the module system reads it. */
    ModuleDescriptor descriptor() {
        return ModuleFinder.of(location())
                .find(moduleName())
                .orElseThrow(() -> new AssertionError(location() + " is not the module " + moduleName()))
                .descriptor();
    }

    /** The names after {@code requires}. */
    Set<String> requiredModules() {
        return descriptor().requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .collect(toUnmodifiableSet());
    }

    /** The providers after {@code provides ... with}, by service. */
    Map<String, Set<String>> declaredProviders() {
        return descriptor().provides().stream()
                .collect(toMap(ModuleDescriptor.Provides::service, provides -> Set.copyOf(provides.providers())));
    }

    /** The providers listed in {@code META-INF/services}, by service. */
    Map<String, Set<String>> listedProviders() throws IOException {
        if (Files.isDirectory(location())) {
            return listedProviders(location().resolve(SERVICES));
        }
        try (FileSystem jar = FileSystems.newFileSystem(location())) {
            return listedProviders(jar.getPath(SERVICES));
        }
    }

    private static Map<String, Set<String>> listedProviders(Path services) throws IOException {
        if (!Files.isDirectory(services)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.list(services)) {
            return files.collect(toMap(file -> file.getFileName().toString(), LibraryModule::lines));
        }
    }

    private static Set<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(not(String::isEmpty))
                    .collect(toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
