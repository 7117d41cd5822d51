/** Tests of the meters. */
@NullMarked
package io.codetag.micrometer;

import org.jspecify.annotations.NullMarked;
