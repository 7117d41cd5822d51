package io.codetag.tools.cli;

import io.codetag.core.AllocDelta.Change;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads ways to change. */
final class ChangeConverter implements ITypeConverter<Change> {
    @Override
    public Change convert(String value) {
        for (Change change : Change.values()) {
            if (change != Change.SAME && name(change).equals(value)) {
                return change;
            }
        }
        throw new TypeConversionException("'" + value + "'; accepted: grew, shrank, new, gone");
    }

    /** Returns the word for a change. */
    static String name(Change change) {
        return switch (change) {
            case NEW -> "new";
            case GONE -> "gone";
            case GROWN -> "grew";
            case SHRUNK -> "shrank";
            case SAME -> "same";
        };
    }
}
