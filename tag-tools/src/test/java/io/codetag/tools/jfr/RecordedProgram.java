package io.codetag.tools.jfr;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** A program that holds pages while it is recorded, and takes more when it is told to. */
final class RecordedProgram {
    static final int PAGE = 4096;

    private static final AllocTag INDEX = AllocTags.here();

    private final PageTagger tagger =
            AllocTags.attach(PageSpec.builder("pool", 1 << 20, PAGE).build());
    private long nextPfn;

    private RecordedProgram() {}

    public static void main(String[] args) throws IOException {
        final RecordedProgram program = new RecordedProgram();
        program.index();
        program.readAhead(1);
        System.out.println("ready");
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                switch (line) {
                    case "more" -> program.readAhead(7);
                    case "plugins" -> program.plugins(500);
                    default -> throw new IllegalArgumentException(line);
                }
                System.out.println("done");
            }
        }
    }

    /** Three pages of a tag that is declared elsewhere than used. */
    private void index() {
        for (int i = 0; i < 3; i++) {
            tagger.add(nextPfn++, 0, INDEX);
        }
    }

    private void readAhead(int pages) {
        final AllocTag here = AllocTags.here();
        for (int i = 0; i < pages; i++) {
            tagger.add(nextPfn++, 0, here);
        }
    }

    /** One page for each of many tags of a module with a name that no one would give. */
    private void plugins(int tags) {
        final CodeModule module = CodeModule.load(
                "plug\n\u001B\u03B1",
                IntStream.range(0, tags)
                        .mapToObj(i -> CodeTag.of("com.acme.Plugin$Inner", "Plugin.java", i + 1, "<init>\t"))
                        .toList());
        for (AllocTag tag : module.tags()) {
            tagger.add(nextPfn++, 0, tag);
        }
    }
}
