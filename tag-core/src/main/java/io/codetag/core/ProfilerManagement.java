package io.codetag.core;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** A profiler in an MBean server. */
final class ProfilerManagement extends StandardMBean implements ProfilerMXBean {
    private static final String ANY = "*";
    private static final int MAX_SUFFIX = 10_000;
    private static final List<String> PARAMETERS =
            List.of("module", "function", "file", "minBytes", "sort", "top", "format", "page", "pageSize");
    private static final List<String> PARAMETER_HELP = List.of(
            "the module; empty for core tags only; * for any",
            "the function; empty or * for any",
            "the path as printed, or its end from some slash on; empty or * for any",
            "at least so many live bytes; 0 or more",
            "bytes, calls or place",
            "how many of the largest tags are kept; 0 for all",
            "text-1.0, text-2.0, json or human",
            "the number of the page, from 0",
            "the most entries on a page, 1 to " + MAX_PAGE_SIZE);

    private final MBeanServer server;
    private final ReportSource source;
    private final ReportPages reports;
    private volatile @Nullable ObjectName objectName;

    private ProfilerManagement(MBeanServer server, ReportSource source) {
        super(ProfilerMXBean.class, true);
        this.server = server;
        this.source = source;
        this.reports = new ReportPages(source);
    }

    /** Registers a profiler in the platform's server; a failure is logged, and the profiler goes on without. */
    static @Nullable ProfilerManagement register(ReportSource source) {
        try {
            return register(ManagementFactory.getPlatformMBeanServer(), source);
        } catch (JMException | RuntimeException failure) {
            Daemon.warn(Message.MANAGEMENT_FAILED, "profiler " + source.name() + " is not reachable by JMX", failure);
            return null;
        }
    }

    /**
     * Registers a profiler. If the name is taken, the first free one of {@code name-2}, {@code name-3} … is used.
     *
     * @throws JMException if the server refuses
     */
    static ProfilerManagement register(MBeanServer server, ReportSource source) throws JMException {
        final ProfilerManagement management = new ProfilerManagement(server, source);
        for (int attempt = 1; attempt <= MAX_SUFFIX; attempt++) {
            final String suffix = attempt == 1 ? "" : "-" + attempt;
            if (management.registerAs(objectName(source.name() + suffix))) {
                return management;
            }
        }
        throw new JMException(MAX_SUFFIX + " profilers are named " + source.name());
    }

    private boolean registerAs(ObjectName candidate) throws JMException {
        try {
            objectName = server.registerMBean(this, candidate).getObjectName();
            return true;
        } catch (InstanceAlreadyExistsException taken) {
            return false;
        }
    }

    private static ObjectName objectName(String name) throws JMException {
        final boolean plain = !name.isEmpty() && name.chars().noneMatch(c -> ",=:\"*?\n".indexOf(c) >= 0);
        return new ObjectName("io.codetag:type=Profiler,name=" + (plain ? name : ObjectName.quote(name)));
    }

    /** Returns the name under which it is registered; null once it is not. */
    @Nullable
    ObjectName objectName() {
        return objectName;
    }

    /** Takes the profiler out of the server; again does nothing. */
    void unregister() {
        final ObjectName name = objectName;
        objectName = null;
        if (name != null) {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException gone) {
                return; // someone else took it out, which is what we want
            } catch (JMException failure) {
                Daemon.warn(Message.MANAGEMENT_FAILED, "profiler " + source.name() + " stays visible to JMX", failure);
            }
        }
    }

    @Override
    public String getName() {
        return source.name();
    }

    @Override
    public String getState() {
        return lower(source.state());
    }

    @Override
    public long getContentId() {
        return source.contentId();
    }

    @Override
    public List<StorageInfo> getStorage() {
        return source.storage().stream().map(StorageInfo::new).toList();
    }

    @Override
    public TotalsInfo getTotals() {
        return TotalsInfo.of(source.totals());
    }

    @Override
    public void switchOn() {
        source.record(true);
    }

    @Override
    public void switchOff() {
        source.record(false);
    }

    @Override
    public ReportPage report(
            @Nullable String module,
            @Nullable String function,
            @Nullable String file,
            long minBytes,
            String sort,
            int top,
            String format,
            int page,
            int pageSize) {
        final AllocOrder order = oneOf("sort", sort, AllocOrder.values(), ProfilerManagement::lower);
        final ReportFormat chosen = oneOf("format", format, ReportFormat.values(), ReportFormat::label);
        check("minBytes", minBytes, 0, Long.MAX_VALUE);
        check("top", top, 0, Integer.MAX_VALUE);
        check("page", page, 0, Integer.MAX_VALUE);
        check("pageSize", pageSize, 1, MAX_PAGE_SIZE);
        final AllocFilter filter = AllocFilter.builder()
                .module(ANY.equals(module) ? null : module)
                .function(unlessAny(function))
                .file(unlessAny(file))
                .minBytes(minBytes)
                .build();
        return reports.page(new ReportPages.Query(filter, order, top), chosen, page, pageSize);
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return isReport(operation) ? PARAMETERS.get(sequence) : parameter.getName();
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
        return isReport(operation) ? PARAMETER_HELP.get(sequence) : parameter.getDescription();
    }

    private static boolean isReport(MBeanOperationInfo operation) {
        return operation.getSignature().length == PARAMETERS.size();
    }

    private static @Nullable String unlessAny(@Nullable String name) {
        return name == null || name.isEmpty() || ANY.equals(name) ? null : name;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <T> T oneOf(String what, @Nullable String given, T[] accepted, Function<T, String> name) {
        for (T each : accepted) {
            if (name.apply(each).equals(given)) {
                return each;
            }
        }
        throw new IllegalArgumentException(what + " is " + (given == null ? "null" : "'" + given + "'") + "; accepted: "
                + Arrays.stream(accepted).map(name).collect(Collectors.joining(", ")));
    }

    private static void check(String what, long given, long min, long max) {
        if (given < min || given > max) {
            throw new IllegalArgumentException(what + " is " + given + "; accepted: " + min
                    + (max == Integer.MAX_VALUE || max == Long.MAX_VALUE ? " or more" : " to " + max));
        }
    }
}
