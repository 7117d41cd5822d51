package io.codetag.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.codetag.core.Profiler;
import io.codetag.micrometer.CodetagMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("The starter")
class ConditionsTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withPropertyValues("management.endpoints.web.exposure.include=*")
            .withConfiguration(AutoConfigurations.of(
                    CodetagAutoConfiguration.class,
                    CodetagEndpointAutoConfiguration.class,
                    CodetagMetricsAutoConfiguration.class));

    @Test
    @DisplayName("is a profiler and nothing more without an actuator and without Micrometer")
    void alone() {
        runner.withClassLoader(new FilteredClassLoader(Endpoint.class, MeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Profiler.class)
                        .doesNotHaveBean(AllocInfoEndpoint.class)
                        .doesNotHaveBean("codetagMetrics"));
    }

    @Test
    @DisplayName("has meters without an actuator")
    void withoutActuator() {
        runner.withClassLoader(new FilteredClassLoader(Endpoint.class))
                .withUserConfiguration(Registry.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(CodetagMetrics.class)
                        .doesNotHaveBean(AllocInfoEndpoint.class));
    }

    @Test
    @DisplayName("has no meters where there is no registry")
    void withoutRegistry() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CodetagMetrics.class));
    }

    @Test
    @DisplayName("is nothing at all if it is not enabled")
    void disabled() {
        runner.withUserConfiguration(Registry.class)
                .withPropertyValues("codetag.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Profiler.class)
                        .doesNotHaveBean(AllocInfoEndpoint.class)
                        .doesNotHaveBean(CodetagMetrics.class));
    }

    @Test
    @DisplayName("leaves an application's own profiler alone")
    void ownProfiler() {
        runner.withUserConfiguration(OwnProfiler.class)
                .run(context ->
                        assertThat(context.getBean(Profiler.class).name()).isEqualTo("own"));
    }

    @Test
    @DisplayName("does not start with a setting of the meters that is out of range, and says what is accepted")
    void metersOutOfRange() {
        runner.withUserConfiguration(Registry.class)
                .withPropertyValues("codetag.metrics.top=-1")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("codetag.metrics.top is -1; accepted: 0 to 10000"));
        runner.withUserConfiguration(Registry.class)
                .withPropertyValues("codetag.metrics.max-age=2h")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("codetag.metrics.max-age is PT2H; accepted: 1 ms to 1 h"));
    }

    @Test
    @DisplayName("does not start with a setting that comes too late for the profiler of this process")
    void tooLate() {
        Profiler.get();
        runner.withPropertyValues("codetag.headroom=77").run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("codetag.headroom is '77'")
                .hasMessageContaining("started before"));
    }

    /** An application with a registry. */
    @Configuration(proxyBeanMethods = false)
    static class Registry {
        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    /** An application with a profiler. */
    @Configuration(proxyBeanMethods = false)
    static class OwnProfiler {
        @Bean
        Profiler profiler() {
            return Profiler.builder().name("own").build();
        }
    }
}
