package io.codetag.examples.custombackend;

import java.util.Optional;

/**
 * One line of what the server says it holds, in the form {@code held CODE PAGES PLACE}.
 *
 * @param code the tag's code
 * @param pages how many pages it holds
 * @param place where they were allocated
 */
record HeldLine(int code, long pages, String place) {
    private static final String WORD = "held";

    static Optional<HeldLine> parse(String line) {
        final String[] words = line.split(" ", 4);
        return words.length == 4 && words[0].equals(WORD)
                ? Optional.of(new HeldLine(Integer.parseInt(words[1]), Long.parseLong(words[2]), words[3]))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return WORD + ' ' + code + ' ' + pages + ' ' + place;
    }
}
