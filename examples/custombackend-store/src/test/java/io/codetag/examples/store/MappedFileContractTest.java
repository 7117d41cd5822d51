package io.codetag.examples.store;

import io.codetag.spi.PageTagStore;
import io.codetag.testkit.PageTagStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The store of a memory-mapped file keeps the contract")
class MappedFileContractTest extends PageTagStoreContract {
    @TempDir
    Path temp;

    private StoreDirectory directory;

    @BeforeEach
    void sendFilesToTheTestsDirectory() {
        directory = new StoreDirectory(temp);
    }

    @AfterEach
    void forgetTheDirectory() {
        directory.close();
    }

    @Override
    protected PageTagStore openStore(long pageCount) {
        return new MappedFileStoreProvider().open(StoreDirectory.request("contract", pageCount));
    }
}
