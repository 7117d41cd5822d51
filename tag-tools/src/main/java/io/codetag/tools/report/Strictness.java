package io.codetag.tools.report;

/**
 * What to do about lines of a text report that Linux writes and a profiler of this library does not: sizes below zero,
 * places that occur twice, markers that are not known.
 *
 * @since 0.1
 */
public enum Strictness {
    /** They are read: see {@link ReportReader}. */
    LENIENT,
    /** They are errors. */
    STRICT
}
