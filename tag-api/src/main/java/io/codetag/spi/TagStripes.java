package io.codetag.spi;

/**
 * Hands out stripes of counters.
 *
 * @since 0.1
 */
public abstract class TagStripes {
    /** For profilers. */
    protected TagStripes() {}

    /**
     * Says whether anything is counted. If not, the stripes are never written.
     *
     * @return false where references are counted when they are read
     */
    public boolean isCounting() {
        return true;
    }

    /**
     * Returns the stripe of the current thread: one of its own while there are enough, else a shared one. Virtual
     * threads get shared ones.
     *
     * @return a stripe
     */
    public abstract TagStripe current();

    /**
     * Leases a stripe to a caller that keeps it in an object owned by one thread at a time.
     *
     * @return an exclusive stripe while there are enough, else a shared one
     */
    public abstract TagStripe lease();

    /**
     * Takes a leased stripe back. The caller makes sure that its last use happened before.
     *
     * @param stripe a stripe from {@link #lease()}; a shared one is ignored
     */
    public abstract void release(TagStripe stripe);
}
