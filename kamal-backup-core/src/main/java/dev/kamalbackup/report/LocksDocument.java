package dev.kamalbackup.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.upkeep.LockFinding;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** {@code locks}: who holds them, whether that is known to live, and which are gone now. */
final class LocksDocument {
    private LocksDocument() {}

    static ObjectNode of(List<LockFinding> findings, Instant now) {
        ObjectNode document = Documents.ofKind("locks");
        ArrayNode locks = document.putArray("locks");
        findings.forEach(finding -> locks.addObject()
                .put("id", finding.lock().id())
                .put("host", finding.lock().host())
                .put("user", finding.lock().user())
                .put("pid", finding.lock().pid())
                .put("exclusive", finding.lock().exclusive())
                .put("renewed_at", Documents.time(finding.lock().time()))
                .put("age_seconds", finding.lock().age(now).toSeconds())
                .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
                .put("removed", finding.removed()));
        return document;
    }
}
