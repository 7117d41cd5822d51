/**
 * The profiler behind {@link io.codetag.AllocTags}, and its reports.
 *
 * <p>Put this module and at least one storage backend beside {@code codetag-api} and recording begins with the first
 * allocator that is attached. {@link io.codetag.core.Profiler#get()} reads, switches and tells where references are
 * kept; the same is reachable by JMX as {@code io.codetag:type=Profiler,name=default}.
 *
 * <h2>Settings</h2>
 *
 * Each is read from the builder, else the system property, else the environment variable ({@code CODETAG_STORAGE}), else
 * its default. A bad value fails at start and names what is accepted.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>property</th><th>values</th><th>default</th></tr>
 * <tr><td>codetag.profiling</td><td>1, 0, never; 1,compressed and 0,compressed</td><td>1</td></tr>
 * <tr><td>codetag.storage</td><td>auto, pageflags, pageext, another backend's name</td><td>auto</td></tr>
 * <tr><td>codetag.overflow</td><td>switch, spill, disable</td><td>switch; disable with pageflags</td></tr>
 * <tr><td>codetag.accounting</td><td>counters, census</td><td>counters</td></tr>
 * <tr><td>codetag.stripes</td><td>0 to 65536 exclusive stripes a set of counters</td><td>4 a CPU</td></tr>
 * <tr><td>codetag.pageflags.maxBits</td><td>0 to 64 bits</td><td>64</td></tr>
 * <tr><td>codetag.headroom</td><td>0 to 1048576 tags</td><td>1000</td></tr>
 * <tr><td>codetag.debug</td><td>0, 1</td><td>0</td></tr>
 * </table>
 *
 * <h2>Footprint</h2>
 *
 * A tag costs about 230 bytes, an order of a tag 16 bytes in each stripe that counted it (in chunks of 256 tags, 4 KiB),
 * an attached allocator a few hundred bytes. At most {@code codetag.stripes} plus one stripe a CPU exist for each
 * allocator. {@link io.codetag.core.Profiler#totals()} tells the sum.
 *
 * <h2>Listeners</h2>
 *
 * A {@link io.codetag.core.ProfilerListener} hears of changes of storage and of unloaded modules. Those found as services
 * are added to the process-wide profiler; that is how {@code codetag-jfr} exports it without being called.
 *
 * <h2>Concurrency</h2>
 *
 * Recording takes no lock of the profiler, save for the first use of a tag. Everything that logs, loads or waits happens
 * on one daemon thread, {@code codetag}.
 *
 * @since 0.1
 */
@NullMarked
package io.codetag.core;

import org.jspecify.annotations.NullMarked;
