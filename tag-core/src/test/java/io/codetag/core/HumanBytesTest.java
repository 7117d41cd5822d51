package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Bytes in human units")
class HumanBytesTest {
    private static final long SEED = 99_173L;

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "999, 999",
        "1023, 1023",
        "1024, 1.0K",
        "1025, 1.1K",
        "1536, 1.5K",
        "10137, 9.9K",
        "10138, 10K",
        "10240, 10K",
        "10241, 11K",
        "23068672, 22M",
        "24117248, 23M",
        "1047552, 1023K",
        "1047553, 1.0M",
        "1048575, 1.0M",
        "1048576, 1.0M",
        "1152921504606846975, 1.0E",
        "1152921504606846976, 1.0E",
        "9223372036854775807, 8.0E",
        "-1, -1",
        "-1025, -1.1K",
        "-9223372036854775808, -8.0E"
    })
    @DisplayName("have one decimal below 10 and are rounded away from zero")
    void examples(long bytes, String expected) {
        assertEquals(expected, HumanBytes.format(bytes));
    }

    @Test
    @DisplayName("are never smaller than the number, and less than 10 % larger")
    void neverSmaller() {
        for (long bytes : numbers()) {
            if (bytes >= 0) {
                final String text = HumanBytes.format(bytes);
                final int unit = "KMGTPE".indexOf(text.charAt(text.length() - 1)) + 1;
                final double digits = Double.parseDouble(unit == 0 ? text : text.substring(0, text.length() - 1));
                final double shown = digits * Math.pow(1024, unit);
                assertTrue(shown >= bytes && shown <= bytes * 1.1 + 1, () -> bytes + " is shown as " + text);
            }
        }
    }

    @Test
    @DisplayName("are what numfmt --to=iec prints, for numbers of every magnitude")
    void sameAsNumfmt(@TempDir Path folder) throws IOException, InterruptedException {
        UnixTools.assumeInstalled("sh", "numfmt");
        final List<Long> numbers = numbers();
        final Path input = folder.resolve("numbers");
        Files.write(input, numbers.stream().map(String::valueOf).toList());
        final List<String> printed =
                UnixTools.shell(folder, "numfmt --to=iec", input).lines().toList();
        assertEquals(numbers.size(), printed.size());
        for (int i = 0; i < numbers.size(); i++) {
            final long number = numbers.get(i);
            assertEquals(printed.get(i), HumanBytes.format(number), () -> "of " + number);
        }
    }

    /** Numbers of every magnitude, and those beside each power of two and each rounding of tenths. */
    private static List<Long> numbers() {
        System.out.println("seed " + SEED);
        final SplittableRandom random = new SplittableRandom(SEED);
        final List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            numbers.add(random.nextLong() >> random.nextInt(63));
        }
        for (int power = 0; power < 63; power++) {
            for (int off = -2; off <= 2; off++) {
                numbers.add((1L << power) + off);
                numbers.add((1L << power) / 10 * 99 + off);
            }
        }
        numbers.add(Long.MAX_VALUE);
        numbers.add(Long.MIN_VALUE);
        return numbers;
    }
}
