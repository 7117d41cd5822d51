package io.codetag.benchmarks.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.allocator.PageAllocator;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

@DisplayName("The allocator without tags")
class WithoutTagsTest {
    @Test
    @DisplayName("calls no method of the tagger or of its switch, while the one it was made of does")
    void callsNothing() throws Exception {
        final VariantLoader without = new VariantLoader(Variant.Calls.NONE);
        final VariantLoader with = new VariantLoader(Variant.Calls.FUSED);
        final List<String> classes = allocatorClasses();
        assertTrue(classes.contains(PageAllocator.class.getName()), () -> "not the allocator's classes: " + classes);
        final List<String> before = new ArrayList<>();
        for (String name : classes) {
            assertEquals(List.of(), taggerCalls(without.classFile(name)), name);
            before.addAll(taggerCalls(with.classFile(name)));
        }
        assertTrue(
                before.containsAll(
                        List.of("stamp", "unstamp", "copyStamp", "restamp", "swap", "allocating", "freeing")),
                before::toString);
    }

    @Test
    @DisplayName(
            "differs from the one with a shared word, whose tags are added and taken off by the general operations")
    void sharedWord() throws Exception {
        final List<String> fused = taggerCalls(classOfTags(Variant.Calls.FUSED));
        assertTrue(fused.containsAll(List.of("stamp", "unstamp")), fused::toString);
        final List<String> shared = taggerCalls(classOfTags(Variant.Calls.SHARED_WORD));
        assertTrue(shared.containsAll(List.of("add", "sub")), shared::toString);
        assertFalse(shared.contains("stamp"), shared::toString);
        final List<String> oneCas = taggerCalls(classOfTags(Variant.Calls.ONE_CAS));
        assertFalse(oneCas.contains("stamp") || oneCas.contains("add"), oneCas::toString);
    }

    private static byte[] classOfTags(Variant.Calls calls) throws ClassNotFoundException {
        return new VariantLoader(calls).classFile(VariantLoader.BLOCK_TAGS);
    }

    @Test
    @DisplayName("hands pages out, splits, trims, migrates and takes them back")
    void works() throws Exception {
        final VariantLoader loader = new VariantLoader(Variant.Calls.NONE);
        final Object setup = loader.factory(
                Variant.WITHOUT, PairedPlan.of(Workload.PAIR_IN_HAND, 1 << 12, 1, List.of(Variant.WITHOUT), true));
        final Object pages = setup.getClass().getMethod("pages").invoke(setup);
        assertFalse(pages instanceof PageAllocator, "not loaded anew");
        final Class<?> type = pages.getClass();
        final long pfn = (long) type.getMethod("allocate", int.class).invoke(pages, 4);
        type.getMethod("split", long.class, int.class).invoke(pages, pfn, 3);
        type.getMethod("trim", long.class, int.class).invoke(pages, pfn, 1);
        final long moved = (long) type.getMethod("migrate", long.class).invoke(pages, pfn);
        assertEquals((2 + 8) * 4096L, type.getMethod("allocatedBytes").invoke(pages));
        type.getMethod("free", long.class).invoke(pages, moved);
        type.getMethod("free", long.class).invoke(pages, pfn + 8);
        assertEquals(0L, type.getMethod("allocatedBytes").invoke(pages));
        type.getMethod("close").invoke(pages);
    }

    private static List<String> taggerCalls(byte[] classFile) {
        final List<String> calls = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String method, String descriptor, String signature, String[] thrown) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String name, String called, boolean isInterface) {
                                        if (owner.equals(WithoutTags.TAGGER) || owner.equals(WithoutTags.SWITCH)) {
                                            calls.add(name);
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return calls;
    }

    /** Returns the names of the allocator's classes, from a folder or a jar. */
    private static List<String> allocatorClasses() throws IOException, URISyntaxException {
        final URI place = PageAllocator.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        if (Files.isDirectory(Path.of(place))) {
            return classesBelow(Path.of(place));
        }
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(place), Map.of())) {
            return classesBelow(jar.getPath("/"));
        }
    }

    private static List<String> classesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.startsWith("io/codetag/allocator/") && file.endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
                    .toList();
        }
    }
}
