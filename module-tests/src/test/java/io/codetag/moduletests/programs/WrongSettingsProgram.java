package io.codetag.moduletests.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Profiling;
import io.codetag.spi.RecordingSwitch;

/** Attaches twice with each setting of its arguments ({@code name=value;name=value}), then once with none of them. */
public final class WrongSettingsProgram {
    private static final AllocTag TAG = AllocTags.here();

    private WrongSettingsProgram() {}

    public static void main(String[] args) {
        for (String argument : args) {
            final String[] settings = argument.split(";", -1);
            for (String setting : settings) {
                final int equals = setting.indexOf('=');
                System.setProperty(setting.substring(0, equals), setting.substring(equals + 1));
            }
            System.out.println("first " + attached());
            System.out.println("again " + attached());
            for (String setting : settings) {
                System.clearProperty(setting.substring(0, setting.indexOf('=')));
            }
        }
        System.out.println("meanwhile " + Profiling.state() + ' ' + RecordingSwitch.allocating() + ' ' + threads());
        System.out.println("without " + attached());
        // What the environment says wrongly does not matter where a property says it rightly.
        System.setProperty("codetag.headroom", "10");
        System.out.println("corrected " + attached());
    }

    private static String attached() {
        try (PageTagger tagger =
                AllocTags.attach(PageSpec.builder("pool", 64, 4096).build())) {
            tagger.add(1, 1, TAG);
            return tagger.storage().store() + ' ' + TAG.counts();
        } catch (IllegalArgumentException wrong) {
            return wrong.getMessage();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("codetag"))
                .count();
    }
}
