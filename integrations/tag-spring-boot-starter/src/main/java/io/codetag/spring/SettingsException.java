package io.codetag.spring;

/** The settings in the application's configuration cannot be those of the profiler. */
final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    SettingsException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** Returns what to do. */
    String remedy() {
        return remedy;
    }
}
