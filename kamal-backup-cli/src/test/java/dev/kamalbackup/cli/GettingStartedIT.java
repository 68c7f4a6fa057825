package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user is told to type works, and prints what the page says it prints. */
class GettingStartedIT {
    private static final Path PAGE = Path.of("../docs/getting-started.md");
    private static final Path REAL = Path.of("target/getting-started.txt");

    /** The page's own host, bucket and mount; here there are others. */
    private record Place(String inThePage, String here) {}

    /** Whoever boots the accessory gets his configuration to the host; the rest of Kamal is real. */
    private static final String KAMAL = """
            if [ "$1 $2" != 'accessory boot' ]; then exec '%1$s' "$@"; fi
            cp config/kamal-backup.yml '%2$s/config/kamal-backup.yml'
            '%1$s' secrets print >>'%3$s/container.env'
            rm -f '%3$s/down'
            """;

    @TempDir
    private Path folder;

    @Test
    void thePagesCommandsDoWhatThePageSays() throws Exception {
        Transcript page = Transcript.read(PAGE);
        try (KamalLab lab = KamalLab.start(folder, 1)) {
            List<Place> places = prepare(lab, page);
            List<Transcript.Step> real = new ArrayList<>();
            for (Transcript.Step step : page.steps()) {
                real.add(new Transcript.Step(step.command(), run(lab, step.command(), places)));
            }
            Files.writeString(REAL, text(real));

            assertThat(Transcript.timeless(text(real)))
                    .as("what is really printed is in %s", REAL.toAbsolutePath())
                    .isEqualTo(Transcript.timeless(text(page.steps())));
            assertThat(lab.checkout.shell("sqlite3 storage/development.sqlite3 'SELECT title FROM posts'"))
                    .isEqualTo("from production\n");
            assertThat(lab.checkout.folder.resolve("storage/ab/cd/blob")).hasContent("a picture");
        }
    }

    /** An app in production; and its checkout, in which there is what the page says, and nothing else. */
    private List<Place> prepare(KamalLab lab, Transcript page) throws Exception {
        FarHost host = lab.host();
        host.takeDown();
        host.with("KAMAL_BACKUP_STATE_DIR", host.container("state").toString());
        List<Place> places = List.of(
                new Place(
                        "s3:https://s3.example.com/shop-backups",
                        folder.resolve("repository").toString()),
                new Place("/data/storage", host.container("data/storage").toString()),
                new Place("app.example.com", host.address),
                new Place("/home/you/shop", lab.checkout.folder.toString()));
        Path checkout = lab.checkout.folder;
        lab.checkout.shell("rm -rf config .kamal; mkdir -p storage '" + host.container("data/storage/ab/cd")
                + "'; printf 'a picture' >'" + host.container("data/storage/ab/cd/blob") + "'; sqlite3 '"
                + host.container("data/storage/production.sqlite3")
                + "' \"CREATE TABLE posts (title TEXT); INSERT INTO posts VALUES ('from production')\"");
        for (var file : page.files().entrySet()) {
            Path path = checkout.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, here(file.getValue(), places));
        }
        // How to get to the host over ssh is in the lab's own configuration.
        Files.writeString(
                checkout.resolve("config/deploy.yml"),
                Files.readString(checkout.resolve("config/deploy.yml")) + lab.ssh() + "\n");
        lab.checkout.without("RESTIC_PASSWORD").without("KAMAL_BIN").with("JAVA_HOME", System.getProperty("java.home"));
        lab.checkout.program("kamal", KAMAL.formatted(Tools.kamal(), host.container(""), host.folder));
        lab.checkout.program(
                "kamal-backup", "exec '" + Path.of("../bin/kamal-backup").toRealPath() + "' \"$@\"");
        return places;
    }

    private static String run(KamalLab lab, String command, List<Place> places) throws Exception {
        String output = lab.checkout.typed(here(command, places));
        if (command.contains("init")) {
            // What it wrote names the page's places.
            for (String name : List.of("config/kamal-backup.yml", "config/deploy.yml")) {
                Path file = lab.checkout.folder.resolve(name);
                Files.writeString(file, here(Files.readString(file), places));
            }
        }
        for (Place place : places) {
            output = output.replace(place.here(), place.inThePage());
        }
        return output;
    }

    private static String here(String text, List<Place> places) {
        String here = text;
        for (Place place : places) {
            here = here.replace(place.inThePage(), place.here());
        }
        return here;
    }

    private static String text(List<Transcript.Step> steps) {
        return steps.stream().map(Transcript.Step::toString).collect(Collectors.joining());
    }
}
