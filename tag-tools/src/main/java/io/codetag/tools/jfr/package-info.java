/** Reads samples back from recordings of Flight Recorder, also from those that nobody finished. */
@NullMarked
package io.codetag.tools.jfr;

import org.jspecify.annotations.NullMarked;
