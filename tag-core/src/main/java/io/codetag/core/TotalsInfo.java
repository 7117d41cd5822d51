package io.codetag.core;

import java.util.List;
import java.util.OptionalLong;
import javax.management.ConstructorParameters;
import org.jspecify.annotations.Nullable;

/**
 * {@link ProfilerTotals} as a client of JMX gets them.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class TotalsInfo {
    private final List<PageTotalsInfo> pages;
    private final long chargedBytes;
    private final long chargedCalls;
    private final long ownBytes;

    /**
     * Makes the totals again on the client's side.
     *
     * @param pages the sums of each attached allocator
     * @param chargedBytes live bytes of memory that is no page
     * @param chargedCalls live charges
     * @param ownBytes bytes that the profiler itself takes
     */
    @ConstructorParameters({"pages", "chargedBytes", "chargedCalls", "ownBytes"})
    public TotalsInfo(List<PageTotalsInfo> pages, long chargedBytes, long chargedCalls, long ownBytes) {
        this.pages = List.copyOf(pages);
        this.chargedBytes = chargedBytes;
        this.chargedCalls = chargedCalls;
        this.ownBytes = ownBytes;
    }

    static TotalsInfo of(ProfilerTotals totals) {
        return new TotalsInfo(
                totals.pages().stream()
                        .map(each -> new PageTotalsInfo(
                                each.allocator(), each.bytes(), each.calls(), boxed(each.untracked())))
                        .toList(),
                totals.charged().bytes(),
                totals.charged().calls(),
                totals.ownBytes());
    }

    /**
     * Returns the sums of each attached allocator.
     *
     * @return the sums
     */
    public List<PageTotalsInfo> getPages() {
        return pages;
    }

    /**
     * Returns the live bytes of memory that is no page.
     *
     * @return bytes
     */
    public long getChargedBytes() {
        return chargedBytes;
    }

    /**
     * Returns the live charges.
     *
     * @return charges
     */
    public long getChargedCalls() {
        return chargedCalls;
    }

    /**
     * Returns what the profiler itself takes at this moment.
     *
     * @return bytes, charged to no tag
     */
    public long getOwnBytes() {
        return ownBytes;
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
