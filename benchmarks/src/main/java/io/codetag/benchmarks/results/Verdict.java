package io.codetag.benchmarks.results;

/**
 * Whether a figure keeps its bound.
 *
 * @param figure the figure
 * @param bound the number it was compared with
 * @param met whether it keeps it
 * @param open whether its interval has the bound inside, so that another run may say otherwise
 */
public record Verdict(Row figure, double bound, boolean met, boolean open) {
    static Verdict atMost(Row figure, double bound) {
        return new Verdict(figure, bound, figure.value() <= bound, figure.low() <= bound && figure.high() > bound);
    }

    static Verdict atLeast(Row figure, double bound) {
        return new Verdict(figure, bound, figure.value() >= bound, figure.high() >= bound && figure.low() < bound);
    }

    /** Inside what the control shows to be nothing, and at most a number. */
    static Verdict within(Row figure, Row control, double number) {
        return atMost(figure, Math.min(control.high(), number));
    }
}
