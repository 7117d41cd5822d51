package io.codetag.testkit;

import io.codetag.Quiescence;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells when every operation that the threads of a {@link RandomProgram} had begun is over. Hand it to the layout of the
 * flag words and to {@link RandomProgram.Builder#claims}.
 *
 * <p><b>Thread safety.</b> Any thread may wait; it waits for one step of each thread of the program.
 *
 * @since 0.1
 */
public final class ProgramQuiescence implements Quiescence {
    private final List<ReentrantLock> steps = new CopyOnWriteArrayList<>();

    /** Makes one that waits for nobody until a program uses it. */
    public ProgramQuiescence() {}

    @Override
    public void quiesced() throws InterruptedException {
        for (ReentrantLock step : steps) {
            step.lockInterruptibly();
            step.unlock();
        }
    }

    /** Returns the lock that one more thread holds during each of its steps. Fair: who waits gets in between two. */
    ReentrantLock newStep() {
        final ReentrantLock step = new ReentrantLock(true);
        steps.add(step);
        return step;
    }
}
