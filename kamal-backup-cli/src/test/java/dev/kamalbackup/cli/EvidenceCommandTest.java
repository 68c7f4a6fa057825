package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.cli.CliLab.Answer;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.state.HistoryProof;
import dev.kamalbackup.testing.SampleEvidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceCommandTest {
    private final CannedVerbs verbs = new CannedVerbs();

    @TempDir
    private Path folder;

    private CliLab lab;

    @BeforeEach
    void aLab() {
        lab = new CliLab(folder).library(verbs);
    }

    @Test
    void printsTheDocumentWithAndWithoutJson() throws Exception {
        Answer plain = lab.run("evidence");
        Answer json = lab.run("evidence", "--json");

        assertThat(plain.exitCode()).isZero();
        assertThat(plain.out()).isEqualTo(json.out());
        assertThat(document(plain).path("kind").asText()).isEqualTo("evidence");
        assertThat(document(plain).path("runs")).hasSize(30);
        assertThat(plain.err()).isEmpty();
        assertThat(verbs.asked).containsExactly("evidence", "close", "evidence", "close");
    }

    @Test
    void aRepositoryThatCannotBeReadFailsAndWhatIsKnownIsPrinted() throws Exception {
        verbs.evidence = SampleEvidence.unreachable();

        Answer answer = lab.run("evidence");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(document(answer).path("runs_source").asText()).isEqualTo("history");
        assertThat(answer.err()).contains("the repository could not be read").contains("kamal-backup doctor");
    }

    @Test
    void anIntactHistoryIsProved() throws Exception {
        Answer answer = lab.run("evidence", "--verify");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .isEqualTo("the history is intact: 3 lines, none changed, removed or moved since it was written\n");
        assertThat(verbs.asked).as("the repository is not needed").containsExactly("prove", "close");
        verbs.proof = new HistoryProof(3, List.of(), List.of("line 2 is not whole"));
        assertThat(lab.run("evidence", "--verify").out())
                .startsWith("note: line 2 is not whole\n")
                .endsWith("as far as the notes above allow\n");
        assertThat(document(lab.run("evidence", "--verify", "--json"))
                        .path("chain")
                        .asText())
                .isEqualTo("intact");
    }

    @Test
    void aBrokenHistoryIsToldLineByLine() throws Exception {
        verbs.proof = new HistoryProof(
                9,
                List.of(new HistoryProof.Break(4, "lines 4 to 5 are missing before it")),
                List.of("line 7 is not whole"));

        Answer answer = lab.run("evidence", "--verify");
        Answer json = lab.run("evidence", "--verify", "--json");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .contains("line 4: lines 4 to 5 are missing before it\n")
                .contains("note: line 7 is not whole\n")
                .contains("BROKEN")
                .contains("cannot be relied on");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(document(json).path("breaks").get(0).path("line").asInt()).isEqualTo(4);
    }

    @Test
    void writesThePageForItsOwner() throws Exception {
        Answer answer = lab.run("evidence", "--html", "evidence.html");
        Answer json = lab.run("evidence", "--html", "evidence.html", "--json");
        Answer proved = lab.run("evidence", "--html", "evidence.html", "--verify");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("the evidence is in " + folder.resolve("evidence.html") + "\n");
        assertThat(folder.resolve("evidence.html")).content().startsWith("<!DOCTYPE html>");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("evidence.html"))))
                .isEqualTo("rw-------");
        assertThat(document(json).path("kind").asText()).isEqualTo("evidence");
        assertThat(proved.out()).startsWith("the history is intact");
    }

    @Test
    void aPageThatCannotBeWrittenAndAHistoryThatCannotBeReadAreErrors() throws Exception {
        Answer nowhere = lab.run("evidence", "--html", "no/folder/evidence.html");
        verbs.failure = new StateException(new Fault("read the history", "/state", "permission denied", "look"));
        Answer unreadable = lab.run("evidence", "--json");

        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err()).contains("does not exist").contains("next: make it, or name another file");
        assertThat(unreadable.exitCode()).isEqualTo(1);
        assertThat(document(unreadable).path("kind").asText()).isEqualTo("error");
        assertThat(folder).isEmptyDirectory();
    }

    private static JsonNode document(Answer answer) throws Exception {
        return new ObjectMapper().readTree(answer.out());
    }
}
