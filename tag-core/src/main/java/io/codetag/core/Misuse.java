package io.codetag.core;

import io.codetag.CodeTag;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Debug mode: reports misuse of a tagger, once for each kind and call site. Without debug it does nothing. */
final class Misuse {
    private static final int MAX_SITES = 1_000;

    private final boolean debug;
    private final Set<Site> reported = ConcurrentHashMap.newKeySet();

    /** While profiling was never off, whoever frees a block without a reference made a mistake. */
    private volatile boolean alwaysOn;

    Misuse(boolean debug, boolean on) {
        this.debug = debug;
        this.alwaysOn = on;
    }

    boolean isOn() {
        return debug;
    }

    void switchedOff() {
        alwaysOn = false;
    }

    void report(Message message, String allocatorPackage, Supplier<String> text) {
        if (!debug || (message == Message.DEBUG_FREE_OF_NONE && !alwaysOn) || reported.size() >= MAX_SITES) {
            return;
        }
        try {
            final CodeTag place = CallSites.outside(allocatorPackage);
            if (reported.add(new Site(message, place))) {
                Daemon.warn(
                        message,
                        text.get() + "; called from " + (place == null ? "an unknown place" : PlaceText.of(place)));
            }
        } catch (OutOfMemoryError none) { // recording never throws
            return;
        }
    }

    /** A kind of misuse at a place. */
    private record Site(Message message, @Nullable CodeTag place) {}
}
