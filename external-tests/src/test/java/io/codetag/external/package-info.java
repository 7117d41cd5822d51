/** Tests against programs of others. */
@NullMarked
package io.codetag.external;

import org.jspecify.annotations.NullMarked;
