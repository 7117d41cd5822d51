package io.codetag.pageext;

import io.codetag.spi.PageTagStore;
import io.codetag.spi.StoreRequest;
import io.codetag.testkit.PageTagStoreContract;

class PageExtContractTest extends PageTagStoreContract {
    @Override
    protected PageTagStore openStore(long pageCount) {
        return new PageExtStoreProvider().open(new StoreRequest("contract", pageCount, 4096, 3, null, null, 0));
    }
}
