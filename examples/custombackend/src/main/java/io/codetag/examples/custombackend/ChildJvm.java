package io.codetag.examples.custombackend;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts this program a second time, with the same JVM and the same class path. */
final class ChildJvm {
    private ChildJvm() {}

    static Process start(List<String> options, List<String> arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath());
        command.add(CustomBackendMain.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Started inside a build tool, the classes come from a loader of its own and {@code java.class.path} is the tool's. */
    private static String classPath() throws IOException {
        if (!(ChildJvm.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        final List<String> entries = new ArrayList<>();
        for (URL url : loader.getURLs()) {
            try {
                entries.add(Path.of(url.toURI()).toString());
            } catch (URISyntaxException malformed) {
                throw new IOException("cannot pass " + url + " on to a child process", malformed);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
