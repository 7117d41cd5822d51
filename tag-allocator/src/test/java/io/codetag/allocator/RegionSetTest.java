package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A set of regions")
class RegionSetTest {
    @DisplayName("finds the same lowest member as a sorted set")
    @ParameterizedTest(name = "seed {0}, {1} regions")
    @CsvSource({"1, 1", "2, 63", "3, 64", "4, 65", "5, 4096", "6, 4097", "7, 300000"})
    void lowestMember(long seed, int bound) {
        final Random random = new Random(seed);
        final RegionSet set = new RegionSet(bound);
        final TreeSet<Integer> model = new TreeSet<>();
        int reserved = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(3) == 0 && !model.isEmpty()) {
                final int region = random.nextBoolean() ? model.first() : model.last();
                set.remove(region);
                model.remove(region);
            } else {
                final int region = random.nextInt(Math.min(bound, (int) (1 + (long) step * bound / 20_000)));
                if (region >= reserved) {
                    reserved = region + 1;
                    set.reserve(reserved);
                }
                set.add(region);
                model.add(region);
            }
            assertEquals(model.isEmpty() ? -1 : model.first(), set.first(), "at step " + step);
        }
    }
}
