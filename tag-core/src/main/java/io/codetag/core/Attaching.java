package io.codetag.core;

import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import io.codetag.spi.TagCodes;
import java.util.Objects;

/**
 * How an allocator comes to a profiler: its stores are chosen and opened, its ledger and its tagger made.
 *
 * <p><b>Thread safety.</b> Safe; what is attached twice at once is attached twice.
 */
final class Attaching {
    private final Profiler profiler;
    private final Settings settings;
    private final StoreCatalog catalog;
    private final Attachments attachments;

    Attaching(Profiler profiler, Settings settings, StoreCatalog catalog, Attachments attachments) {
        this.profiler = profiler;
        this.settings = settings;
        this.catalog = catalog;
        this.attachments = attachments;
    }

    PageTagger attach(PageSpec spec, String callerPackage) {
        final OpenedStores opened = open(spec);
        final StoreChoice choice = opened.choice();
        final boolean census =
                settings.accounting() == Accounting.CENSUS && spec.orders() != null && opened.references() != null;
        final Ledger ledger = census
                ? new CensusLedger()
                : CounterLedger.ofPages(spec.pageSize(), spec.maxOrder(), settings.stripes());
        final Attachment attachment = new Attachment(spec.name(), ledger);
        final String allocatorPackage = Objects.requireNonNullElse(spec.allocatorPackage(), callerPackage);
        final boolean debug = profiler.misuse().isOn();
        final PageTagger.Placement placement = opened.placement().debug(debug);
        final PageTagger tagger = PageTagger.create(profiler.space(), spec, placement, ledger.stripes(), control -> {
            final AttachedPages pages = new AttachedPages(
                    profiler, attachment, control, spec, allocatorPackage, choice, opened.references());
            attachment.bind(pages, attachments.collected());
            return pages;
        });
        profiler.attached(attachment);
        StorageMessages.announce(tagger.storage(), choice, opened.failure(), settings.accounting(), census);
        Daemon.execute(() -> tellNames(attachment));
        return tagger;
    }

    private OpenedStores open(PageSpec spec) {
        final TagRegistry registry = profiler.registry();
        final int inUse = registry.inUse() + profiler.space().declaredUnused() + TagCodes.FIRST_TAG - 1;
        final int needed = Math.max(registry.codeBound() - 1, inUse) + settings.headroom();
        return profiler.state() == ProfilingState.NEVER
                ? OpenedStores.open(StoreChoice.nothing(spec, "profiling is set to never"))
                : new StoreSelector(catalog, spec, settings, needed).open();
    }

    private void tellNames(Attachment attachment) {
        for (TagRecord record : profiler.registry().snapshot()) {
            final AttachedPages pages = attachment.pages();
            if (pages == null) {
                return;
            }
            pages.named(record.code(), record.place());
        }
    }
}
