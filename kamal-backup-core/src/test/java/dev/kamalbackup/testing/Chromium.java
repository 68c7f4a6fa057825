package dev.kamalbackup.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser, which shows a page as a person would see it. */
public final class Chromium {
    private static final long TIMEOUT_SECONDS = 120;

    private final Path program;
    private final Path profile;

    private Chromium(Path program, Path profile) {
        this.program = program;
        this.profile = profile;
    }

    /**
     * The one on the PATH.
     *
     * @param profile a folder for what it keeps
     */
    public static Chromium onThePath(Path profile) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Chromium(program, profile))
                .orElseThrow(() -> new AssertionError(
                        "chromium is missing; get it with: bin/setup (or apt-get install chromium)"));
    }

    /** A picture of the page at this width. */
    public void screenshot(Path page, int width, int height, Path picture) throws IOException, InterruptedException {
        run(
                "--window-size=" + width + "," + height,
                "--hide-scrollbars",
                "--screenshot=" + picture,
                page.toUri().toString());
    }

    /** The page as it would be printed. */
    public void print(Path page, Path pdf) throws IOException, InterruptedException {
        run("--no-pdf-header-footer", "--print-to-pdf=" + pdf, page.toUri().toString());
    }

    /** The document as it stands after its scripts ran, at this width. */
    public String dom(Path page, int width) throws IOException, InterruptedException {
        return run(
                "--window-size=" + width + ",1000", "--dump-dom", page.toUri().toString());
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                // It refuses to sandbox itself for root, which tests in a container are run as.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--allow-file-access-from-files",
                "--user-data-dir=" + profile));
        line.addAll(List.of(arguments));
        Path output = Files.createTempFile(profile, "output", "");
        Path errors = Files.createTempFile(profile, "errors", "");
        Process process = new ProcessBuilder(line)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("chromium did not end: " + Files.readString(errors));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("chromium failed: " + Files.readString(errors));
        }
        return Files.readString(output);
    }
}
