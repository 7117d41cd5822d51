package io.codetag.tools.top;

import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/** Draws the live table on a terminal and reads keys. */
final class TopTerminal {
    private static final long KEY_MILLIS = 100;
    private static final long SEQUENCE_MILLIS = 50;
    private static final String WITHOUT_NATIVE_CODE = TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE_REFLECTION;

    private final Terminal terminal;
    private final Sampler sampler;
    private final TopModel model;
    private final TopInput input;
    private final TopScreen screen;
    private final Display display;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final AtomicBoolean resized = new AtomicBoolean();
    private @Nullable Size drawn;

    TopTerminal(Terminal terminal, Sampler sampler, TopModel model) {
        this.terminal = terminal;
        this.sampler = sampler;
        this.model = model;
        this.input = new TopInput(model);
        this.screen = new TopScreen(model, input);
        this.display = new Display(terminal, true);
    }

    /**
     * Returns the terminal of this process; null if input or output lead elsewhere. {@code System.console()} does not tell:
     * since 22 it is there in any case. Of JLine's ways only external programs are used, without its native library, since a
     * JVM from 24 on warns when native code is loaded.
     */
    static @Nullable Terminal open() {
        System.setProperty(TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE, WITHOUT_NATIVE_CODE);
        System.setProperty(TerminalBuilder.PROP_FILE_DESCRIPTOR_CREATION_MODE, WITHOUT_NATIVE_CODE);
        try {
            final Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .provider("exec")
                    .dumb(true)
                    .build();
            if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                return terminal;
            }
            terminal.close();
        } catch (IOException | RuntimeException none) {
            return null;
        }
        return null;
    }

    /** Shows the table until the person quits, or for so many reports. */
    void run(int reports) throws IOException, ReportException {
        final Attributes before = terminal.enterRawMode();
        terminal.handle(Signal.INT, signal -> interrupted.set(true));
        terminal.handle(Signal.WINCH, signal -> resized.set(true));
        terminal.handle(Signal.CONT, signal -> resized.set(true));
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        try {
            loop(reports);
        } finally {
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    private void loop(int reports) throws IOException, ReportException {
        final NonBlockingReader keys = terminal.reader();
        int shown = 0;
        draw();
        while (!input.quit() && !interrupted.get() && shown < reports) {
            final int key = keys.read(KEY_MILLIS);
            if (key == NonBlockingReader.EOF) {
                return;
            }
            if (key != NonBlockingReader.READ_EXPIRED) {
                input.key(key == TopInput.ESCAPE ? sequence(keys) : key);
            }
            final Reading reading = sampler.poll();
            if (reading != null) {
                model.accept(reading);
                shown++;
            }
            if (reading != null || key != NonBlockingReader.READ_EXPIRED || resized.get()) {
                draw();
            }
        }
    }

    /** Reads what follows an escape character: nothing, or the rest of a key that is several characters. */
    private static int sequence(NonBlockingReader keys) throws IOException {
        final int next = keys.read(SEQUENCE_MILLIS);
        if (next != '[' && next != 'O') {
            return TopInput.ESCAPE;
        }
        int last = keys.read(SEQUENCE_MILLIS);
        final int first = last;
        while ((last >= '0' && last <= '9') || last == ';') {
            last = keys.read(SEQUENCE_MILLIS);
        }
        return switch (last) {
            case 'A' -> TopInput.UP;
            case 'B' -> TopInput.DOWN;
            case '~' -> first == '5' ? TopInput.PAGE_UP : first == '6' ? TopInput.PAGE_DOWN : 0;
            default -> 0;
        };
    }

    /**
     * Draws everything anew for a size that is not the last one, also where its signal has not come yet: what stands on the
     * screen was laid out for the other. The signal is taken before the size is read, so that it is not lost to one that
     * changes in between.
     */
    private void draw() {
        final boolean signalled = resized.getAndSet(false);
        final Size size = terminal.getSize();
        if (signalled || !size.equals(drawn)) {
            display.clear();
        }
        drawn = size;
        display.resize(size.getRows(), size.getColumns());
        display.update(screen.lines(size.getRows(), size.getColumns()), 0);
        terminal.flush();
    }
}
