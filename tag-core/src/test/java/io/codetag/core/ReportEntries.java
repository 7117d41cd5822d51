package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Entries to report. */
final class ReportEntries {
    /** Characters that break lines, fields, parsers, terminals or encodings. */
    private static final int[] ODD = {
        ' ', '\t', '\n', '\r', 0x0B, 0x0C, 0, 1, 0x1B, 0x1C, 0x7F, 0x80, 0x85, 0x9F, 0xA0, 0xAD, 0x1680, 0x180E, 0x2000,
        0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x202F, 0x205F, 0x2066, 0x2069, 0x3000, 0xD800, 0xDBFF,
        0xDC00, 0xDFFF, 0xFEFF, 0xFFF9, 0x110BD, 0x1D173, 0xE0001, 0xE007F, '\\', '[', ']', ':', '#', '"', '\'', '<',
        '>', '&', '0', '4', 'u', 0xE9, 0x4E2D, 0x1F600, 0xE000, 0xFFFF, 0x10FFFF
    };

    private ReportEntries() {}

    /** Makes an entry whose declaration is its place. */
    static AllocEntry entry(CodeTag place, long bytes, long calls) {
        return new AllocEntry(3, place, place, new AllocCounts(bytes, calls), true, false);
    }

    static AllocEntry entry(String className, int line, long bytes, long calls) {
        return entry(place(className, line), bytes, calls);
    }

    static CodeTag place(String className, int line) {
        return CodeTag.of(className, className.substring(className.lastIndexOf('.') + 1) + ".java", line, "run");
    }

    static AllocEntry doubtful(AllocEntry entry) {
        return new AllocEntry(
                entry.code(), entry.place(), entry.declaration(), entry.counts(), false, entry.unloaded());
    }

    static AllocEntry unloaded(AllocEntry entry) {
        return new AllocEntry(entry.code(), entry.place(), entry.declaration(), entry.counts(), entry.accurate(), true);
    }

    static AllocInfo info(AllocEntry... entries) {
        return new AllocInfo(7, 7, Arrays.asList(entries));
    }

    /** Makes entries whose names are made of odd characters. */
    static AllocInfo hostile(SplittableRandom random, int count) {
        final List<AllocEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final CodeTag place = new CodeTag(
                    random.nextBoolean() ? null : name(random),
                    name(random) + '.' + name(random),
                    random.nextInt(4) == 0 ? null : name(random),
                    random.nextInt(70_000),
                    name(random));
            entries.add(new AllocEntry(
                    i + 3,
                    place,
                    random.nextBoolean() ? null : place,
                    new AllocCounts(random.nextLong(1L << 50), random.nextLong(1L << 30)),
                    random.nextBoolean(),
                    random.nextBoolean()));
        }
        return new AllocInfo(1, 2, entries);
    }

    private static String name(SplittableRandom random) {
        final StringBuilder name = new StringBuilder();
        final int length = random.nextInt(1, 9);
        for (int i = 0; i < length; i++) {
            final int kind = random.nextInt(10);
            if (kind < 3) {
                name.append((char) random.nextInt('a', 'z' + 1));
            } else if (kind < 9) {
                name.appendCodePoint(ODD[random.nextInt(ODD.length)]);
            } else {
                name.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
            }
        }
        return name.toString();
    }
}
