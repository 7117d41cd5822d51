package io.codetag.tools.report;

import io.codetag.core.AllocInfo;
import java.time.Instant;

/**
 * A report and when it was taken; a series is a list of them, oldest first.
 *
 * @param takenAt when
 * @param info what was live then
 * @since 0.1
 */
public record Sample(Instant takenAt, AllocInfo info) {}
