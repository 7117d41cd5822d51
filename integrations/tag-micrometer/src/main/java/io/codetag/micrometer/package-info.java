/**
 * The accounting as meters of Micrometer, and so in Prometheus, an OpenTelemetry collector, and whatever else Micrometer
 * has a registry for.
 *
 * <pre>{@code
 * CodetagMetrics metrics = CodetagMetrics.builder().top(50).build();
 * metrics.bindTo(registry);
 * }</pre>
 *
 * <p><b>Cardinality.</b> A program may have 200 000 tags; a time series for each would be a heavy load on whoever stores
 * them. Only the N largest tags by bytes have series of their own; the rest is one series more, so that the sum over all
 * series is the sum over all tags. With N tags and A allocators, A at most N, there are at most
 * {@code 2 (N + 1) + 6 (A + 1) + 10} series: 124 for 50 tags and one allocator, 418 for 50 and 50.
 *
 * <p><b>One reading.</b> All meters that are read together come from one snapshot of the profiler. Their values belong
 * together: nothing is counted twice or missing in between.
 *
 * <p><b>Cost.</b> Nothing runs while nobody collects. A collection takes one snapshot, whose time grows with the number of
 * tags.
 */
@NullMarked
package io.codetag.micrometer;

import org.jspecify.annotations.NullMarked;
