package io.codetag.tools.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes as people write them, in binary units. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)([KMGTPE]?)(?:I?B)?");
    private static final String UNITS = "KMGTPE";

    @Override
    public Long convert(String value) {
        final Matcher size = SIZE.matcher(value.toUpperCase(Locale.ROOT));
        if (size.matches()) {
            final int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
            final BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
            if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return bytes.longValue();
            }
        }
        throw new TypeConversionException("'" + value + "' is no size; accepted: bytes, such as 4096, or a number with"
                + " one of K M G T P E (powers of 1024), such as 1.5G, below 8E");
    }
}
