package io.codetag.tools.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many. */
final class CountConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
        try {
            final int count = Integer.parseInt(value);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException wrong) {
            // said below
        }
        throw new TypeConversionException("'" + value + "'; accepted: 1 to " + Integer.MAX_VALUE);
    }
}
