/** Tests of the starter, most of them in real applications. */
@NullMarked
package io.codetag.spring;

import org.jspecify.annotations.NullMarked;
