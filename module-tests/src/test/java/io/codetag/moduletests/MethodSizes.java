package io.codetag.moduletests;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads from a class file how many bytes of bytecode its methods have: {@code code_length}, JVMS 4.7.3. */
final class MethodSizes {
    private static final int UTF8 = 1;
    private static final int[] ENTRY_BYTES = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private final DataInputStream in;
    private final Map<String, List<Integer>> sizes = new TreeMap<>();
    private String[] names = {};

    private MethodSizes(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** Returns the sizes by the name of the method, one for each overload; a method without code is left out. */
    static Map<String, List<Integer>> read(InputStream in) throws IOException {
        final MethodSizes file = new MethodSizes(in);
        file.readHeader();
        file.readMembers(false);
        file.readMembers(true);
        return file.sizes;
    }

    private void readHeader() throws IOException {
        if (in.readInt() != 0xCAFEBABE) {
            throw new IOException("no class file");
        }
        in.skipNBytes(4); // the version
        names = new String[in.readUnsignedShort()];
        for (int index = 1; index < names.length; index++) {
            final int kind = in.readUnsignedByte();
            if (kind == UTF8) {
                names[index] = in.readUTF();
            } else {
                in.skipNBytes(ENTRY_BYTES[kind]);
                index += ENTRY_BYTES[kind] == 8 ? 1 : 0; // a long and a double take two entries
            }
        }
        in.skipNBytes(6); // flags, this, super
        in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
    }

    private void readMembers(boolean methods) throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            in.skipNBytes(2); // flags
            final String name = names[in.readUnsignedShort()];
            in.skipNBytes(2); // the descriptor
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                readAttribute(name, methods);
            }
        }
    }

    private void readAttribute(String member, boolean ofMethod) throws IOException {
        final String attribute = names[in.readUnsignedShort()];
        final long length = Integer.toUnsignedLong(in.readInt());
        if (ofMethod && attribute.equals("Code")) {
            in.skipNBytes(4); // stack, locals
            sizes.computeIfAbsent(member, absent -> new ArrayList<>()).add(in.readInt());
            in.skipNBytes(length - 8);
        } else {
            in.skipNBytes(length);
        }
    }
}
