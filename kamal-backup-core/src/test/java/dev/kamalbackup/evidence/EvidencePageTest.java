package dev.kamalbackup.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.StateException;
import dev.kamalbackup.state.HistoryProof;
import dev.kamalbackup.testing.SampleEvidence;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class EvidencePageTest {
    private static final String EVIL = "<script>alert(1)</script>\"'&\u202e\u0007x";

    @TempDir
    private Path folder;

    @Test
    void saysInPlainWordsHowThingsStand() {
        String page = new EvidencePage(SampleEvidence.of("app")).html();

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("a disaster would have cost <strong>48 h</strong> of work")
                .contains("is 9 h old")
                .contains("brought the data back in <strong>4 min</strong>")
                .contains("A restore was drilled on", "outcome <strong>passed</strong>")
                .contains("The repository was checked on", "outcome <strong>ok</strong>")
                .contains("All 200 entries fit together")
                .contains("holds 34 runs of this app")
                .contains("7 newest runs, 7 days, 4 weeks, 6 months, 2 years")
                .contains("the server does not answer");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(new EvidencePage(SampleEvidence.unreachable()).html())
                .contains("verdict bad")
                .contains("connection refused")
                .contains("runs, by the history");
        assertThat(new EvidencePage(SampleEvidence.broken()).html())
                .contains("1 place does not fit")
                .contains("lines 17 to 19 are missing before it")
                .contains("line 40 is not whole");
    }

    @Test
    void anAppThatHasNothingYetIsToldSo() {
        Evidence full = SampleEvidence.of("app");
        Chronicle nothing = new Chronicle(List.of(), Map.of(), 0);
        Evidence empty = new Evidence(
                full.app(),
                full.host(),
                full.generatedAt(),
                full.version(),
                full.configuration(),
                new RepositoryState.Reached(List.of()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                nothing,
                new HistoryProof(0, List.of(), List.of()),
                RecoveryPoint.of(List.of(), full.generatedAt()),
                RecoveryTime.of(nothing),
                Map.of());

        assertThat(new EvidencePage(empty).html())
                .contains("No complete run is known: nothing could be recovered")
                .contains("nobody has measured it")
                .contains("was never tried")
                .contains("No size of a complete run is known")
                .contains("There is no history yet");
    }

    @Test
    void escapesWhateverANameHolds() {
        String page = new EvidencePage(SampleEvidence.of(EVIL)).html();

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\uFFFD\uFFFDx")
                .doesNotContain("<script")
                .doesNotContain("\u202e");
    }

    @Test
    void needsNothingFromOutside() {
        String page = new EvidencePage(SampleEvidence.of("app")).html();

        assertThat(page).doesNotContainPattern("(?i)\\b(src|href)=|url\\(|@import|<link|<script|<iframe");
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void theChartsAreWellFormedAndSayInWordsWhatTheyShow() throws Exception {
        Matcher pictures = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL)
                .matcher(new EvidencePage(SampleEvidence.of(EVIL)).html());
        for (String description : List.of("backups: 86 good, 2 not", "on 86 days")) {
            assertThat(pictures.find()).isTrue();
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(pictures.group())))
                            .getElementsByTagName("desc")
                            .item(0)
                            .getTextContent())
                    .contains(description);
        }
        assertThat(pictures.find()).isFalse();
    }

    @Test
    void isWrittenForItsOwnerAloneAndOverTheOneBefore() throws Exception {
        Path file = Files.writeString(folder.resolve("evidence.html"), "old");

        new EvidencePage(SampleEvidence.of("app")).write(file);

        assertThat(file).content().startsWith("<!DOCTYPE html>");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly("evidence.html");
    }

    @Test
    void isNotWrittenWhereThereIsNoFolder() {
        EvidencePage page = new EvidencePage(SampleEvidence.of("app"));

        assertThatThrownBy(() -> page.write(folder.resolve("no/such/page.html")))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("the folder " + folder.resolve("no/such") + " does not exist");
        assertThatThrownBy(() -> page.write(folder)).hasMessageContaining("it is a folder");
        assertThat(folder).isEmptyDirectory();
    }
}
