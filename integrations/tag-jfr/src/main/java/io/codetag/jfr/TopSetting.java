package io.codetag.jfr;

import java.util.Set;
import jdk.jfr.SettingControl;
import org.jspecify.annotations.Nullable;

/**
 * How many tags get events of their own. Where recordings differ, all get what asks for most; what is no number counts as
 * not asked.
 *
 * <p>Flight Recorder makes one instance and tells it whenever recordings come and go.
 */
final class TopSetting extends SettingControl {
    /** What holds where no recording says anything. */
    static final int DEFAULT = 100;

    private static volatile int asked = DEFAULT;

    private String value = Integer.toString(DEFAULT);
    private String combined = value;

    TopSetting() {}

    /** Returns how many tags get events of their own, 0 or more. */
    static int current() {
        return asked;
    }

    @Override
    public String combine(Set<String> values) {
        int most = -1;
        for (String each : values) {
            most = Math.max(most, parse(each));
        }
        combined = Integer.toString(most < 0 ? DEFAULT : most);
        return combined;
    }

    /** On JDK 17 what was combined arrives as null. */
    @Override
    public void setValue(@Nullable String newValue) {
        value = newValue == null ? combined : newValue;
        final int number = parse(value);
        asked = number < 0 ? DEFAULT : number;
    }

    @Override
    public String getValue() {
        return value;
    }

    private static int parse(String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
