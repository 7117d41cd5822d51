package io.codetag.spring;

import org.jspecify.annotations.Nullable;

/** The system properties, or those of a test. */
interface SystemProperties {
    SystemProperties OF_PROCESS = new SystemProperties() {
        @Override
        public @Nullable String get(String name) {
            return System.getProperty(name);
        }

        @Override
        public void set(String name, String value) {
            System.setProperty(name, value);
        }

        @Override
        public void clear(String name) {
            System.clearProperty(name);
        }
    };

    @Nullable
    String get(String name);

    void set(String name, String value);

    void clear(String name);
}
