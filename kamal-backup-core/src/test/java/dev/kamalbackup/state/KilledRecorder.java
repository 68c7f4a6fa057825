package dev.kamalbackup.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.tag.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A program of its own that writes every kind of record again and again, to be killed meanwhile. */
final class KilledRecorder {
    private KilledRecorder() {}

    public static void main(String[] arguments) {
        StateFolder state = new StateFolder(Path.of(arguments[0]));
        Instant now = Instant.now();
        for (int round = 0; ; round++) {
            state.journal()
                    .begin(new Journal.Entry(
                            "backup", new RunId(now), "shop", now, 3, List.of("a".repeat(round % 90))));
            state.history().append(JsonNodeFactory.instance.objectNode().put("n", round));
            state.writeLastBackup(document(round));
            state.journal().clear();
        }
    }

    /** Says at both ends what it is, so that half of it shows. */
    static ObjectNode document(int round) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("first", round)
                .put("filling", "x".repeat(round % 5000))
                .put("last", round);
    }
}
