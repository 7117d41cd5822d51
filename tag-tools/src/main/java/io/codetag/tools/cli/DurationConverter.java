package io.codetag.tools.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times as people write them. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h|d)?");
    private static final Duration LEAST = Duration.ofMillis(50);
    private static final Duration MOST = Duration.ofDays(366);

    @Override
    public Duration convert(String value) {
        final Matcher time = TIME.matcher(value);
        if (time.matches()) {
            final String unit = time.group(2) == null ? "s" : time.group(2);
            final long millis =
                    switch (unit) {
                        case "ms" -> 1;
                        case "s" -> 1_000;
                        case "m" -> 60_000;
                        case "h" -> 3_600_000;
                        default -> 86_400_000;
                    };
            final Duration result = Duration.ofMillis(new BigDecimal(time.group(1))
                    .multiply(BigDecimal.valueOf(millis))
                    .longValue());
            if (result.compareTo(LEAST) >= 0 && result.compareTo(MOST) <= 0) {
                return result;
            }
        }
        throw new TypeConversionException(
                "'" + value + "'; accepted: seconds, or a number with one of ms s m h d, such as"
                        + " 500ms, 10s, 5m; from 50ms to 366d");
    }
}
