package io.codetag.tools.cli;

import io.codetag.core.AllocOrder;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the order of a report. */
final class OrderConverter implements ITypeConverter<AllocOrder> {
    @Override
    public AllocOrder convert(String value) {
        return switch (value) {
            case "bytes" -> AllocOrder.BYTES;
            case "calls" -> AllocOrder.CALLS;
            case "place" -> AllocOrder.PLACE;
            default -> throw new TypeConversionException("'" + value + "'; accepted: bytes, calls, place");
        };
    }
}
