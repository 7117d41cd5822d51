package io.codetag.soak;

/** Runs the large numbers in full and prints what was measured. */
public final class ScaleMain {
    private ScaleMain() {}

    public static void main(String[] args) throws InterruptedException {
        final Scale scale = new Scale(System.out::println);
        scale.pagesInFlagWords(1L << 28, 1 << 14);
        scale.pagesInSideTable(1L << 28, 1 << 13);
        scale.pagesInSideTable(1L << 34, 1 << 12);
        scale.tags(200_000);
        scale.threads(2_000, false);
        if (Scale.hasVirtualThreads()) {
            scale.threads(100_000, true);
        }
        scale.modules(1_000);
    }
}
