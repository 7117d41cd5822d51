package io.codetag.tools.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells a failure of standard output from all others: a reader that has seen enough is none. */
final class StandardOutput extends FilterOutputStream {
    StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        try {
            out.write(value);
        } catch (IOException failure) {
            throw new OutputClosedException(failure);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException failure) {
            throw new OutputClosedException(failure);
        }
    }

    /** Standard output takes no more. */
    static final class OutputClosedException extends IOException {
        private static final long serialVersionUID = 1L;

        OutputClosedException(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /** Whether the reader has gone, as {@code head} does. */
        boolean isReaderGone() {
            return String.valueOf(getMessage()).contains("Broken pipe");
        }
    }
}
