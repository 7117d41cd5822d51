package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract accepts a store that keeps it, and finds what is wrong with one that does not. */
class PageTagStoreContractTest {
    @Test
    @DisplayName("a store without a flaw meets every requirement")
    void acceptsAStore() {
        assertEquals(Map.of(), failures(MapStore.Flaw.NONE, selectClass(FlawedStore.class)));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = MapStore.Flaw.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    @DisplayName("a flaw is found by the requirement that is about it")
    void findsFlaws(MapStore.Flaw flaw) {
        assertEquals(
                Set.of(flaw.requirement),
                failures(flaw, selectMethod(FlawedStore.class, flaw.requirement))
                        .keySet());
    }

    private static Map<String, String> failures(MapStore.Flaw flaw, DiscoverySelector selector) {
        final Map<String, String> failures = new TreeMap<>();
        FlawedStore.flaw = flaw;
        try {
            execute(selector, failures);
        } finally {
            FlawedStore.flaw = MapStore.Flaw.NONE;
        }
        return failures;
    }

    private static void execute(DiscoverySelector selector, Map<String, String> failures) {
        final Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build());
        final LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
        launcher.execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    failures.put(
                            test.getSource()
                                    .filter(MethodSource.class::isInstance)
                                    .map(source -> ((MethodSource) source).getMethodName())
                                    .orElse(test.getDisplayName()),
                            result.getThrowable().map(Throwable::toString).orElse(""));
                }
            }
        });
    }
}
