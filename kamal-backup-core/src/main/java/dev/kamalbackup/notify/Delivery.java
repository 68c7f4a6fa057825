package dev.kamalbackup.notify;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.redact.Secret;
import java.util.Optional;

/** One attempt to hand a document over. */
@FunctionalInterface
public interface Delivery {
    /**
     * Sends it.
     *
     * @param address where to; it appears in no answer
     * @param json the document
     * @return what went wrong; empty if it was taken
     */
    Optional<String> send(Secret address, byte[] json, Cancellation cancellation);
}
