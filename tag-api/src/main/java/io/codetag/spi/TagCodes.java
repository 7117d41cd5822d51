package io.codetag.spi;

/**
 * The reserved codes of a reference, the same in every store of every width.
 *
 * <pre>
 *   0         none      never set, or freed
 *   1         empty     deliberately untracked; its free is silent
 *   2         escaped   the reference is in the overflow store
 *   3 …       a tag     code = tag id + 3
 * </pre>
 *
 * A store whose largest code is {@code m} addresses {@code m - 2} tags.
 *
 * @since 0.1
 */
public final class TagCodes {
    /** The page has no reference. */
    public static final int NONE = 0;

    /** The page is deliberately untracked. */
    public static final int EMPTY = 1;

    /** The reference did not fit and is in the overflow store. */
    public static final int ESCAPED = 2;

    /** The code of the tag with id 0, and the number of reserved codes. */
    public static final int FIRST_TAG = 3;

    private TagCodes() {}

    /**
     * Says how many tags codes up to {@code largestCode} can name.
     *
     * @param largestCode the largest code that a store holds
     * @return the number of tags, 0 or more
     */
    public static int addressableTags(int largestCode) {
        return Math.max(0, largestCode - (FIRST_TAG - 1));
    }
}
