package io.codetag.spring;

import io.codetag.AllocTags;
import io.codetag.StorageFacts;
import io.codetag.allocator.PageAllocator;
import io.codetag.spring.RunningApplication.Plain;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** An application that attaches an allocator and says where its references are kept. */
final class StartProgram {
    private StartProgram() {}

    @SuppressWarnings("SystemOut") // it is read by the test
    public static void main(String[] args) {
        if (Boolean.getBoolean("early")) {
            AllocTags.start();
        }
        new SpringApplicationBuilder(Plain.class).web(WebApplicationType.NONE).run(args);
        try (PageAllocator allocator = PageAllocator.builder("pool", 16).build()) {
            final StorageFacts facts = allocator.tagger().storage();
            System.out.println("store " + facts.store() + ", needed " + facts.neededTags());
        }
    }
}
