package io.codetag.spring;

import io.codetag.core.Profiler;
import io.codetag.micrometer.CodetagMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Gives the meters to the application's registries, if it has some.
 *
 * @since 0.1
 */
@AutoConfiguration(
        after = CodetagAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({MeterRegistry.class, CodetagMetrics.class})
@ConditionalOnBean({Profiler.class, MeterRegistry.class})
@ConditionalOnProperty(prefix = "codetag.metrics", name = "enabled", matchIfMissing = true)
public final class CodetagMetricsAutoConfiguration {
    /** For Spring. */
    public CodetagMetricsAutoConfiguration() {}

    /**
     * Makes the meters. Spring binds them to the registries, and takes them away when the context is closed.
     *
     * @param profiler whose meters they are
     * @param properties the settings
     * @return the binder
     */
    @Bean
    @ConditionalOnMissingBean
    CodetagMetrics codetagMetrics(Profiler profiler, CodetagProperties properties) {
        final CodetagProperties.Metrics metrics = properties.metrics();
        try {
            return CodetagMetrics.builder()
                    .profiler(profiler)
                    .top(metrics.top())
                    .maxAge(metrics.maxAge())
                    .untracked(metrics.untracked())
                    .build();
        } catch (IllegalArgumentException outOfRange) {
            throw new SettingsException(
                    "codetag.metrics." + String.valueOf(outOfRange.getMessage()).replaceFirst("^maxAge", "max-age"),
                    "Correct the value in the application's configuration.");
        }
    }
}
