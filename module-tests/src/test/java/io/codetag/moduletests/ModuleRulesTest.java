package io.codetag.moduletests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What holds between the published modules. {@code mvn verify} looks at the jars; {@code mvn test} looks at directories of
 * classes and skips what only a jar can show.
 */
@DisplayName("Module rules")
class ModuleRulesTest {
    /** Annotations that every module may carry, for the compiler alone. */
    private static final String ANNOTATIONS = "org.jspecify";

    private static final String ENDPOINT_RESPONSE = "org.springframework.boot.actuate.endpoint.web.WebEndpointResponse";

    /** The packages of the JDK that a library may use: all of Java SE, and the management of HotSpot. */
    private static final Set<String> JDK_PACKAGES = ModuleFinder.ofSystem().findAll().stream()
            .map(ModuleReference::descriptor)
            .filter(module -> isUsable(module.name()))
            .flatMap(ModuleRulesTest::openlyExported)
            .collect(toUnmodifiableSet());

    private static boolean isUsable(String jdkModule) {
        return jdkModule.startsWith("java.") || jdkModule.equals("jdk.management");
    }

    private static Stream<String> openlyExported(ModuleDescriptor module) {
        return module.exports().stream().filter(export -> !export.isQualified()).map(ModuleDescriptor.Exports::source);
    }

    private static Set<String> exportedPackages(LibraryModule module) {
        return module.descriptor().exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .collect(toUnmodifiableSet());
    }

