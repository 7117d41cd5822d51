package io.codetag.spring;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Starts the profiler as soon as the configuration is known and logging works: before any bean could attach an allocator
 * and start it with other settings.
 */
final class ProfilerStarter implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        final CodetagProperties properties =
                Binder.get(event.getEnvironment()).bindOrCreate("codetag", CodetagProperties.class);
        if (properties.enabled()) {
            ProfilerSettings.ofProcess().apply(properties);
        }
    }

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }
}
