/** The profile format of pprof: gzip'd {@code perftools.profiles.Profile}, a protocol buffer. */
@NullMarked
package io.codetag.tools.pprof;

import org.jspecify.annotations.NullMarked;
