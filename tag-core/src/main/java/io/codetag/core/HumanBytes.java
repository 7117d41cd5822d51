package io.codetag.core;

/**
 * Writes bytes for people, in binary units, exactly as {@code numfmt --to=iec} does.
 *
 * <p>Below 1 024 the number stands as it is. From there on it is divided by 1 024 until it is below 1 024; then K, M,
 * G, T, P or E says how often. Below 10 one decimal is kept ({@code 1.5K}), from 10 on none ({@code 23M}). What is cut
 * off is always rounded away from zero: 1 025 bytes are {@code 1.1K}, 1 048 575 bytes are {@code 1.0M}. So a number is
 * never shown smaller than it is, and by less than 10 % larger.
 *
 * @since 0.1
 */
public final class HumanBytes {
    private static final String UNITS = "KMGTPE";
    private static final int SHIFT = 10;

    private HumanBytes() {}

    /**
     * Formats a number of bytes.
     *
     * @param bytes any number
     * @return at most 5 characters, one more if negative
     */
    public static String format(long bytes) {
        final StringBuilder text = new StringBuilder(6);
        append(text, bytes);
        return text.toString();
    }

    /** Appends a number of bytes. */
    static void append(StringBuilder text, long bytes) {
        if (bytes < 0) {
            text.append('-');
        }
        final long magnitude = Math.abs(bytes); // as unsigned: of the smallest long too
        if (magnitude >>> SHIFT == 0) {
            text.append(magnitude);
            return;
        }
        int power = (Long.SIZE - 1 - Long.numberOfLeadingZeros(magnitude)) / SHIFT;
        long tenths = tenths(magnitude, power);
        if (tenths > 99) {
            final long whole = wholes(magnitude, power);
            if (whole < 1 << SHIFT) {
                text.append(whole).append(UNITS.charAt(power - 1));
                return;
            }
            power++; // 1 023.4 of one unit became 1.0 of the next
            tenths = 10;
        }
        text.append(tenths / 10).append('.').append(tenths % 10).append(UNITS.charAt(power - 1));
    }

    /** Returns how many tenths of a unit, rounded up. */
    private static long tenths(long magnitude, int power) {
        final int shift = power * SHIFT;
        final long mask = (1L << shift) - 1;
        return (magnitude >>> shift) * 10 + (((magnitude & mask) * 10 + mask) >>> shift); // at most 11 * 2^60, unsigned
    }

    /** Returns how many units, rounded up. */
    private static long wholes(long magnitude, int power) {
        final int shift = power * SHIFT;
        return (magnitude >>> shift) + ((magnitude & (1L << shift) - 1) == 0 ? 0 : 1);
    }
}
