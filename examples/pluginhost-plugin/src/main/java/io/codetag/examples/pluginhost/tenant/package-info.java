/**
 * A plugin that brings forty call sites. It knows the vocabulary and the allocator of its host, and nothing of the host.
 */
@NullMarked
package io.codetag.examples.pluginhost.tenant;

import org.jspecify.annotations.NullMarked;
