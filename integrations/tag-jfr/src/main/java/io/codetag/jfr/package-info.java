/**
 * What is live, and what happens to storage and modules, as events of JDK Flight Recorder.
 *
 * <p>With this module beside {@code codetag-core} the process-wide profiler is exported by itself; isolated ones by {@code
 * profiler.addListener(new JfrExport())}. Where no recording is running, or none that enables the events, nothing is
 * computed.
 *
 * <table>
 * <caption>Events</caption>
 * <tr><th>event</th><th>when</th></tr>
 * <tr><td>{@code io.codetag.AllocTag}</td><td>each period (10 s): the tags that own most, then one for the rest</td></tr>
 * <tr><td>{@code io.codetag.AllocSample}</td><td>after the tags of one period: their sum and how many they were</td></tr>
 * <tr><td>{@code io.codetag.StorageChange}</td><td>references go elsewhere than before, or nowhere</td></tr>
 * <tr><td>{@code io.codetag.ModuleUnload}</td><td>a code module was unloaded or collected</td></tr>
 * </table>
 *
 * @since 0.1
 */
@NullMarked
package io.codetag.jfr;

import org.jspecify.annotations.NullMarked;
