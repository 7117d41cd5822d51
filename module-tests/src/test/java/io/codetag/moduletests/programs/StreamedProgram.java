package io.codetag.moduletests.programs;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingStream;

/** Charges a tag, and prints the first event that Flight Recorder has of it; the export has to be found by itself. */
public final class StreamedProgram {
    private static final AllocTag BUFFER = AllocTags.here();

    private StreamedProgram() {}

    public static void main(String[] args) throws InterruptedException {
        AllocTags.start();
        final int reference = BUFFER.charge(12_345);
        final CountDownLatch seen = new CountDownLatch(1);
        try (RecordingStream stream = new RecordingStream()) {
            stream.enable("io.codetag.AllocTag").withPeriod(Duration.ofMillis(100));
            stream.onEvent("io.codetag.AllocTag", event -> {
                if (seen.getCount() > 0) {
                    System.out.println("event " + event.getString("function") + ' ' + event.getLong("bytes"));
                    seen.countDown();
                }
            });
            stream.startAsync();
            if (!seen.await(50, TimeUnit.SECONDS)) {
                System.out.println("event none");
            }
        }
        AllocTags.discharge(reference, 12_345);
    }
}
