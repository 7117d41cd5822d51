package io.codetag.tools.hostile;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.tools.report.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Reports whose names break lines, fields, parsers, terminals, markup and encodings, decided by a seed. */
public final class HostileReports {
    /** How long the longest names are. */
    public static final int LONGEST = 10_000;

    /** Always tried; a seed that found something is to be added. */
    private static final long[] SEEDS = {1, 8_259, -1};

    private static final int[] ODD = {
        ' ', '\t', '\n', '\r', 0x0B, 0x0C, 0, 1, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0xA0, 0xAD, 0x061C, 0x1680,
        0x180E, 0x2000, 0x200B, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202E, 0x2066, 0x2067, 0x2069,
        0x3000, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFEFF, 0xFFF9, 0xFFFE, 0xFFFF, 0xE0001, 0x10FFFF, '\\', '[', ']', ':',
        ';', ',', '#', '"', '\'', '`', '<', '>', '&', '{', '}', '(', ')', '=', '+', '-', '@', '%', '$', '/', '.', '0',
        '7', 0x5D0, 0x645, 0x301, 0x4E2D, 0x1F600
    };

    private static final String[] PIECES = {
        "func:",
        "accurate:no",
        "state:unloaded",
        "[core]",
        "other",
        "</script>",
        "<!--",
        "]]>",
        "&lt;",
        "\\040",
        "\\377",
        "\\u003c",
        "\",\"bytes\":1",
        "\r\n",
        "allocinfo - version: 2.0",
        "# EOF",
        "null",
        "__proto__",
        ".java",
        ".class",
        "//"
    };

    private final SplittableRandom random;

    private HostileReports(SplittableRandom random) {
        this.random = random;
    }

    /** Returns the seeds to try: those that are always the same, and a new one, printed. */
    public static List<Long> seeds() {
        final List<Long> seeds = new ArrayList<>();
        for (long seed : SEEDS) {
            seeds.add(seed);
        }
        final long fresh = ThreadLocalRandom.current().nextLong();
        System.out.println("hostile input: seed " + fresh + "L");
        seeds.add(fresh);
        return seeds;
    }

    /** Makes a report; some of its places occur twice. */
    public static Sample sample(long seed, int count) {
        return new HostileReports(new SplittableRandom(seed)).sample(count);
    }

    /** Makes a generator of names. */
    public static HostileReports names(long seed) {
        return new HostileReports(new SplittableRandom(seed));
    }

    /** Returns a name, not empty. */
    public String name() {
        final int wanted = random.nextInt(200) == 0 ? LONGEST : 1 + random.nextInt(12);
        final StringBuilder name = new StringBuilder();
        while (name.length() < wanted) {
            switch (random.nextInt(8)) {
                case 0 -> name.append(PIECES[random.nextInt(PIECES.length)]);
                case 1, 2 -> name.append((char) random.nextInt('a', 'z' + 1));
                case 3 -> name.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                default -> name.appendCodePoint(ODD[random.nextInt(ODD.length)]);
            }
        }
        return name.toString();
    }

    private Sample sample(int count) {
        final List<AllocEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final CodeTag place = i > 0 && random.nextInt(20) == 0
                    ? entries.get(random.nextInt(i)).place()
                    : place();
            final CodeTag declaration =
                    switch (random.nextInt(3)) {
                        case 0 -> null;
                        case 1 -> place;
                        default -> place();
                    };
            entries.add(new AllocEntry(
                    0,
                    place,
                    declaration,
                    new AllocCounts(1 + random.nextLong(1L << 40), random.nextLong(1L << 30)),
                    random.nextBoolean(),
                    random.nextBoolean()));
        }
        return new Sample(Instant.ofEpochMilli(random.nextLong(1L << 41)), new AllocInfo(0, 0, entries));
    }

    private CodeTag place() {
        return new CodeTag(
                random.nextBoolean() ? null : name(),
                random.nextInt(3) == 0 ? name() : name() + '.' + name(),
                random.nextInt(4) == 0 ? null : name(),
                random.nextInt(4) == 0 ? 0 : random.nextInt(Integer.MAX_VALUE),
                name());
    }
}
