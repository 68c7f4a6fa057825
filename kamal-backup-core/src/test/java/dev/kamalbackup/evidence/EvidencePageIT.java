package dev.kamalbackup.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.Chromium;
import dev.kamalbackup.testing.SampleEvidence;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser. The pictures stay in target/evidence-page, to be looked at. */
class EvidencePageIT {
    private static final Path PICTURES = Path.of("target", "evidence-page");

    @TempDir
    private Path folder;

    private Chromium browser;

    @BeforeEach
    void aBrowser() throws Exception {
        Files.createDirectories(PICTURES);
        browser = Chromium.onThePath(Files.createDirectory(folder.resolve("profile")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1200, 600})
    void isDrawnAndAsWideAsTheWindow(int width) throws Exception {
        Path page = folder.resolve("page.html");
        new EvidencePage(SampleEvidence.of("app")).write(page);
        Path picture = PICTURES.toAbsolutePath().resolve(width + ".png");

        browser.screenshot(page, width, 2600, picture);

        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(colours(image)).as("text, rules, marks").isGreaterThan(50);
        assertThat(widthOfContent(page, width)).isLessThanOrEqualTo(width);
    }

    @Test
    void staysAsWideAsTheWindowWhateverNamesAreIn() throws Exception {
        Path page = folder.resolve("page.html");
        new EvidencePage(SampleEvidence.of("a".repeat(300))).write(page);

        assertThat(widthOfContent(page, 600)).isLessThanOrEqualTo(600);

        Files.writeString(page, Files.readString(page).replace("<main>", "<main style='width: 900px'>"));
        assertThat(widthOfContent(page, 600)).as("too wide would show").isGreaterThan(900);
    }

    @Test
    void isPrintedOnSeveralPages() throws Exception {
        Path page = folder.resolve("page.html");
        new EvidencePage(SampleEvidence.broken()).write(page);
        Path pdf = PICTURES.toAbsolutePath().resolve("page.pdf");

        browser.print(page, pdf);

        String content = Files.readString(pdf, StandardCharsets.ISO_8859_1);
        assertThat(content).startsWith("%PDF-");
        assertThat(Pattern.compile("/Type\\s*/Page\\b")
                        .matcher(content)
                        .results()
                        .count())
                .isBetween(2L, 12L);
    }

    @Test
    void runsNothingThatANameBringsAlong() throws Exception {
        Path page = folder.resolve("page.html");
        new EvidencePage(SampleEvidence.of("<script>document.title='run'</script>")).write(page);

        assertThat(browser.dom(page, 1200))
                .contains("<title>Backup evidence: shop</title>")
                .doesNotContain("<title>run")
                .doesNotContain("<script");
    }

    /** Measured by the browser, in a copy that may run a script. */
    private int widthOfContent(Path page, int width) throws Exception {
        Path frame = folder.resolve("measured.html");
        // The window of a headless browser does not become as narrow as a frame does.
        Files.writeString(
                frame,
                "<body style='margin:0'><iframe id=f style='border:0' width=" + width + " height=900 src='"
                        + page.getFileName() + "' onload=\"document.title = 'width ' +"
                        + " document.getElementById('f').contentDocument.documentElement.scrollWidth\"></iframe>");
        Matcher measured = Pattern.compile("width (\\d+)").matcher(browser.dom(frame, 1400));
        assertThat(measured.find()).isTrue();
        return Integer.parseInt(measured.group(1));
    }

    private static int colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 2) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours.size();
    }
}
