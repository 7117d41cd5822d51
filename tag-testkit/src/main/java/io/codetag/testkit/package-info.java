/**
 * The contract kit: what a storage backend has to keep, and a plain model of what a tagger does.
 *
 * <h2>A backend's test</h2>
 *
 * is one subclass of {@link io.codetag.testkit.PageTagStoreContract}. JUnit runs the requirements it inherits:
 *
 * <pre>{@code
 * class MappedFileStoreContractTest extends PageTagStoreContract {
 *     @Override
 *     protected PageTagStore openStore(long pageCount) {
 *         return new MappedFileStore(pageCount);
 *     }
 * }
 * }</pre>
 *
 * <h2>A tagger's test</h2>
 *
 * drives the tagger with random programs of an allocator that has no memory, and compares its counters, its totals and,
 * by freeing every block, each page's reference with the {@linkplain io.codetag.testkit.ReferenceModel model}:
 *
 * <pre>{@code
 * ImaginaryAllocator pages = new ImaginaryAllocator(100_000, 10);
 * PageSpec spec = PageSpec.builder("pages", pages.pageCount(), 4096).maxOrder(10).orders(pages).build();
 * try (PageTagger tagger = profiler.attach(spec)) {
 *     RandomProgram program = RandomProgram.builder(profiler.space(), tags)
 *             .allocator(pages, spec, tagger)
 *             .misuse(true)
 *             .seed(42)
 *             .build();
 *     program.run(20_000);
 *     program.drain();
 * }
 * }</pre>
 *
 * <h2>Seeds</h2>
 *
 * Whatever is random here is decided by a seed, and the seed is part of every failure's message. With one thread the
 * same seed repeats the same run, operation by operation; with several it repeats what each thread does.
 *
 * @since 0.1
 */
@NullMarked
package io.codetag.testkit;

import org.jspecify.annotations.NullMarked;
