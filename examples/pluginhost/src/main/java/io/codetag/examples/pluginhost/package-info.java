/**
 * A host whose plugins bring more tags than the spare bits of the flag word hold, and go away again: what becomes of the
 * account, once for each overflow policy.
 */
@NullMarked
package io.codetag.examples.pluginhost;

import org.jspecify.annotations.NullMarked;
