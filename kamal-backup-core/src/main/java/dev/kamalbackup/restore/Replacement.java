package dev.kamalbackup.restore;

import dev.kamalbackup.process.Cancellation;
import java.io.IOException;

/** One way to give a target the content a snapshot has. The phases are those of {@link FilesRestore}. */
sealed interface Replacement permits StagedReplacement, InPlaceReplacement {
    /** In which state the target is, for people. */
    enum State {
        UNTOUCHED("untouched"),
        BEGUN("half: run the same command again to finish"),
        RESTORED("restored");

        private final String words;

        State(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    void look() throws IOException;

    void stage(Cancellation cancellation) throws IOException;

    void apply(Cancellation cancellation) throws IOException;

    void finish() throws IOException;

    void undo() throws IOException;

    void discard() throws IOException;

    State state();
}
