package io.codetag.tools.page;

/** A request that is not answered, and why. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Refuses.
     *
     * @param status the status of HTTP
     * @param message what was wrong and what is accepted, for a person
     */
    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
