package io.codetag.moduletests;

import java.util.List;

/**
 * A method that every allocation, every free or every charge goes through, overloads included. The one list of them.
 *
 * @param module where it is
 * @param type its class, by its binary name
 * @param name its name
 */
record HotMethod(LibraryModule module, String type, String name) {
    static final List<HotMethod> ALL = List.of(
            hot(LibraryModule.API, "io.codetag.PageTagger", "add"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "sub"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "stamp"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "unstamp"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "stampFar"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "unstampFar"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "putIntoSlot"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "takeFromSlot"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "addToWord"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "subFromWord"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "took"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "gave"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "place"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "remove"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "credit"),
            hot(LibraryModule.API, "io.codetag.PageTagger", "inRange"),
            hot(LibraryModule.API, "io.codetag.AllocTag", "code"),
            hot(LibraryModule.API, "io.codetag.AllocTag", "ticket"),
            hot(LibraryModule.API, "io.codetag.AllocTag", "charge"),
            hot(LibraryModule.API, "io.codetag.AllocTags", "discharge"),
            hot(LibraryModule.API, "io.codetag.spi.RecordingSwitch", "allocating"),
            hot(LibraryModule.API, "io.codetag.spi.RecordingSwitch", "freeing"),
            hot(LibraryModule.API, "io.codetag.spi.TagStripe", "prepare"),
            hot(LibraryModule.API, "io.codetag.spi.TagStripe", "isPrepared"),
            hot(LibraryModule.API, "io.codetag.spi.TagStripe", "takeNear"),
            hot(LibraryModule.API, "io.codetag.spi.TagStripe", "giveNear"),
            hot(LibraryModule.API, "io.codetag.spi.PageSections", "slotsIfSeen"),
            hot(LibraryModule.API, "io.codetag.spi.TagStripe", "take"),
            hot(LibraryModule.API, "io.codetag.spi.TagStripe", "give"),
            hot(LibraryModule.API, "io.codetag.ChargeLease", "charge"),
            hot(LibraryModule.API, "io.codetag.ChargeLease", "discharge"),
            hot(LibraryModule.CORE, "io.codetag.core.Charges", "charge"),
            hot(LibraryModule.CORE, "io.codetag.core.Charges", "discharge"),
            hot(LibraryModule.CORE, "io.codetag.core.StripePool", "current"),
            hot(LibraryModule.CORE, "io.codetag.core.AttachedPages", "admit"),
            hot(LibraryModule.CORE, "io.codetag.core.AttachedPages", "exchange"),
            hot(LibraryModule.CORE, "io.codetag.core.References", "exchange"),
            hot(LibraryModule.PAGEFLAGS, "io.codetag.pageflags.PageFlagsStore", "getAndSet"),
            hot(LibraryModule.PAGEEXT, "io.codetag.pageext.PageExtStore", "getAndSet"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageAllocator", "allocate"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageAllocator", "tryAllocate"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageAllocator", "free"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.LocalPages", "allocate"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.LocalPages", "tryAllocate"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.LocalPages", "free"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageCaches", "allocate"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageCaches", "free"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageCaches", "ofThread"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageCache", "allocate"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageCache", "free"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageCache", "enter"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageCache", "leave"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageCache", "push"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.BlockTags", "handOut"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.BlockTags", "takeBack"),
            hot(LibraryModule.ALLOCATOR, "io.codetag.allocator.PageWords", "ensure"));

    private static HotMethod hot(LibraryModule module, String type, String name) {
        return new HotMethod(module, type, name);
    }

    @Override
    public String toString() {
        return type + "." + name;
    }
}
