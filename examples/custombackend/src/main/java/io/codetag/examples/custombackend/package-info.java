/**
 * Who held the pages of a process that was killed? A program that takes a storage backend of a third party by its name,
 * and a second one that reads what the first left behind.
 */
@NullMarked
package io.codetag.examples.custombackend;

import org.jspecify.annotations.NullMarked;
