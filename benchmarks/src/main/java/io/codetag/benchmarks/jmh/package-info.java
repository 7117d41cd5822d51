/** What JMH measures: differences that are large enough for JVMs started one after the other. */
@NullMarked
package io.codetag.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
