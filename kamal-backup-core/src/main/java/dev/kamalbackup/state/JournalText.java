package dev.kamalbackup.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.tag.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the journal is written. The run's place is the document itself, as it was before there was another; whatever else is
 * under way has one of its own, so that no older version takes the run that is restored for one that died, and forgets it.
 */
final class JournalText {
    private JournalText() {}

    static String print(Journal.Contents contents) {
        ObjectNode document = StateFolder.object();
        document.put("schema_version", 1).put("kind", "run_journal");
        contents.run().ifPresent(run -> {
            document.put("run_kind", run.kind());
            document.put("run_id", run.run().toString()).put("app", run.app());
            document.put("started_at", run.startedAt().toString()).put("parts", run.planned());
            run.saved().forEach(document.putArray("saved")::add);
        });
        contents.work().ifPresent(work -> {
            ObjectNode node = document.putObject("work");
            node.put("kind", work.kind()).put("started_at", work.startedAt().toString());
            ObjectNode about = node.putObject("about");
            new TreeMap<>(work.about()).forEach(about::put);
        });
        return StateFolder.print(document);
    }

    static Journal.Contents parse(String text) throws JsonProcessingException {
        JsonNode document = StateFolder.parse(text);
        return new Journal.Contents(run(document), work(document.path("work")));
    }

    private static Optional<Journal.Entry> run(JsonNode document) {
        List<String> saved = new ArrayList<>();
        document.path("saved").forEach(id -> saved.add(id.asText()));
        return RunId.parse(document.path("run_id").asText())
                .map(run -> new Journal.Entry(
                        document.path("run_kind").asText("backup"),
                        run,
                        document.path("app").asText(),
                        Instant.parse(document.path("started_at").asText()),
                        document.path("parts").asInt(),
                        saved));
    }

    private static Optional<Journal.Work> work(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        Map<String, String> about = new TreeMap<>();
        node.path("about")
                .properties()
                .forEach(field -> about.put(field.getKey(), field.getValue().asText()));
        return Optional.of(new Journal.Work(
                node.path("kind").asText(),
                Instant.parse(node.path("started_at").asText()),
                about));
    }
}
