package io.codetag.spring;

import io.codetag.core.Profiler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Makes the process-wide profiler a bean.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnProperty(prefix = "codetag", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(CodetagProperties.class)
public final class CodetagAutoConfiguration {
    /** For Spring. */
    public CodetagAutoConfiguration() {}

    /**
     * Returns the profiler, which runs already unless the context was made without {@code SpringApplication}.
     *
     * @param properties the settings
     * @return the process-wide profiler; it outlives the context
     */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    Profiler codetagProfiler(CodetagProperties properties) {
        ProfilerSettings.ofProcess().apply(properties);
        return Profiler.get();
    }
}
