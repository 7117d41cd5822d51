package io.codetag.tools.source;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.core.Profiler;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import javax.management.ObjectName;

/** A program that holds some pages, one more for each line it is told, until its standard input ends. */
public final class HoldingProgram {
    static final int PAGE = 4096;

    private HoldingProgram() {}

    /**
     * Runs it.
     *
     * @param args {@code plain} for a program without a profiler, {@code two} for one with two
     */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("plain")) {
            System.out.println("ready");
            System.in.transferTo(OutputStream.nullOutputStream());
            return;
        }
        final PageTagger tagger =
                AllocTags.attach(PageSpec.builder("pool", 1 << 20, PAGE).build());
        final Profiler second =
                args.length > 0 ? Profiler.builder().name("second").managed().build() : null;
        long pfn = hold(tagger, 0);
        awaitBeans(second == null ? 1 : 2);
        System.out.println("ready");
        for (int read = System.in.read(); read >= 0; read = System.in.read()) {
            if (read == '\n') {
                pfn = hold(tagger, pfn);
                System.out.println("held");
            }
        }
        if (second != null) {
            second.close();
        }
    }

    /** A profiler becomes visible to JMX a little later than it is there. */
    private static void awaitBeans(int number) throws Exception {
        final ObjectName all = new ObjectName("io.codetag:type=Profiler,name=*");
        while (ManagementFactory.getPlatformMBeanServer().queryNames(all, null).size() < number) {
            Thread.sleep(5);
        }
    }

    private static long hold(PageTagger tagger, long pfn) {
        final AllocTag here = AllocTags.here();
        tagger.add(pfn, 0, here);
        return pfn + 1;
    }
}
