package io.codetag.soak;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@DisplayName("Counts are exact and memory is what the documentation says")
class ScaleTest {
    private final Scale scale = new Scale(System.out::println);

    @Test
    @DisplayName("with 1 TiB of pages in flag words of the allocator's own kind")
    void flagWords() {
        scale.pagesInFlagWords(1L << 28, 1 << 12);
    }

    @Test
    @DisplayName("with 1 TiB of pages in the side table, and with 64 TiB")
    void sideTable() {
        scale.pagesInSideTable(1L << 28, 1 << 10);
        scale.pagesInSideTable(1L << 34, 1 << 10);
    }

    @Test
    @DisplayName("with 200 000 tags, and loading and reading them cost no more than in proportion")
    void tags() {
        scale.tags(200_000);
    }

    @Test
    @DisplayName("with 300 platform threads at once")
    void threads() throws InterruptedException {
        scale.threads(300, false);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("with 10 000 virtual threads at once")
    void virtualThreads() throws InterruptedException {
        scale.threads(10_000, true);
    }

    @Test
    @DisplayName("with 150 modules loaded and collected, whose ids return")
    void modules() {
        scale.modules(150);
    }
}
