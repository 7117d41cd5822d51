package io.codetag.benchmarks.paired;

import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.DUP2_X1;
import static org.objectweb.asm.Opcodes.DUP2_X2;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.POP2;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Takes every call of the tagger out of a class file, and every question whether profiling is on: what is left is what the
 * allocator would be if it had never heard of tags. A call that takes a flag word and returns one leaves the word as it is,
 * one that returns an object leaves null, and the answer to a question is no.
 */
final class WithoutTags {
    static final String TAGGER = "io/codetag/PageTagger";
    static final String SWITCH = "io/codetag/spi/RecordingSwitch";

    private WithoutTags() {}

    static byte[] transform(byte[] classFile) {
        final ClassReader reader = new ClassReader(classFile);
        final ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new CallRemover(super.visitMethod(access, name, descriptor, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** Puts stack instructions where the tagger was called. */
    private static final class CallRemover extends MethodVisitor {
        CallRemover(MethodVisitor next) {
            super(ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals(SWITCH) && descriptor.equals("()Z")) {
                visitInsn(ICONST_0);
                return;
            }
            if (!owner.equals(TAGGER)) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                return;
            }
            final Type result = Type.getReturnType(descriptor);
            boolean kept = false;
            final Type[] arguments = Type.getArgumentTypes(descriptor);
            for (int i = arguments.length - 1; i >= 0; i--) {
                if (!kept && result.equals(Type.LONG_TYPE) && arguments[i].equals(Type.LONG_TYPE)) {
                    kept = true; // the flag word is the last of the long arguments, and is what is returned
                } else {
                    drop(arguments[i].getSize(), kept);
                }
            }
            drop(1, kept); // the tagger
            if (result.getSort() == Type.OBJECT) {
                visitInsn(ACONST_NULL);
            } else if (!kept && !result.equals(Type.VOID_TYPE)) {
                throw new IllegalArgumentException("what would PageTagger." + name + descriptor + " return?");
            }
        }

        /** Drops the topmost value, or the one below a long that is kept. */
        private void drop(int size, boolean belowLong) {
            if (belowLong) {
                visitInsn(size == 1 ? DUP2_X1 : DUP2_X2);
                visitInsn(POP2);
            }
            visitInsn(size == 1 ? POP : POP2);
        }
    }
}
