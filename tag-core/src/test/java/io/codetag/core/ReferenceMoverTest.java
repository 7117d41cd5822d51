package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.spi.TagCodes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("In every order of the steps of an owner and a mover of one page")
class ReferenceMoverTest {
    private static final int MOVER = 0;
    private static final int OWNER = 1;
    private static final int CAPACITY = 6;

    /** Does not fit any more. */
    private static final int LARGE = 9;

    private static final int SMALL = 4;

    /**
     * What the owner does, one letter an operation: F and A free and allocate on a shared word (A a large tag, a a small
     * one), U and S (s) fused, W stores the word as it was read, C clears. The page begins with a large tag in its word.
     */
    @ParameterizedTest(name = "owner: {0}")
    @ValueSource(
            strings = {
                "", "F", "A", "a", "C", "FA", "Fa", "FAF", "FaFA", "U", "US", "Us", "USU", "UsU", "W", "WU", "WW",
                "WUS", "FS", "UA", "USF", "FSU", "UAF"
            })
    @DisplayName("the reference is neither lost nor found twice, and none is left in the word that does not fit")
    void everyOrder(String script) {
        final int orders = Interleavings.all(order -> {
            final Page page = new Page(order);
            order.run(page::move, () -> page.own(script));
            page.check();
        });
        assertTrue(orders > 5, orders + " orders");
    }

    /** A page of an allocator, what its owner believes, and who moves its reference. */
    private static final class Page {
        private final Interleavings order;
        private final SteppedStore main;
        private final SteppedStore overflow;
        private final References references;
        private final Thread[] mover = new Thread[1];
        private int believed = LARGE;

        private Page(Interleavings order) {
            this.order = order;
            this.main = new SteppedStore(order, this::side, 1000);
            this.overflow = new SteppedStore(order, this::side, 1000);
            this.references = new References(main, overflow);
            main.poke(LARGE);
            references.beginMoving();
            references.capacity(CAPACITY);
        }

        private int side() {
            return Thread.currentThread() == mover[0] ? MOVER : OWNER;
        }

        private void move() {
            mover[0] = Thread.currentThread();
            for (MovingPages batch = collect(); batch.count() > 0; batch = collect()) {
                final ReferenceMover moving = references.moverOf(batch, () -> order.awaitOther(MOVER));
                moving.begin();
                do {
                    moving.await();
                } while (!moving.settle());
            }
        }

        private MovingPages collect() {
            return references.collectAbove(0, 1, 1);
        }

        private void own(String script) {
            for (int i = 0; i < script.length(); i++) {
                order.operation(OWNER, true);
                operate(script.charAt(i));
                order.operation(OWNER, false);
            }
        }

        private void operate(char operation) {
            switch (operation) {
                case 'F' -> believe(references.exchange(0, TagCodes.NONE), TagCodes.NONE);
                case 'A' -> believe(references.exchange(0, LARGE), LARGE);
                case 'a' -> believe(references.exchange(0, SMALL), SMALL);
                case 'C' -> believe(references.exchange(0, TagCodes.EMPTY), TagCodes.EMPTY);
                case 'U' -> {
                    final int word = main.get(0);
                    believe(word == TagCodes.ESCAPED ? references.takeEscaped(0) : word, TagCodes.NONE);
                    main.set(0, TagCodes.NONE);
                }
                case 'S' -> {
                    main.get(0);
                    references.storeEscaped(0, LARGE);
                    believe(TagCodes.NONE, LARGE);
                    main.set(0, TagCodes.ESCAPED);
                }
                case 's' -> {
                    main.get(0);
                    believe(TagCodes.NONE, SMALL);
                    main.set(0, SMALL);
                }
                case 'W' -> main.set(0, main.get(0));
                default -> throw new IllegalArgumentException("no operation " + operation);
            }
        }

        /** Compares what an operation found with what the owner had stored, and notes what it stores. */
        private void believe(int found, int stored) {
            assertEquals(believed, found, "what the owner found");
            believed = stored;
        }

        private void check() {
            references.endMoving();
            final int word = main.peek();
            final int slot = overflow.peek();
            assertEquals(believed, word == TagCodes.ESCAPED ? slot : word, "word " + word + ", slot " + slot);
            assertTrue(word <= CAPACITY, "left in the word: " + word);
            assertTrue(slot == TagCodes.NONE || word == TagCodes.ESCAPED, "left over in the slot: " + slot);
        }
    }
}
