package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.Part;
import dev.kamalbackup.plan.RunPlan;

/** {@code plan}: a run before it happens. */
final class PlanDocument {
    private PlanDocument() {}

    static ObjectNode of(RunPlan plan) {
        ObjectNode document = Documents.ofKind("plan")
                .put("run_id", plan.id().toString())
                .put("app", plan.app())
                .put("host", plan.host());
        ArrayNode parts = document.putArray("parts");
        plan.parts().forEach(part -> parts.add(part(part)));
        return document;
    }

    private static ObjectNode part(Part part) {
        ObjectNode node = Documents.object().put("part", part.label());
        if (part instanceof Part.DatabasePart database) {
            node.put("outcome", "planned")
                    .put("database", database.database())
                    .put("adapter", database.adapter())
                    .put("location", database.dump().location())
                    .put("dump_path", database.path().value());
            Documents.putTexts(node, "tags", database.tags().values());
            addCommands(node.putArray("commands"), database.dump());
        } else if (part instanceof Part.BlockedPart blocked) {
            node.put("outcome", "blocked").put("database", blocked.database()).put("adapter", blocked.adapter());
            Fault fault = blocked.reason().fault();
            node.put("reason", fault.summary()).put("hint", fault.hint());
        } else if (part instanceof Part.FilesPart files) {
            node.put("outcome", "planned");
            Documents.putTexts(node, "paths", files.paths());
            Documents.putTexts(node, "excludes", files.excludes());
            Documents.putTexts(node, "tags", files.tags().values());
        }
        return node;
    }

    private static void addCommands(ArrayNode commands, DumpPlan dump) {
        dump.prepare().forEach(step -> add(commands, "prepare", step));
        if (dump.source() instanceof DumpSource.Programs dumpers) {
            dumpers.commands()
                    .forEach(dumper ->
                            Documents.putTexts(commands.addObject().put("step", "dump"), "argv", dumper.line()));
        }
        dump.alongside().forEach(step -> add(commands, "check", step));
    }

    private static void add(ArrayNode commands, String kind, CommandStep step) {
        Documents.putTexts(
                commands.addObject().put("step", kind).put("name", step.name()),
                "argv",
                step.command().line());
    }
}
