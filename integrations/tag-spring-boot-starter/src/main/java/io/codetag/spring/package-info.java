/**
 * The profiler in a Spring Boot application.
 *
 * <p>With {@code codetag-spring-boot-starter} on the class path,
 *
 * <ul>
 *   <li>the settings of the profiler may stand in the application's configuration, where editors know them:
 *       {@link io.codetag.spring.CodetagProperties};
 *   <li>the process-wide profiler is started as soon as the configuration is known, and is a bean;
 *   <li>where Spring Boot's actuator is there, it has an endpoint {@code allocinfo}:
 *       {@link io.codetag.spring.AllocInfoEndpoint}. As with every endpoint, it has to be exposed to be reachable;
 *   <li>where Micrometer is there, its registries have the meters of {@code codetag-micrometer}.
 * </ul>
 *
 * <p>{@code codetag.enabled=false} leaves all of this out; the profiler then starts as it does without Spring.
 *
 * <p><b>One process, one profiler.</b> The settings are those of the process. The first application context that starts
 * in it decides; another one that asks for something else does not start, and says why.
 */
@NullMarked
package io.codetag.spring;

import org.jspecify.annotations.NullMarked;
