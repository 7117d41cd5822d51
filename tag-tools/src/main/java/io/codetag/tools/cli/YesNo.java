package io.codetag.tools.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A condition that holds or does not. No {@code Boolean}: picocli would not let an option of that type have words of ours. */
enum YesNo {
    YES,
    NO;

    /** Reads yes or no. */
    static final class Converter implements ITypeConverter<YesNo> {
        @Override
        public YesNo convert(String value) {
            return switch (value) {
                case "yes" -> YES;
                case "no" -> NO;
                default -> throw new TypeConversionException("'" + value + "'; accepted: yes, no");
            };
        }
    }
}
