package io.codetag.benchmarks.paired;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** Loads codetag, its allocator, Netty's and the works anew, so that one variant has compiled code of its own. */
final class VariantLoader extends ClassLoader {
    static final String INSIDE = "io.codetag.benchmarks.inside.";

    private static final String NETTY = "io.netty.";
    private static final String CODETAG = "io.codetag.";
    private static final String BENCHMARKS = "io.codetag.benchmarks.";
    private static final String ALLOCATOR = "io.codetag.allocator.";
    static final String BLOCK_TAGS = "io.codetag.allocator.BlockTags";

    static {
        registerAsParallelCapable();
    }

    private final Variant.Calls calls;

    VariantLoader(Variant.Calls calls) {
        super(VariantLoader.class.getClassLoader());
        this.calls = calls;
    }

    /** Makes an allocator of this loader. */
    WorkFactory factory(Variant variant, PairedPlan plan) {
        try {
            return (WorkFactory) loadClass(INSIDE + (variant.has(Variant.Trait.NETTY) ? "NettySetup" : "Setup"))
                    .getConstructor(Variant.class, PairedPlan.class)
                    .newInstance(variant, plan);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("variant \"" + variant.name() + "\" cannot be set up", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        final boolean own = name.startsWith(NETTY)
                || (name.startsWith(CODETAG) && (!name.startsWith(BENCHMARKS) || name.startsWith(INSIDE)));
        if (!own) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            final Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        final byte[] classFile = classFile(name);
        return defineClass(name, classFile, 0, classFile.length, getClass().getProtectionDomain());
    }

    /** Returns the class file of a class as this loader defines it. */
    byte[] classFile(String name) throws ClassNotFoundException {
        return switch (calls) {
            case NONE -> name.startsWith(ALLOCATOR) ? WithoutTags.transform(read(name)) : read(name);
            case FUSED -> read(name);
            case SHARED_WORD -> replaced(name, INSIDE + "SharedWordTags");
            case ONE_CAS -> replaced(name, INSIDE + "OneCasTags");
        };
    }

    /** Puts another class in the place of the allocator's class for tags. */
    private byte[] replaced(String name, String replacement) throws ClassNotFoundException {
        if (!name.equals(BLOCK_TAGS)) {
            return read(name);
        }
        final ClassWriter writer = new ClassWriter(0);
        final SimpleRemapper renaming =
                new SimpleRemapper(Opcodes.ASM9, replacement.replace('.', '/'), BLOCK_TAGS.replace('.', '/'));
        new ClassReader(read(replacement)).accept(new ClassRemapper(writer, renaming), 0);
        return writer.toByteArray();
    }

    private byte[] read(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
