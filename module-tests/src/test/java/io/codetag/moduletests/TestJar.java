package io.codetag.moduletests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Packs classes of these tests into a jar of their own. */
final class TestJar {
    private final Path folder;
    private final String name;
    private final Map<String, byte[]> entries = new TreeMap<>();

    private TestJar(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    static TestJar in(Path folder, String name) {
        return new TestJar(folder, name);
    }

    /** Adds classes, each with those nested in it. */
    TestJar classes(Class<?>... types) {
        for (Class<?> type : types) {
            for (Path file : classFiles(type)) {
                entries.put(type.getPackageName().replace('.', '/') + '/' + file.getFileName(), bytes(file));
            }
        }
        return this;
    }

    /** Lists providers of a service in {@code META-INF/services}. */
    TestJar service(Class<?> service, Object... providers) {
        final String lines = Stream.of(providers)
                .map(each -> each instanceof Class<?> type ? type.getName() : each.toString())
                .collect(Collectors.joining("\n"));
        return text("META-INF/services/" + service.getName(), lines);
    }

    TestJar text(String entry, String text) {
        entries.put(entry, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Makes it a module. */
    TestJar module(String declaration, List<Path> modulePath) {
        try {
            final Path folderOfModule = Files.createTempDirectory(folder, "module");
            final Path source = folderOfModule.resolve("module-info.java");
            Files.writeString(source, declaration);
            final int status = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "--module-path", JvmProgram.path(modulePath), source.toString());
            if (status != 0) {
                throw new IllegalStateException("does not compile: " + declaration);
            }
            entries.put("module-info.class", bytes(folderOfModule.resolve("module-info.class")));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write() {
        final Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classFiles(Class<?> type) {
        final String name = type.getName().substring(type.getPackageName().length() + 1);
        try (Stream<Path> files = Files.list(packageFolder(type))) {
            return new ArrayList<>(files.filter(file -> {
                        final String each = file.getFileName().toString();
                        return each.equals(name + ".class") || each.startsWith(name + '$');
                    })
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path packageFolder(Class<?> type) {
        try {
            final Path root = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return root.resolve(type.getPackageName().replace('.', '/'));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
