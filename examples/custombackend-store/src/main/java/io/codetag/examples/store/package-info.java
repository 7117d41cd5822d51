/**
 * References in a memory-mapped file: after {@code kill -9} another program still reads who held which page.
 *
 * <p>A process that is killed, or killed for want of memory, takes its own account of that memory with it. What it
 * wrote to a mapped file stays: the pages belong to the operating system. {@link
 * io.codetag.examples.store.MappedFileStoreProvider} is the backend, {@link
 * io.codetag.examples.store.MappedFileReader} reads the file afterwards, and {@code FileLayout} draws it.
 *
 * <p><b>What survives.</b> The end of the process in any form. Not the end of the machine: nothing is forced to disk,
 * since that would cost more than all accounting; a name that a crash of the machine tore is recognised by its checksum.
 *
 * <p><b>What it costs.</b> 4 bytes a page, in sections of 8 192 pages (32 KiB) created when first touched. Storing a code
 * is one store to mapped memory and no system call.
 */
@NullMarked
package io.codetag.examples.store;

import org.jspecify.annotations.NullMarked;
