package io.codetag.testkit;

import io.codetag.spi.PageTagStore;

/** The contract on a store with a flaw, or with none; {@link PageTagStoreContractTest} runs it. */
final class FlawedStore extends PageTagStoreContract {
    static MapStore.Flaw flaw = MapStore.Flaw.NONE;

    @Override
    protected PageTagStore openStore(long pageCount) {
        return new MapStore(pageCount, flaw);
    }
}