    // The other rules say something only of what is there, so this one says that everything is there.
    @ParameterizedTest
    @EnumSource
    @DisplayName("every module contributes classes")
    void everyModuleContributesClasses(LibraryModule module) {
        assertFalse(module.classNames().isEmpty(), () -> "no class in " + module.location());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a module uses itself, the API, the JDK and what is named for it; a sibling never")
    void usesOnlyWhatIsNamedForIt(LibraryModule module) {
        usesOnly(module, module.foreign()).check(module.classes());
    }

    private static ArchRule usesOnly(LibraryModule module, Set<String> named) {
        Set<String> own = new HashSet<>(module.classNames());
        own.addAll(LibraryModule.API.classNames());
        return classes()
                .should()
                .onlyDependOnClassesThat(describe(
                        "are its own, of the API, of the JDK, of " + named + " or " + ANNOTATIONS,
                        used -> isAllowed(named, own, used.getBaseComponentType())))
                .allowEmptyShould(true);
    }

    private static boolean isAllowed(Set<String> named, Set<String> own, JavaClass used) {
        return used.isPrimitive()
                || own.contains(used.getName())
                || JDK_PACKAGES.contains(used.getPackageName())
                || isIn(ANNOTATIONS, used)
                || named.stream().map(LibraryModule::prefix).anyMatch(prefix -> isIn(prefix, used));
    }

    private static boolean isIn(String prefix, JavaClass used) {
        return used.getPackageName().equals(prefix) || used.getPackageName().startsWith(prefix + ".");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a module requires the API, the JDK and what is named for it; a sibling never")
    void requiresOnlyWhatIsNamedForIt(LibraryModule module) {
        assertEquals(Set.of(), requiresBeside(module, module.foreign()));
    }

    private static Set<String> requiresBeside(LibraryModule module, Set<String> named) {
        return module.requiredModules().stream()
                .filter(name -> !isUsable(name))
                .filter(name -> !named.contains(name))
                .filter(name -> !name.equals(ANNOTATIONS))
                .filter(name -> module == LibraryModule.API || !name.equals(LibraryModule.API.moduleName()))
                .collect(toCollection(TreeSet::new));
    }

    // Of modules that use code which is not on the class path here: the rules have to see those uses all the same.
    @ParameterizedTest
    @EnumSource(names = {"JFR", "MICROMETER", "SPRING"})
    @DisplayName("whatever an integration is not allowed is found, in its classes and in its module-info")
    void findsWhatIsNotNamed(LibraryModule module) {
        for (String needed : module.foreign()) {
            Set<String> rest = new HashSet<>(module.foreign());
            rest.remove(needed);
            assertEquals(Set.of(needed), requiresBeside(module, rest));
        }
        assertThrows(AssertionError.class, () -> usesOnly(module, Set.of("io.codetag.core"))
                .check(module.classes()));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("no library uses Logback, nor sun.misc.Unsafe")
    void noLibraryUsesLogbackOrUnsafe(LibraryModule module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ch.qos.logback..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("sun.misc.Unsafe")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jdk.internal.misc.Unsafe")
                .allowEmptyShould(true)
                .check(module.classes());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a jar has a module-info under its own name")
    void hasModuleInfo(LibraryModule module) {
        assertFalse(module.descriptor().isAutomatic(), () -> module.location() + " has no module-info");
        assertFalse(module.descriptor().isOpen(), "open to reflection");
        final Set<String> opened = module.descriptor().opens().stream()
                .map(ModuleDescriptor.Opens::toString)
                .collect(toUnmodifiableSet());
        // JUnit calls the requirements of the contract by reflection, and Spring makes its beans so.
        assertEquals(
                switch (module) {
                    case TESTKIT -> Set.of("io.codetag.testkit to [org.junit.platform.commons]");
                    case SPRING -> Set.of("io.codetag.spring");
                    default -> Set.of();
                },
                opened);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a module exports the packages named for it, to everyone; a backend may export none")
    void exportsOnlyItsOwnPackages(LibraryModule module) {
        Set<String> exported = exportedPackages(module);
        assertEquals(exported, openlyExported(module.descriptor()).collect(toUnmodifiableSet()), "exported to friends");
        if (!module.isBackend() || !exported.isEmpty()) {
            assertEquals(module.exportable(), exported);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("annotations are required by nobody who uses a module")
    void annotationsAreNotPassedOn(LibraryModule module) {
        Set<String> passedOn = module.descriptor().requires().stream()
                .filter(requires -> requires.modifiers().contains(Modifier.STATIC))
                .filter(requires -> requires.modifiers().contains(Modifier.TRANSITIVE))
                .map(ModuleDescriptor.Requires::name)
                .collect(toUnmodifiableSet());
        assertEquals(Set.of(), passedOn, "its users would not compile without them");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an exported signature names types that are exported, or required transitively")
    void exportedSignaturesAreUsable(LibraryModule module) {
        Set<String> exported = exportedPackages(module);
        Set<String> passedOn = passedOn(module);
        Predicate<JavaClass> isUsable = used -> module.classes().contain(used.getName())
                ? exported.contains(used.getPackageName()) && isVisible(used)
                : used.isPrimitive() || passedOn.stream().anyMatch(name -> isOf(name, used));

        Set<String> unusable = module.classes().stream()
                .filter(type -> exported.contains(type.getPackageName()) && isVisible(type))
                .flatMap(type -> signatureTypes(type)
                        .map(JavaClass::getBaseComponentType)
                        .filter(not(isUsable))
                        .map(used -> type.getName() + " names " + used.getName()))
                .collect(toCollection(TreeSet::new));
        // The endpoint is called by the actuator, which is there then, and by nobody else.
        assertEquals(
                module == LibraryModule.SPRING
                        ? Set.of("io.codetag.spring.AllocInfoEndpoint names " + ENDPOINT_RESPONSE)
                        : Set.of(),
                unusable);
    }

    /** The modules whose exported types are known to whoever requires this one. */
    private static Set<String> passedOn(LibraryModule module) {
        Set<String> names = module.descriptor().requires().stream()
                .filter(requires -> requires.modifiers().contains(Modifier.TRANSITIVE))
                .map(ModuleDescriptor.Requires::name)
                .collect(toCollection(HashSet::new));
        names.add("java.base");
        Arrays.stream(LibraryModule.values())
                .filter(library -> names.contains(library.moduleName()))
                .map(ModuleRulesTest::passedOn)
                .toList()
                .forEach(names::addAll);
        return names;
    }

    private static Stream<JavaClass> signatureTypes(JavaClass type) {
        Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaMember> members = type.getMembers().stream().filter(member -> isVisible(member.getModifiers()));
        return Stream.concat(
                parents.flatMap(parent -> parent.getAllInvolvedRawTypes().stream()),
                members.flatMap(member -> member.getAllInvolvedRawTypes().stream()));
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(ModuleRulesTest::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static boolean isOf(String module, JavaClass used) {
        return ModuleFinder.ofSystem()
                .find(module)
                .map(jdk -> openlyExported(jdk.descriptor()).anyMatch(used.getPackageName()::equals))
                .or(() -> Arrays.stream(LibraryModule.values())
                        .filter(library -> library.moduleName().equals(module))
                        .map(library -> library.exportable().contains(used.getPackageName()))
                        .findFirst())
                .orElseGet(() -> isIn(LibraryModule.prefix(module), used));
    }

    @Test
    @DisplayName("a package belongs to one module")
    void packagesAreNotSplit() {
        Map<String, Long> split = Arrays.stream(LibraryModule.values())
                .flatMap(module -> module.descriptor().packages().stream())
                .collect(groupingBy(name -> name, counting()));
        split.values().removeIf(modules -> modules == 1);
        assertEquals(Map.of(), split);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("providers are the same in META-INF/services and after `provides`")
    void providersAreDeclaredTwice(LibraryModule module) throws IOException {
        assertEquals(module.declaredProviders(), module.listedProviders());
    }

    @ParameterizedTest
    @EnumSource(names = {"PAGEFLAGS", "PAGEEXT", "CORE"})
    @DisplayName("backends and the core are found as services")
    void isFoundAsService(LibraryModule module) throws IOException {
        assertFalse(module.listedProviders().isEmpty(), "no META-INF/services");
        assertTrue(
                module.listedProviders().keySet().stream().allMatch(service -> service.startsWith("io.codetag.spi.")),
                () -> "a service of nobody's: " + module);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a jar is named codetag-<module>-<version>.jar")
    void jarIsNamedAfterItsModule(LibraryModule module) {
        Path location = module.location();
        assumeTrue(Files.isRegularFile(location), "needs the phase `package`");
        assertTrue(module.jarName().matcher(location.getFileName().toString()).matches(), location::toString);
    }
}
