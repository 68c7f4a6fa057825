package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.checkout.Initializer;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.settings.Explanation;
import java.util.List;
import java.util.Locale;

/** {@code doctor}, {@code validation}, {@code explanation}, {@code init}: what was found before any backup is made. */
final class DiagnosisDocument {
    private static final String FINDINGS = "findings";

    private DiagnosisDocument() {}

    static ObjectNode doctor(List<Finding> findings) {
        ObjectNode document = Documents.ofKind("doctor").put("status", status(findings));
        addAll(document.putArray(FINDINGS), findings);
        return document;
    }

    static ObjectNode validation(List<Problem> warnings, List<Finding> findings) {
        ObjectNode document = Documents.ofKind("validation").put("status", status(findings));
        ArrayNode array = document.putArray("warnings");
        warnings.forEach(warning -> array.addObject()
                .put("place", warning.place())
                .put("key", warning.key())
                .put("message", warning.message()));
        addAll(document.putArray(FINDINGS), findings);
        return document;
    }

    static ObjectNode explanation(List<Explanation> explanations) {
        ObjectNode document = Documents.ofKind("explanation");
        ArrayNode array = document.putArray("settings");
        explanations.forEach(setting -> array.addObject()
                .put("key", setting.key())
                .put("value", setting.value())
                .put("source", setting.source())
                .put("help", setting.help()));
        return document;
    }

    static ObjectNode init(Initializer.Result result) {
        return Documents.ofKind("init")
                .put("file", result.file())
                .put("created", result.created())
                .put("accessory", result.accessory());
    }

    private static String status(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAILED) ? "failed" : "ok";
    }

    private static void addAll(ArrayNode array, List<Finding> findings) {
        findings.forEach(finding -> array.addObject()
                .put("subject", finding.subject())
                .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                .put("detail", finding.detail())
                .put("fix", finding.fix()));
    }
}
