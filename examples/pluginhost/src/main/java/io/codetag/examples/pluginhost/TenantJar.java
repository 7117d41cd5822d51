package io.codetag.examples.pluginhost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The plugin's jar, which this program carries as a file among its resources. */
final class TenantJar {
    private static final String RESOURCE = "/plugins/tenant-plugin.jar";

    private TenantJar() {}

    /** Copies the jar to a file of its own, since a class loader cannot read a jar inside a jar. */
    static Path unpack() throws IOException {
        final Path jar = Files.createTempFile("tenant-plugin", ".jar");
        jar.toFile().deleteOnExit();
        try (InputStream bytes = TenantJar.class.getResourceAsStream(RESOURCE)) {
            if (bytes == null) {
                throw new IOException("the resource " + RESOURCE + " is missing: build with Maven's phase package");
            }
            Files.copy(bytes, jar, StandardCopyOption.REPLACE_EXISTING);
        }
        return jar;
    }
}
