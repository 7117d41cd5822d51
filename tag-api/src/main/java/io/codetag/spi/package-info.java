/**
 * The contracts behind {@link io.codetag}: storage backends and the profiler.
 *
 * <p>Authors of a backend implement {@link io.codetag.spi.PageTagStore} and
 * {@link io.codetag.spi.PageTagStoreProvider}, and prove it with the contract kit of {@code codetag-testkit}. The
 * remaining types connect the vocabulary with the profiler ({@code codetag-core}); programs do not need them.
 *
 * @since 0.1
 */
@NullMarked
package io.codetag.spi;

import org.jspecify.annotations.NullMarked;
