package io.codetag.core;

/** Every message that the profiler logs. The codes are stable; docs/messages.md says what to do about each. */
enum Message {
    STORAGE_CHOSEN("CODETAG-101"),
    STORAGE_FALLBACK("CODETAG-102"),
    STORAGE_NONE("CODETAG-103"),
    PROVIDER_BROKEN("CODETAG-104"),
    OVERFLOW_SWITCH("CODETAG-201"),
    OVERFLOW_SPILL("CODETAG-202"),
    OVERFLOW_DISABLE("CODETAG-203"),
    STORE_FAILED("CODETAG-204"),
    IDS_EXHAUSTED("CODETAG-205"),
    FIRST_USE_FAILED("CODETAG-206"),
    MODULE_UNLOADED_LIVE("CODETAG-301"),
    ALLOCATOR_CLOSED_LIVE("CODETAG-302"),
    ALLOCATOR_COLLECTED_LIVE("CODETAG-303"),
    ALLOCATION_FAILED("CODETAG-304"),
    DEBUG_FREE_OF_NONE("CODETAG-401"),
    DEBUG_ADD_ONTO_LIVE("CODETAG-402"),
    DEBUG_OUT_OF_RANGE("CODETAG-403"),
    MESSAGES_DROPPED("CODETAG-501"),
    MANAGEMENT_FAILED("CODETAG-502"),
    HOUSEKEEPING_FAILED("CODETAG-503"),
    COUNTERS_INACCURATE("CODETAG-504");

    private final String code;

    Message(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
