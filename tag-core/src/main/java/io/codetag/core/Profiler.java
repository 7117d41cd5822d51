package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.TagSpace;
import io.codetag.spi.RecordingSwitch;
import io.codetag.spi.TagCodes;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The profiler: counts live bytes and calls for each tag, chooses where references are kept, and reports.
 *
 * <p>One stands behind {@link AllocTags} for the whole process; {@link #get()} returns it. Tests and embedders build
 * isolated ones, each with a tag space of its own.
 *
 * <pre>{@code
 * for (AllocEntry entry : Profiler.get().snapshot().top(10).entries()) {
 *     System.out.println(entry.counts().bytes() + " " + entry.place());
 * }
 * }</pre>
 *
 * <p><b>Thread safety.</b> Safe.
 *
 * @since 0.1
 */
public final class Profiler implements AutoCloseable {
    private static volatile @Nullable Profiler processWide;

    private final String name;
    private final TagSpace space;
    private final Settings settings;
    private final StoreCatalog catalog;
    private final TagRegistry registry = new TagRegistry();
    private final Charges charges;
    private final List<Attachment> attachments = new CopyOnWriteArrayList<>();
    private final ReferenceQueue<AttachedPages> collected = new ReferenceQueue<>();
    private final Misuse misuse;
    private final Listeners listeners = new Listeners();
    private final AtomicLong firstUseFailures = new AtomicLong();
    private final AtomicBoolean reportingTop = new AtomicBoolean();
    private final Engine engine;
    private volatile ProfilingState state;

    /** Whether there may be a tag of which it was not said yet that its counters could not be kept. */
    private volatile boolean countersLost;

    /** Of the last time that profiling was switched off. Guarded by this. */
    private DrainProof drainProof = new DrainProof();

    private volatile @Nullable ProfilerManagement management;

    private Profiler(String name, TagSpace space, Settings settings, boolean managed) {
        this.name = name;
        this.space = space;
        this.settings = settings;
        this.catalog = StoreCatalog.discover();
        this.charges = new Charges(registry, settings.stripes(), () -> state == ProfilingState.ON);
        this.misuse = new Misuse(settings.debug(), settings.profiling() == Settings.Start.ON);
        this.state = switch (settings.profiling()) {
            case ON -> ProfilingState.ON;
            case OFF -> ProfilingState.COLD;
            case NEVER -> ProfilingState.NEVER;
        };
        this.engine = new Engine(this);
        CallSites.warm();
        if (managed) {
            Daemon.executeSlow(() -> management = ProfilerManagement.register(new ProfilerReports(this)));
        }
    }

    static Profiler createDefault(TagSpace space) {
        final Profiler profiler = new Profiler("default", space, Settings.read(Map.of()), true);
        processWide = profiler;
        profiler.begin();
        Daemon.executeSlow(() -> Listeners.discover(profiler));
        return profiler;
    }

    static Profiler createIsolated(String name, Settings settings, boolean managed) {
        final TagSpace space = new TagSpace();
        final Profiler profiler = new Profiler(name, space, settings, managed);
        space.connect(profiler.engine());
        profiler.begin();
        return profiler;
    }

    /**
     * Returns the process-wide profiler, starting it if need be.
     *
     * @return the profiler
     * @throws IllegalArgumentException if a setting is wrong; the message names it and what is accepted
     * @throws IllegalStateException if another implementation stands behind {@link AllocTags}
     */
    public static Profiler get() {
        AllocTags.start();
        final Profiler profiler = processWide;
        if (profiler == null) {
            throw new IllegalStateException("the process-wide profiler is not that of codetag-core");
        }
        return profiler;
    }

    /**
     * Begins an isolated profiler with a tag space of its own. It lives until it is closed, or neither it nor one of its
     * taggers is reachable.
     *
     * @return a builder
     */
    public static ProfilerBuilder builder() {
        return new ProfilerBuilder();
    }

    /**
     * Returns the name.
     *
     * @return {@code default} for the process-wide profiler
     */
    public String name() {
        return name;
    }

    /**
     * Returns the tag space whose handles are recorded.
     *
     * @return the space
     */
    public TagSpace space() {
        return space;
    }

    /**
     * Declares a tag of this profiler's space at the caller.
     *
     * @return the tag; the same one whenever the same call is executed again
     */
    public AllocTag here() {
        return space.here(Profiler.class);
    }

    /**
     * Loads a named module into this profiler's space: all its tags get their ids in one step, or none does.
     *
     * @param moduleName the module's name, not blank
     * @param places where its tags are
     * @return the module
     * @throws IllegalStateException if the ids do not suffice
     */
    public CodeModule load(String moduleName, List<CodeTag> places) {
        return space.load(moduleName, places);
    }

    /**
     * Attaches an allocator to this profiler.
     *
     * @param spec the allocator's pages
     * @return its tagger
     * @throws IllegalArgumentException if a backend was asked for that is not there or cannot serve
     */
    public PageTagger attach(PageSpec spec) {
        return attach(spec, CallSites.callerPackage());
    }

    /**
     * Credits memory that is no page, as {@link AllocTags#discharge} does for the process-wide profiler.
     *
     * @param reference what {@link AllocTag#charge} returned; 0 does nothing
     * @param bytes how much was charged
     */
    public void discharge(int reference, long bytes) {
        if (reference != TagCodes.NONE && RecordingSwitch.freeing() && !charges.discharge(reference, bytes)) {
            countersLost(reference);
        }
    }

    /**
     * Reads all tags that are loaded or own bytes.
     *
     * @return the report, by ascending code
     */
    public AllocInfo snapshot() {
        return snapshot(AllocFilter.ALL);
    }

    /**
     * Reads the tags that match a filter; counters are summed only where the filter needs them or the tag is returned. A
     * census looks at all pages once.
     *
     * @param filter the filter
     * @return the report, by ascending code
     */
    public AllocInfo snapshot(AllocFilter filter) {
        return new Snapshots(registry, this::readings).take(filter);
    }

    /**
     * Sums up. Walks the blocks of every allocator that tells them, to find what is untracked.
     *
     * @return the totals at this moment
     */
    public ProfilerTotals totals() {
        final int bound = registry.codeBound();
        final List<PageTotals> pages = new ArrayList<>();
        for (Attachment attachment : attachments) {
            final AttachedPages attached = attachment.pages();
            pages.add(attached == null ? attachment.totals(bound) : attached.totals());
        }
        return new ProfilerTotals(pages, Readings.total(List.of(charges.ledger()), bound), ownBytes());
    }

    /**
     * Sums up what is recorded, without looking for what is untracked: takes time for each tag, but none for each page
     * unless a census is taken.
     *
     * @return the totals at this moment; what is untracked is empty
     */
    public ProfilerTotals recordedTotals() {
        final int bound = registry.codeBound();
        final List<PageTotals> pages = new ArrayList<>();
        for (Attachment attachment : attachments) {
            pages.add(attachment.totals(bound));
        }
        return new ProfilerTotals(pages, Readings.total(List.of(charges.ledger()), bound), ownBytes());
    }

    /**
     * Says where the references of each attached allocator are kept, and why.
     *
     * @return the facts at this moment
     */
    public List<StorageFacts> storage() {
        final List<StorageFacts> facts = new ArrayList<>();
        for (Attachment attachment : attachments) {
            final AttachedPages attached = attachment.pages();
            if (attached != null) {
                facts.add(attached.storage());
            }
        }
        return facts;
    }

    /**
     * Returns the content id: it changes whenever a tag or a module comes or goes, so that two equal reads around
     * another one tell that both saw one set of tags.
     *
     * @return the id
     */
    public long contentId() {
        return registry.contentId();
    }

    /**
     * Returns the state of profiling.
     *
     * @return the state
     */
    public ProfilingState state() {
        return state;
    }

    /**
     * Switches recording on or off. Counters stay exact: what was recorded is credited when it is freed, also while
     * off.
     *
     * @param on whether allocations are recorded from now on
     * @throws IllegalStateException if profiling was set to {@code never}
     */
    public synchronized void record(boolean on) {
        if (state == ProfilingState.NEVER) {
            if (on) {
                throw new IllegalStateException("profiling was set to 'never' at start, and that holds until the"
                        + " process ends; start with codetag.profiling=0 to switch it on later");
            }
            return;
        }
        if (on) {
            state = ProfilingState.ON;
            SwitchBoard.update();
            forEachPages(pages -> pages.recording(true));
        } else if (state == ProfilingState.ON) {
            state = ProfilingState.DRAINING;
            misuse.switchedOff();
            forEachPages(pages -> pages.recording(false));
            SwitchBoard.update();
            drainProof = new DrainProof();
            Daemon.execute(this::settle);
        }
    }

    /**
     * Adds a listener. It is told of what happens from now on.
     *
     * @param listener the listener, which serves no other profiler
     */
    public void addListener(ProfilerListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"), this);
    }

    /**
     * Removes a listener.
     *
     * @param listener the listener
     * @return whether it was there
     */
    public boolean removeListener(ProfilerListener listener) {
        return listeners.remove(listener);
    }

    /**
     * Returns how many allocations stayed untracked because the first use of their tag failed for want of memory, or
     * needed memory from the allocator that was being recorded.
     *
     * @return allocations since start
     */
    public long firstUseFailures() {
        return firstUseFailures.get();
    }

    /**
     * Returns how many calls of attached allocators were ignored because they named a page or an order out of range.
     *
     * @return calls since each was attached; an allocator that was detached does not count
     */
    public long outOfRangeCalls() {
        long calls = 0;
        for (Attachment attachment : attachments) {
            final AttachedPages pages = attachment.pages();
            calls += pages == null ? 0 : pages.outOfRangeCount();
        }
        return calls;
    }

    /** Waits until every message logged so far has been written, at most some seconds. */
    public void flush() {
        Daemon.flush();
    }

    /**
     * Ends an isolated profiler: its allocators are detached, and nothing is recorded any more. The process-wide one
     * stays as long as the process.
     */
    @Override
    public void close() {
        if (this == processWide) {
            return;
        }
        synchronized (this) {
            state = ProfilingState.NEVER;
        }
        forEachPages(AttachedPages::close);
        space.disconnect();
        SwitchBoard.remove(this);
        Daemon.unwatch(this);
        listeners.removeAll();
        Daemon.executeSlow(
                () -> { // in order with what registers
                    final ProfilerManagement registered = management;
                    if (registered != null) {
                        registered.unregister();
                    }
                });
    }

    Engine engine() {
        return engine;
    }

    TagRegistry registry() {
        return registry;
    }

    PageTagger attach(PageSpec spec, String callerPackage) {
        final int inUse = registry.inUse() + space.declaredUnused() + TagCodes.FIRST_TAG - 1;
        final int needed = Math.max(registry.codeBound() - 1, inUse) + settings.headroom();
        final OpenedStores opened = state == ProfilingState.NEVER
                ? OpenedStores.open(StoreChoice.nothing(spec, "profiling is set to never"))
                : new StoreSelector(catalog, spec, settings, needed).open();
        final StoreChoice choice = opened.choice();
        final boolean census =
                settings.accounting() == Accounting.CENSUS && spec.orders() != null && opened.references() != null;
        final Ledger ledger = census
                ? new CensusLedger()
                : CounterLedger.ofPages(spec.pageSize(), spec.maxOrder(), settings.stripes());
        final Attachment attachment = new Attachment(spec.name(), ledger);
        final String allocatorPackage = Objects.requireNonNullElse(spec.allocatorPackage(), callerPackage);
        final PageTagger.Placement placement = opened.placement().debug(misuse.isOn());
        final PageTagger tagger = PageTagger.create(space, spec, placement, ledger.stripes(), control -> {
            final AttachedPages pages =
                    new AttachedPages(this, attachment, control, spec, allocatorPackage, choice, opened.references());
            attachment.bind(pages, collected);
            return pages;
        });
        synchronized (this) {
            attachments.add(attachment);
            final AttachedPages pages = attachment.pages();
            if (pages != null) {
                pages.recording(state == ProfilingState.ON);
            }
        }
        StorageMessages.announce(tagger.storage(), choice, opened.failure(), settings.accounting(), census);
        Daemon.execute(() -> tellNames(attachment));
        return tagger;
    }

    int charge(int code, long bytes) {
        if (state != ProfilingState.ON) {
            return TagCodes.NONE;
        }
        final int charged = charges.charge(code, bytes);
        if (charged == Charges.NO_MEMORY) {
            countersLost(code);
            return TagCodes.NONE;
        }
        return charged;
    }

    AllocCounts counts(int code) {
        return Readings.live(readings(), code);
    }

    void firstUseFailed() {
        final boolean first = firstUseFailures.getAndIncrement() == 0;
        try {
            if (first) {
                Daemon.warn(
                        Message.FIRST_USE_FAILED,
                        "the first use of a tag failed or re-entered; such allocations stay untracked, resolve() the"
                                + " tag beforehand to avoid it");
            }
            if (registry.isFull() && registry.firstFull()) {
                Daemon.warn(
                        Message.IDS_EXHAUSTED,
                        "all " + TagRegistry.MAX_TAGS
                                + " tag ids are in use; allocations by further tags are untracked");
            }
        } catch (OutOfMemoryError again) {
            return; // it is counted
        }
    }

    Misuse misuse() {
        return misuse;
    }

    /** Marks a tag whose reference was lost. */
    void markInaccurate(int code) {
        final TagRecord record = registry.record(code);
        if (record != null) {
            record.markInaccurate();
        }
    }

    /** Marks a tag whose counters could not be kept, and says so: at once, or when there is memory for the message. */
    void countersLost(int code) {
        final TagRecord record = registry.record(code);
        if (record != null && record.isAccurate()) {
            record.loseCounts();
            countersLost = true;
            try {
                Daemon.execute(() -> tellLoss(record));
            } catch (OutOfMemoryError again) {
                return; // the report tells it too
            }
        }
    }

    private static void tellLoss(TagRecord record) {
        if (record.tellLoss()) {
            Daemon.warn(
                    Message.COUNTERS_INACCURATE,
                    "the counters of " + PlaceText.of(record.place()) + " are not exact any more");
        }
    }

    /** Marks every tag that owns pages of an allocator; they cannot be credited any more. */
    void markLiveInaccurate(Attachment attachment) {
        final List<Reading> read = attachment.read();
        for (TagRecord record : registry.snapshot()) {
            // A census of a failed store finds nothing: each tag may own pages there.
            if (attachment.isCensus() || Readings.live(read, record.code()).calls() != 0) {
                record.markInaccurate();
            }
        }
    }

    void decideOverflow(int largestCode) {
        forEachPages(pages -> pages.decideOverflow(largestCode));
    }

    /** Tells the stores the name behind a code; on the daemon thread. */
    void tellName(int code) {
        final TagRecord record = registry.record(code);
        if (record != null) {
            final CodeTag place = record.place();
            forEachPages(pages -> pages.named(code, place));
        }
    }

    void detached(Attachment attachment, Message message) {
        if (attachments.remove(attachment)) {
            StorageMessages.detached(registry, attachment, message);
        }
    }

    void storageChanged(AttachedPages pages, StorageChange.Kind kind, String reason) {
        listeners.tell(() -> new StorageChange(kind, pages.storage(), reason), ProfilerListener::storageChanged);
    }

    /** Logs what an unloaded module left behind, and tells who listens. */
    void unloaded(Module module) {
        final List<Reading> read = readings();
        AllocCounts left = AllocCounts.ZERO;
        int tags = 0;
        for (TagRecord record : registry.snapshot()) {
            if (record.module() == module) {
                final AllocCounts live = Readings.live(read, record.code());
                if (live.calls() != 0 || live.bytes() != 0) {
                    left = left.plus(live);
                    tags++;
                    Daemon.warn(
                            Message.MODULE_UNLOADED_LIVE,
                            "the module of " + PlaceText.of(record.place()) + " was unloaded while it owns "
                                    + live.bytes() + " bytes in " + live.calls() + " calls");
                }
            }
        }
        final int owning = tags;
        final AllocCounts behind = left;
        listeners.tell(() -> new ModuleUnload(module.name(), owning, behind), ProfilerListener::moduleUnloaded);
    }

    /** Logs the ten largest tags, on the daemon thread; skipped while an earlier log is being written. */
    void reportTop(PageSpec spec, int order) {
        if (!reportingTop.compareAndSet(false, true)) {
            return;
        }
        try {
            final boolean taken = Daemon.executeAlways(() -> {
                try {
                    final String heading = "allocator '" + spec.name() + "' could not serve " + (1L << order)
                            + " pages of " + spec.pageSize() + " bytes";
                    StorageMessages.top(heading, snapshot(), state);
                } finally {
                    reportingTop.set(false);
                }
            });
            if (!taken) {
                reportingTop.set(false);
            }
        } catch (OutOfMemoryError none) {
            reportingTop.set(false);
        }
    }

    /** Looks after what is collected, unloaded or drained; about once a second on the daemon thread. */
    synchronized void housekeep() {
        for (var gone = collected.poll(); gone != null; gone = collected.poll()) {
            detached(((Attachment.Reference) gone).attachment(), Message.ALLOCATOR_COLLECTED_LIVE);
        }
        forEachPages(AttachedPages::reportFailure);
        if (countersLost) {
            countersLost = false;
            registry.snapshot().forEach(Profiler::tellLoss);
        }
        registry.unloadCollected().forEach(this::unloaded);
        if (settings.accounting() == Accounting.COUNTERS) { // a census may overlook a block that moves
            registry.recycle(code -> {
                final AllocCounts live = counts(code);
                return live.calls() == 0 && live.bytes() == 0;
            });
        }
        forEachPages(AttachedPages::returnIfFits);
        registry.forgetEmptyModules();
        settle();
    }

    /** Goes from draining to cold if nothing recorded is live and nobody is recording. */
    synchronized void settle() {
        if (state == ProfilingState.DRAINING && !isLive() && nothingRecorded()) {
            state = ProfilingState.COLD;
            SwitchBoard.update();
        }
    }

    private void begin() {
        SwitchBoard.add(this);
        Daemon.watch(this);
    }

    /** Says whether nobody is recording any more, and then nothing is live. */
    private boolean nothingRecorded() {
        final Set<String> stamping = new HashSet<>();
        forEachPages(pages -> {
            final String inPackage = pages.stampingPackage();
            if (inPackage != null) {
                stamping.add(inPackage);
            }
        });
        if (!drainProof.nobodyRecords(stamping)) {
            return false;
        }
        final long moves = moves();
        return moves >= 0 && !isLive() && moves == moves();
    }

    private boolean isLive() {
        final List<Reading> counters = new ArrayList<>();
        counters.add(charges.ledger());
        for (Attachment attachment : attachments) {
            if (attachment.isTagged()) {
                return true;
            }
            if (!attachment.isCensus()) {
                counters.add(attachment.ledger().read());
            }
        }
        final AllocCounts live = Readings.total(counters, registry.codeBound());
        return live.calls() != 0 || live.bytes() != 0;
    }

    /** Says how often references were exchanged; -1 if some are being exchanged. */
    private long moves() {
        long sum = 0;
        for (Attachment attachment : attachments) {
            final long moves = attachment.moves();
            if (moves < 0) {
                return -1;
            }
            sum += moves;
        }
        return sum;
    }

    private List<Reading> readings() {
        final List<Reading> readings = new ArrayList<>();
        for (Ledger ledger : ledgers()) {
            readings.add(ledger.read());
        }
        return readings;
    }

    private List<Ledger> ledgers() {
        final List<Ledger> ledgers = new ArrayList<>();
        ledgers.add(charges.ledger());
        for (Attachment attachment : attachments) {
            ledgers.add(attachment.ledger());
        }
        return ledgers;
    }

    private long ownBytes() {
        long bytes = registry.bytesOccupied();
        for (Ledger ledger : ledgers()) {
            bytes += ledger.bytesOccupied();
        }
        for (Attachment attachment : attachments) {
            final AttachedPages pages = attachment.pages();
            bytes += pages == null ? 0 : pages.bytesOccupied();
        }
        return bytes;
    }

    private void tellNames(Attachment attachment) {
        for (TagRecord record : registry.snapshot()) {
            final AttachedPages pages = attachment.pages();
            if (pages == null) {
                return;
            }
            pages.named(record.code(), record.place());
        }
    }

    private void forEachPages(java.util.function.Consumer<AttachedPages> action) {
        for (Attachment attachment : attachments) {
            final AttachedPages pages = attachment.pages();
            if (pages != null) {
                action.accept(pages);
            }
        }
    }
}
