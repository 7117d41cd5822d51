package io.codetag.core;

import io.codetag.Quiescence;
import java.util.concurrent.atomic.AtomicBoolean;

/** The quiescence of an allocator with one owner, who tells when it is inside an operation. */
final class Handshake implements Quiescence {
    private final AtomicBoolean inside = new AtomicBoolean();

    void enter() {
        inside.set(true);
    }

    void leave() {
        inside.set(false);
    }

    @Override
    public void quiesced() {
        while (inside.get()) {
            Thread.onSpinWait();
        }
    }
}
