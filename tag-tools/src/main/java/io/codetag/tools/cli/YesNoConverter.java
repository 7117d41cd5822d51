package io.codetag.tools.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads yes and no. */
final class YesNoConverter implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String value) {
        return switch (value) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new TypeConversionException("'" + value + "'; accepted: yes, no");
        };
    }
}
