package io.codetag.spring;

import io.codetag.core.Profiler;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Makes the endpoint {@code allocinfo} where there is an actuator and the endpoint is exposed.
 *
 * @since 0.1
 */
@AutoConfiguration(after = CodetagAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Profiler.class)
@ConditionalOnAvailableEndpoint(AllocInfoEndpoint.class)
public final class CodetagEndpointAutoConfiguration {
    /** For Spring. */
    public CodetagEndpointAutoConfiguration() {}

    /**
     * Makes the endpoint.
     *
     * @param profiler what it shows
     * @return the endpoint
     */
    @Bean
    @ConditionalOnMissingBean
    AllocInfoEndpoint allocInfoEndpoint(Profiler profiler) {
        return new AllocInfoEndpoint(profiler);
    }
}
