package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.Problem;
import java.util.List;

/** {@code error}: why a verb did not do what it was asked. */
final class ErrorDocument {
    private ErrorDocument() {}

    static ObjectNode of(Fault fault, List<Problem> problems, int exitCode) {
        ObjectNode document = Documents.ofKind("error");
        ObjectNode error = document.putObject("error")
                .put("operation", fault.operation())
                .put("subject", fault.subject())
                .put("reason", fault.reason())
                .put("hint", fault.hint());
        ArrayNode array = error.putArray("problems");
        problems.forEach(problem -> array.addObject()
                .put("place", problem.place())
                .put("key", problem.key())
                .put("message", problem.message()));
        return document.put("exit_code", exitCode);
    }
}
