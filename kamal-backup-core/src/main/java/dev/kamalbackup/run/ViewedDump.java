package dev.kamalbackup.run;

import dev.kamalbackup.process.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a dumper writes of a view that is held open for it. A dumper that ends badly before its first byte is replaced by
 * one that needs no view: it may be the view that it could not get, where a role may have a single connection or a pool
 * has one left. If it is not, the other fails the same way.
 */
final class ViewedDump implements DumpStream {
    private final Cancellation cancellation;
    private final View view;
    private volatile DumpStream current;
    private volatile boolean ended;
    private boolean begun;

    /** Who holds the view. */
    interface View {
        /** The dumper has it: its first byte is there. */
        void isTaken();

        /** The dumper did not take it, for this reason; the answer is one without. */
        DumpStream isRefused(String reason) throws IOException;
    }

    ViewedDump(DumpStream dumper, View view, Cancellation cancellation) {
        this.current = dumper;
        this.view = view;
        this.cancellation = cancellation;
    }

    @Override
    public InputStream bytes() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = current.bytes().read(buffer, offset, length);
                if (begun) {
                    return read;
                }
                begun = true;
                Optional<String> flaw = read < 0 ? current.flaw() : Optional.empty();
                if (flaw.isEmpty() || ended || cancellation.isCancelled()) {
                    view.isTaken();
                    return read;
                }
                current.close();
                current = view.isRefused(flaw.get());
                if (ended) {
                    current.end();
                }
                return current.bytes().read(buffer, offset, length);
            }
        };
    }

    @Override
    public String producer() {
        return current.producer();
    }

    @Override
    public Optional<String> flaw() {
        return current.flaw();
    }

    @Override
    public void end() {
        ended = true;
        current.end();
    }

    @Override
    public void close() {
        current.close();
    }
}
