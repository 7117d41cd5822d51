package io.codetag.stress;

import java.util.SortedSet;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.vm.VMSupport;

/**
 * jcstress without biased locking. On a JDK that still has it, deprecated and off unless asked for, jcstress runs each race
 * twice, with it and without, whatever JVM flags it is told. None of the races is about monitors.
 */
final class OneLocking extends JCStress {
    private OneLocking(Options options) {
        super(options);
    }

    /**
     * Runs the races as {@code org.openjdk.jcstress.Main} does.
     *
     * @param arguments jcstress's own
     * @throws Exception what jcstress throws
     */
    public static void main(String[] arguments) throws Exception {
        final Options options = new Options(arguments);
        if (!options.parse()) {
            System.exit(1);
        }
        new OneLocking(options).run();
    }

    /** Asked for once the sets of JVM flags are known, and before they are used. */
    @Override
    public SortedSet<String> getTests() {
        VMSupport.getAvailableVMConfigs().removeIf(flags -> flags.origArgs().contains("-XX:+UseBiasedLocking"));
        return super.getTests();
    }
}
