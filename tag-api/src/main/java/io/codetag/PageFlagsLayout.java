package io.codetag;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes the 64-bit flag word that an allocator keeps for each page: its named fields, and with them what is unused.
 *
 * <p>The tag field takes the longest run of unused bits. Of a run longer than needed or than the budget, the lower part
 * is used: the field keeps its shift for ever and narrows from the top.
 *
 * <pre>
 *   63                    16 15       8 7      4 3      0
 *   +-----------------------+----------+--------+--------+
 *   |        unused         |  refs    | order  | state  |
 *   +-----------------------+----------+--------+--------+
 *      budget 12: ····TTTTTTTTTTTT   tag field = shift 16, 12 bits, codes 0 … 4 095, 4 093 tags
 * </pre>
 *
 * <p><b>Who writes.</b> An allocator that changes other fields of a word concurrently with the owner of the page uses
 * the general operations of {@link PageTagger}: the tag field then changes by compare-and-set only. An allocator whose
 * owner rewrites the word anyway uses the fused operations.
 *
 * <p><b>Yielding.</b> Tags are the lowest-priority tenant. An allocator that may claim bits later gives a {@link
 * Quiescence}; it never caches where the tag field is, and keeps every bit of a word that it does not own. Without a
 * quiescence no bit that tags occupy can be claimed while the program runs: see {@link PageTagger#claimBits}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class PageFlagsLayout {
    /** The most bits a tag field can have: codes are positive {@code int}s. */
    public static final int MAX_TAG_BITS = 31;

    private final List<Field> fields;
    private final @Nullable Quiescence quiescence;
    private final long used;

    private PageFlagsLayout(List<Field> fields, long used, @Nullable Quiescence quiescence) {
        this.fields = List.copyOf(fields);
        this.used = used;
        this.quiescence = quiescence;
    }

    /**
     * Begins a description.
     *
     * @return a builder without fields
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the allocator's own fields in the order in which they were named.
     *
     * @return the fields; unmodifiable
     */
    public List<Field> fields() {
        return fields;
    }

    /**
     * Returns the bits that no field covers.
     *
     * @return a mask
     */
    public long unusedMask() {
        return ~used;
    }

    /**
     * Returns this layout with one more field.
     *
     * @param field some of the unused bits
     * @return a new layout
     * @throws IllegalArgumentException if the bits are another field's, or the name is taken
     */
    public PageFlagsLayout with(Field field) {
        final Builder builder = builder();
        fields.forEach(own -> builder.field(own.name(), own.shift(), own.bits()));
        builder.field(field.name(), field.shift(), field.bits());
        builder.quiescence = quiescence;
        return builder.build();
    }

    /**
     * Returns the length of the longest run of bits that no field covers.
     *
     * @return bits, 0 to 64
     */
    public int longestUnusedRun() {
        return longestRun().bits();
    }

    /**
     * Returns the bits that tags would take.
     *
     * @param maxBits the budget, 0 to 64
     * @return the field; null if it would hold no tag (fewer than 2 bits)
     */
    public @Nullable Field tagField(int maxBits) {
        final Run run = longestRun();
        final int bits = Math.min(Math.min(run.bits(), maxBits), MAX_TAG_BITS);
        return bits < 2 ? null : new Field("tag", run.shift(), bits);
    }

    /**
     * Returns the handshake by which bits can be claimed while the program runs.
     *
     * @return the handshake; null if this allocator cannot quiesce
     */
    public @Nullable Quiescence quiescence() {
        return quiescence;
    }

    @Override
    public String toString() {
        return "PageFlagsLayout" + fields;
    }

    private Run longestRun() {
        Run longest = new Run(0, 0);
        for (int shift = 0; shift < Long.SIZE; ) {
            final int bits = Math.min(Long.numberOfTrailingZeros(used >>> shift), Long.SIZE - shift);
            if (bits > longest.bits()) {
                longest = new Run(shift, bits);
            }
            shift += Math.max(1, bits);
        }
        return longest;
    }

    /**
     * Some neighbouring bits of a word.
     *
     * @param name what they are
     * @param shift the lowest bit, 0 to 63
     * @param bits how many, 1 to 64 - shift
     * @since 0.1
     */
    public record Field(String name, int shift, int bits) {
        /**
         * Checks the ranges.
         *
         * @param name what the bits are
         * @param shift the lowest bit
         * @param bits how many
         */
        public Field {
            Objects.requireNonNull(name, "name");
            if (name.isBlank()) {
                throw new IllegalArgumentException("a field of the flag word needs a name");
            }
            if (shift < 0 || bits < 1 || shift + (long) bits > Long.SIZE) {
                throw new IllegalArgumentException("field " + name + " has shift " + shift + " and " + bits
                        + " bits; a flag word has bits 0 to 63");
            }
        }

        /**
         * Returns the bits of this field.
         *
         * @return a mask over the word
         */
        public long mask() {
            return (-1L >>> (Long.SIZE - bits)) << shift;
        }

        /**
         * Reads this field.
         *
         * @param word a flag word
         * @return the value, unsigned
         */
        public long get(long word) {
            return (word & mask()) >>> shift;
        }

        /**
         * Replaces this field; bits of the value that do not fit are dropped.
         *
         * @param word a flag word
         * @param value the new value
         * @return the new word
         */
        public long set(long word, long value) {
            return (word & ~mask()) | ((value << shift) & mask());
        }

        /**
         * Returns the largest code this field can hold.
         *
         * @return 2<sup>bits</sup> - 1, at most {@code Integer.MAX_VALUE}
         */
        public int maxCode() {
            return bits >= MAX_TAG_BITS ? Integer.MAX_VALUE : (1 << bits) - 1;
        }
    }

    /** Neighbouring bits without a name; none if there are 0. */
    private record Run(int shift, int bits) {}

    /**
     * Collects the fields of a word.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final List<Field> fields = new ArrayList<>();
        private @Nullable Quiescence quiescence;
        private long used;

        private Builder() {}

        /**
         * Names some bits as the allocator's own.
         *
         * @param name what they are
         * @param shift the lowest bit, 0 to 63
         * @param bits how many
         * @return this builder
         * @throws IllegalArgumentException if the bits are not there, are another field's, or the name is taken
         */
        public Builder field(String name, int shift, int bits) {
            final Field added = new Field(name, shift, bits);
            for (Field field : fields) {
                if (field.name().equals(name)) {
                    throw new IllegalArgumentException("two fields of the flag word are named " + name);
                }
                if ((field.mask() & added.mask()) != 0) {
                    throw new IllegalArgumentException("field " + name + " (bits " + shift + " to "
                            + (shift + bits - 1) + ") overlaps field " + field.name() + " (bits " + field.shift()
                            + " to " + (field.shift() + field.bits() - 1) + ")");
                }
            }
            fields.add(added);
            used |= added.mask();
            return this;
        }

        /**
         * Says how bits can be claimed while the program runs.
         *
         * @param handshake waits until every stamped word is stored
         * @return this builder
         */
        public Builder quiescence(Quiescence handshake) {
            quiescence = Objects.requireNonNull(handshake, "handshake");
            return this;
        }

        /**
         * Makes the layout.
         *
         * @return the layout
         */
        public PageFlagsLayout build() {
            return new PageFlagsLayout(fields, used, quiescence);
        }
    }
}
