package io.codetag.benchmarks.results;

import java.util.List;
import java.util.function.Function;

/**
 * What one command measures.
 *
 * @param name the command's argument, and the name of the result file
 * @param title what it is about
 * @param minutes how long it takes, at the most
 * @param error how the interval beside each figure came about
 * @param measure what measures, given whether it shall be quick
 */
public record Table(String name, String title, int minutes, String error, Function<Boolean, List<Row>> measure) {}
