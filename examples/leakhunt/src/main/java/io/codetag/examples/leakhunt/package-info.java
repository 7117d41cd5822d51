/** A server whose memory grows, with one call site that leaks among several that do not. */
@NullMarked
package io.codetag.examples.leakhunt;

import org.jspecify.annotations.NullMarked;
