package io.codetag.tools.page;

import java.time.Duration;

/**
 * How a page that is served stays in touch with the program.
 *
 * @param interval it waits so long between two questions, and longer if answers take long
 * @param mayToggle whether it offers to switch recording on and off
 */
record LiveTerms(Duration interval, boolean mayToggle) {}
