package com.acme.app;

/** Two places to call from. */
public final class Calls {
    private Calls() {}

    public static void run(Runnable body) {
        body.run();
    }

    public static void again(Runnable body) {
        body.run();
    }
}
