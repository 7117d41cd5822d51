package io.codetag.springmodules;

import io.codetag.allocator.PageAllocator;
import io.codetag.core.Profiler;
import io.codetag.micrometer.CodetagMetrics;
import io.codetag.spring.CodetagProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that says what the starter gave it, and which module that came from. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ModulesProgram {
    /** For Spring. */
    public ModulesProgram() {}

    /**
     * Runs it.
     *
     * @param args as for any application
     */
    @SuppressWarnings("SystemOut") // it is read by the test
    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ModulesProgram.class)
                        .web(WebApplicationType.NONE)
                        .run(args);
                PageAllocator allocator = PageAllocator.builder("pool", 16).build()) {
            System.out.println("module " + CodetagProperties.class.getModule().getName());
            System.out.println("needed " + allocator.tagger().storage().neededTags());
            System.out.println("profiler " + context.getBean(Profiler.class).name());
            System.out.println(
                    "top " + context.getBean(CodetagProperties.class).metrics().top());
            System.out.println("binder "
                    + context.getBean(CodetagMetrics.class)
                            .getClass()
                            .getModule()
                            .getName());
            System.out.println("meters "
                    + (context.getBean(MeterRegistry.class)
                                    .find("codetag.pages.bytes")
                                    .gauge()
                            != null));
        }
    }
}
