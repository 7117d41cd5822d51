package io.codetag.tools.source;

import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.ProfilerMXBean;
import io.codetag.core.ReportPage;
import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.ReportReader;
import io.codetag.tools.report.Sample;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** A profiler in a running program, reached through its JMX bean. */
final class JmxSource implements ReportSource {
    private static final int ATTEMPTS = 5;
    private static final String PROFILERS = "io.codetag:type=Profiler,name=*";

    private final String name;
    private final JMXConnector connector;
    private final ProfilerMXBean profiler;

    private JmxSource(String name, JMXConnector connector, ProfilerMXBean profiler) {
        this.name = name;
        this.connector = connector;
        this.profiler = profiler;
    }

    /** Attaches to a JVM of this user on this machine. */
    static JmxSource attach(long pid, @Nullable String profiler) throws ReportException {
        return open("process " + pid, JvmProcess.managementAddress(pid), profiler);
    }

    /** Connects to a JMX agent: a service URL, or host and port of an RMI registry. */
    static JmxSource connect(String address, @Nullable String profiler) throws ReportException {
        if (address.startsWith("service:")) {
            return open(address, address, profiler);
        }
        JmxAddress.check(address);
        return open(address, "service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi", profiler);
    }

    @SuppressWarnings("BanJNDI") // the address is what the person typed, or the JVM itself told
    private static JmxSource open(String name, String url, @Nullable String profiler) throws ReportException {
        final JMXConnector connector;
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(url));
        } catch (IOException | SecurityException failure) {
            throw new ReportException(
                    name + " cannot be reached by JMX: " + failure.getMessage()
                            + "; accepted: host:port or service:jmx:… of an agent that asks for no password",
                    failure);
        }
        try {
            final MBeanServerConnection server = connector.getMBeanServerConnection();
            final ObjectName bean = choose(name, server.queryNames(new ObjectName(PROFILERS), null), profiler);
            return new JmxSource(name, connector, JMX.newMXBeanProxy(server, bean, ProfilerMXBean.class));
        } catch (IOException | JMException | ReportException failure) {
            closeQuietly(connector);
            throw failure instanceof ReportException told ? told : gone(name, failure);
        }
    }

    private static ObjectName choose(String name, Set<ObjectName> beans, @Nullable String wanted)
            throws ReportException {
        final Set<String> names = new TreeSet<>();
        ObjectName found = null;
        for (ObjectName bean : beans) {
            final String profiler = profilerName(bean);
            names.add(profiler);
            if (wanted == null || wanted.equals(profiler)) {
                found = bean;
            }
        }
        if (names.isEmpty()) {
            throw new ReportException(name + " runs no codetag profiler (no bean " + PROFILERS
                    + "): codetag-core is not there, or nothing has used it yet");
        }
        if (found == null) {
            throw new ReportException(name + " has no profiler '" + wanted + "'; it has: " + String.join(", ", names));
        }
        if (wanted == null && names.size() > 1) {
            throw new ReportException(name + " has " + names.size() + " profilers; choose one with --profiler: "
                    + String.join(", ", names));
        }
        return found;
    }

    private static String profilerName(ObjectName bean) {
        final String name = String.valueOf(bean.getKeyProperty("name"));
        return name.startsWith("\"") ? ObjectName.unquote(name) : name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reading read() throws ReportException {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                final Reading reading = readPages();
                if (reading != null) {
                    return reading;
                }
            }
        } catch (UndeclaredThrowableException failure) {
            throw gone(name, failure.getUndeclaredThrowable());
        } catch (JMRuntimeException | IllegalArgumentException failure) {
            throw new ReportException(name + " does not answer as a profiler does: " + failure.getMessage(), failure);
        }
        throw new ReportException(name + ": the report changed while its pages were read, " + ATTEMPTS
                + " times; other clients ask for the same one, or the program has too little heap; try again");
    }

    /** Returns the report; null if the pages do not belong together. */
    private @Nullable Reading readPages() throws ReportException {
        final Instant now = Instant.now();
        final ReportPage first = page(0);
        final Reading start = ReportReader.readJson(name, first.getText(), now);
        if (first.getPages() <= 1) {
            return start;
        }
        final List<AllocEntry> entries = new ArrayList<>(start.last().info().entries());
        for (int number = 1; number < first.getPages(); number++) {
            final ReportPage page = page(number);
            if (page.getReportId() != first.getReportId()) {
                return null;
            }
            entries.addAll(ReportReader.readJson(name, page.getText(), now)
                    .last()
                    .info()
                    .entries());
        }
        final AllocInfo info = start.last().info();
        final AllocInfo whole = new AllocInfo(info.contentIdBefore(), info.contentIdAfter(), entries);
        return new Reading(List.of(new Sample(now, whole)), start.state(), List.of());
    }

    private ReportPage page(int number) {
        return profiler.report(null, null, null, 0, "bytes", 0, "json", number, ProfilerMXBean.MAX_PAGE_SIZE);
    }

    private static ReportException gone(String name, Throwable failure) {
        return new ReportException(
                failure instanceof InstanceNotFoundException
                        ? name + " has closed its profiler"
                        : name + " does not answer any more: it has ended, or its management agent was stopped ("
                                + failure.getMessage() + ")",
                failure);
    }

    private static void closeQuietly(JMXConnector connector) {
        try {
            connector.close();
        } catch (IOException gone) {
            // then it is closed
        }
    }

    @Override
    public void close() {
        closeQuietly(connector);
    }
}
