package io.codetag.tools.source;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.codetag.tools.report.ReportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A running JVM of this user on this machine. */
final class JvmProcess {
    private JvmProcess() {}

    /** Has a JVM start its local management agent, if it has not yet, and returns the agent's address. */
    static String managementAddress(long pid) throws ReportException {
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new ReportException("there is no process " + pid);
        }
        refuseOthers(pid);
        try {
            final VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                return jvm.startLocalManagementAgent();
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException | IOException failure) {
            throw new ReportException(
                    "process " + pid + " cannot be attached to: " + failure.getMessage()
                            + "; it has to be a JVM of the same user in the same container, not started with"
                            + " -XX:+DisableAttachMechanism; else give it a JMX port and use host:port",
                    failure);
        }
    }

    /**
     * Attaching begins with SIGQUIT, which ends a process that is no JVM. So it is made sure of: a JVM has its library
     * mapped. What Linux does not let this user see may be anything.
     */
    private static void refuseOthers(long pid) throws ReportException {
        final Path maps = Path.of("/proc", Long.toString(pid), "maps");
        try (Stream<String> lines = Files.lines(maps, StandardCharsets.ISO_8859_1)) {
            if (lines.noneMatch(line -> line.contains("libjvm"))) {
                throw new ReportException("process " + pid + " is no JVM");
            }
        } catch (NoSuchFileException elsewhere) {
            return; // another system, which does not tell; or the process has just ended, as attaching will find
        } catch (IOException | UncheckedIOException hidden) {
            throw new ReportException(
                    "process " + pid + " may not be looked into: " + hidden.getMessage()
                            + "; accepted: a JVM of this user; else give it a JMX port and use host:port",
                    hidden);
        }
    }
}
