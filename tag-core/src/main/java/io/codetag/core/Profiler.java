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
import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final TagRegistry registry = new TagRegistry();
    private final Charges charges;
    private final Attachments attachments = new Attachments();
    private final Attaching attaching;
    private final Misuse misuse;
    private final Listeners listeners = new Listeners();
    private final InaccurateTags inaccurate = new InaccurateTags(registry);
    private final FirstUseFailures firstUseFailures = new FirstUseFailures(registry);
    private final FailedAllocations failedAllocations = new FailedAllocations(this);
    private final Housekeeping housekeeping;
    private final Draining draining;
    private final Engine engine;
    private volatile ProfilingState state;

    private volatile @Nullable ProfilerManagement management;

    private Profiler(String name, TagSpace space, Settings settings, boolean managed) {
        this.name = name;
        this.space = space;
        this.attaching = new Attaching(this, settings, StoreCatalog.discover(), attachments);
        this.charges = new Charges(registry, settings.stripes(), () -> state == ProfilingState.ON);
        this.misuse = new Misuse(settings.debug(), settings.profiling() == Settings.Start.ON);
        this.state = switch (settings.profiling()) {
            case ON -> ProfilingState.ON;
            case OFF -> ProfilingState.COLD;
            case NEVER -> ProfilingState.NEVER;
        };
        this.housekeeping = new Housekeeping(this, attachments, inaccurate, listeners, settings.accounting());
        this.draining = new Draining(registry, charges, attachments);
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
     * taggers or leases is reachable.
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
        if (reference != TagCodes.NONE && RecordingSwitch.freeing()) {
            discharge(chargeStripes().current(), reference, bytes);
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
        final List<PageTotals> pages = attachments.totals(bound);
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
        final List<PageTotals> pages = attachments.recordedTotals(bound);
        return new ProfilerTotals(pages, Readings.total(List.of(charges.ledger()), bound), ownBytes());
    }

    /**
     * Says where the references of each attached allocator are kept, and why.
     *
     * @return the facts at this moment
     */
    public List<StorageFacts> storage() {
        return attachments.storage();
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
            attachments.forEachPages(pages -> pages.recording(true));
        } else if (state == ProfilingState.ON) {
            state = ProfilingState.DRAINING;
            misuse.switchedOff();
            attachments.forEachPages(pages -> pages.recording(false));
            SwitchBoard.update();
            draining.begin();
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
        return firstUseFailures.count();
    }

    /**
     * Returns how many calls of attached allocators were ignored because they named a page or an order out of range.
     *
     * @return calls since each was attached; an allocator that was detached does not count
     */
    public long outOfRangeCalls() {
        return attachments.outOfRangeCalls();
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
        attachments.forEachPages(AttachedPages::close);
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

    Misuse misuse() {
        return misuse;
    }

    InaccurateTags inaccurate() {
        return inaccurate;
    }

    FirstUseFailures useFailures() {
        return firstUseFailures;
    }

    FailedAllocations failedAllocations() {
        return failedAllocations;
    }

    PageTagger attach(PageSpec spec, String callerPackage) {
        return attaching.attach(spec, callerPackage);
    }

    /** Lets an allocator record if profiling is on. */
    synchronized void attached(Attachment attachment) {
        attachments.add(attachment);
        final AttachedPages pages = attachment.pages();
        if (pages != null) {
            pages.recording(state == ProfilingState.ON);
        }
    }

    int charge(int code, long bytes) {
        return state == ProfilingState.ON ? charge(chargeStripes().current(), code, bytes) : TagCodes.NONE;
    }

    int charge(TagStripe stripe, int code, long bytes) {
        if (state != ProfilingState.ON) {
            return TagCodes.NONE;
        }
        final int charged = charges.charge(stripe, code, bytes);
        if (charged == Charges.NO_MEMORY) {
            inaccurate.loseCounts(code);
            return TagCodes.NONE;
        }
        return charged;
    }

    void discharge(TagStripe stripe, int code, long bytes) {
        if (!charges.discharge(stripe, code, bytes)) {
            inaccurate.loseCounts(code);
        }
    }

    TagStripes chargeStripes() {
        return charges.ledger().stripes();
    }

    AllocCounts counts(int code) {
        return Readings.live(readings(), code);
    }

    void decideOverflow(int largestCode) {
        attachments.forEachPages(pages -> pages.decideOverflow(largestCode));
    }

    /** Tells the stores the name behind a code; on the daemon thread. */
    void tellName(int code) {
        final TagRecord record = registry.record(code);
        if (record != null) {
            final CodeTag place = record.place();
            attachments.forEachPages(pages -> pages.named(code, place));
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

    /** Says what an unloaded module left behind. */
    void unloaded(Module module) {
        housekeeping.unloaded(module);
    }

    /** Looks after what is collected, unloaded or drained; about once a second on the daemon thread. */
    synchronized void housekeep() {
        housekeeping.run();
        settle();
    }

    /** Goes from draining to cold if nothing recorded is live and nobody is recording. */
    synchronized void settle() {
        if (state == ProfilingState.DRAINING && draining.isOver()) {
            state = ProfilingState.COLD;
            SwitchBoard.update();
        }
    }

    private void begin() {
        SwitchBoard.add(this);
        Daemon.watch(this);
    }

    List<Reading> readings() {
        final List<Reading> readings = new ArrayList<>();
        for (Ledger ledger : ledgers()) {
            readings.add(ledger.read());
        }
        return readings;
    }

    private List<Ledger> ledgers() {
        final List<Ledger> ledgers = new ArrayList<>();
        ledgers.add(charges.ledger());
        ledgers.addAll(attachments.ledgers());
        return ledgers;
    }

    private long ownBytes() {
        long bytes = registry.bytesOccupied() + attachments.bytesOccupied();
        for (Ledger ledger : ledgers()) {
            bytes += ledger.bytesOccupied();
        }
        return bytes;
    }
}
