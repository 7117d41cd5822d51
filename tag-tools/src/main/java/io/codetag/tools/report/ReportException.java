package io.codetag.tools.report;

/**
 * A report cannot be read or written: the message says what is wrong, where, and what is accepted. The command ends with
 * exit status 2.
 *
 * @since 0.1
 */
public final class ReportException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, for a person
     */
    public ReportException(String message) {
        super(message);
    }

    /**
     * Makes the exception.
     *
     * @param message what is wrong, for a person
     * @param cause why
     */
    public ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
