package io.codetag.core;

import io.codetag.OverflowPolicy;
import io.codetag.StorageFacts;
import java.util.Locale;
import javax.management.ConstructorParameters;
import org.jspecify.annotations.Nullable;

/**
 * {@link StorageFacts} as a client of JMX gets them: where the references of an allocator's pages are kept, and why.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class StorageInfo {
    private final StorageFacts facts;
    private final String policy;

    StorageInfo(StorageFacts facts) {
        this.facts = facts;
        this.policy = facts.policy().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Makes the facts again on the client's side.
     *
     * @param allocator the allocator's name
     * @param store the name of the main store
     * @param bits the bits of the flag word that tags take
     * @param unusedBits the bits of the flag word that the allocator does not use
     * @param addressableTags how many tags the main store can name
     * @param neededTags how many tags the choice was made for
     * @param policy the overflow policy
     * @param overflowStore the name of the overflow store
     * @param limit the largest code that goes to the main store
     * @param escaped whether references have gone to the overflow store
     * @param disabledReason why these pages are not profiled any more
     * @param bytesOccupied bytes that the stores hold
     * @param reason why this store was chosen
     */
    @ConstructorParameters({
        "allocator",
        "store",
        "bits",
        "unusedBits",
        "addressableTags",
        "neededTags",
        "policy",
        "overflowStore",
        "limit",
        "escaped",
        "disabledReason",
        "bytesOccupied",
        "reason"
    })
    public StorageInfo(
            String allocator,
            String store,
            int bits,
            int unusedBits,
            int addressableTags,
            int neededTags,
            String policy,
            @Nullable String overflowStore,
            int limit,
            boolean escaped,
            @Nullable String disabledReason,
            long bytesOccupied,
            String reason) {
        this(new StorageFacts(
                allocator,
                store,
                bits,
                unusedBits,
                addressableTags,
                neededTags,
                OverflowPolicy.valueOf(policy.toUpperCase(Locale.ROOT)),
                overflowStore,
                limit,
                escaped,
                disabledReason,
                bytesOccupied,
                reason));
    }

    /**
     * Returns the allocator's name.
     *
     * @return the name
     */
    public String getAllocator() {
        return facts.allocator();
    }

    /**
     * Returns the name of the main store.
     *
     * @return the name; {@code none} when these pages are not profiled
     */
    public String getStore() {
        return facts.store();
    }

    /**
     * Returns the bits of the flag word that tags take.
     *
     * @return bits; 0 for a store elsewhere
     */
    public int getBits() {
        return facts.bits();
    }

    /**
     * Returns the longest run of bits of the flag word that the allocator does not use.
     *
     * @return bits; 0 without flag words
     */
    public int getUnusedBits() {
        return facts.unusedBits();
    }

    /**
     * Returns how many tags the main store can name.
     *
     * @return tags
     */
    public int getAddressableTags() {
        return facts.addressableTags();
    }

    /**
     * Returns how many tags the choice was made for.
     *
     * @return tags
     */
    public int getNeededTags() {
        return facts.neededTags();
    }

    /**
     * Returns the overflow policy.
     *
     * @return switch, spill or disable
     */
    public String getPolicy() {
        return policy;
    }

    /**
     * Returns the name of the overflow store.
     *
     * @return the name; null if there is none
     */
    public @Nullable String getOverflowStore() {
        return facts.overflowStore();
    }

    /**
     * Returns the largest code that goes to the main store at this moment.
     *
     * @return the code; 0 when none does
     */
    public int getLimit() {
        return facts.limit();
    }

    /**
     * Says whether references have gone to the overflow store.
     *
     * @return whether they have
     */
    public boolean isEscaped() {
        return facts.escaped();
    }

    /**
     * Returns why these pages are not profiled any more.
     *
     * @return the reason; null while they are
     */
    public @Nullable String getDisabledReason() {
        return facts.disabledReason();
    }

    /**
     * Returns what the stores hold at this moment.
     *
     * @return bytes
     */
    public long getBytesOccupied() {
        return facts.bytesOccupied();
    }

    /**
     * Returns why this store was chosen, and what would change the choice.
     *
     * @return the reason
     */
    public String getReason() {
        return facts.reason();
    }
}
