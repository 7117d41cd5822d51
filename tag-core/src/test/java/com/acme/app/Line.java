package com.acme.app;

/** Tells the line of its caller. */
final class Line {
    private Line() {}

    static int here() {
        return StackWalker.getInstance().walk(frames -> frames.skip(1)
                .mapToInt(StackWalker.StackFrame::getLineNumber)
                .findFirst()
                .orElse(0));
    }
}
