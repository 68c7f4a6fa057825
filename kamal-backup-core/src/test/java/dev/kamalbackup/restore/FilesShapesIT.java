package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.Settings;
import dev.kamalbackup.state.FileTree;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever can lie in a folder comes back as it was, staged and in place; what was never saved stays. */
class FilesShapesIT {
    private static final List<String> ODD_NAMES = List.of(
            "with space",
            " blanks ",
            "quote'\"",
            "new\nline",
            "ümläut 😀",
            "-dash",
            "--delete",
            "star*",
            "[x",
            "a?",
            "back\\slash",
            ".hidden",
            "$HOME",
            "!not",
            "#hash");

    @TempDir
    private Path folder;

    private Path storage;
    private Path single;
    private Path empty;
    private Path inner;
    private Path gone;
    private Path wasFolder;
    private Path wasFile;

    @ParameterizedTest
    @CsvSource({"staged, 0.19", "in place, 0.19", "in place, 0.18"})
    void everyShapeComesBack(String way, String restic) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic(restic));
        paths();
        fill();
        List<String> before = exact(folder.resolve("data"));
        Settings settings = settings(repository, storage, single, empty, inner, gone, wasFolder, wasFile);
        assertThat(Backups.backup(settings).complete()).isTrue();
        spoil();
        Object database = Files.getAttribute(storage.resolve("db.sqlite3"), "unix:ino");

        restore(settings, way);

        List<String> expected = new ArrayList<>(before);
        expected.addAll(exact(folder.resolve("data")).stream()
                .filter(line -> line.startsWith("storage/fresh"))
                .toList());
        assertThat(exact(folder.resolve("data"))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(storage.resolve("fresh/deep/b.log")).hasContent("written since");
        assertThat(storage.resolve("fresh/extra")).doesNotExist();
        assertThat(Files.getAttribute(storage.resolve("db.sqlite3"), "unix:ino"))
                .as("the live database has never moved")
                .isEqualTo(database);
        assertThat(Files.getAttribute(storage.resolve("linked 1"), "unix:ino"))
                .isEqualTo(Files.getAttribute(storage.resolve("linked 2"), "unix:ino"));
        assertThat(Files.isSymbolicLink(folder.resolve("data/link"))).isTrue();

        // Once more, with nothing to do; now those that had been missing keep their own attributes, too.
        restore(settings, way);
        assertThat(exact(folder.resolve("data")))
                .filteredOn(line -> !line.matches("(gone|was folder) .*"))
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(line -> !line.matches("(gone|was folder) .*"))
                        .toList());
    }

    private void paths() throws IOException {
        storage = Files.createDirectories(folder.resolve("data/storage"));
        single = folder.resolve("data/single [file]*");
        empty = Files.createDirectories(folder.resolve("data/empty"));
        Files.createDirectories(folder.resolve("elsewhere/inner"));
        Files.createSymbolicLink(folder.resolve("data/link"), folder.resolve("elsewhere"));
        inner = folder.resolve("data/link/inner");
        gone = Files.createDirectories(folder.resolve("data/gone"));
        wasFolder = Files.createDirectories(folder.resolve("data/was folder"));
        wasFile = folder.resolve("data/was file");
    }

    private void fill() throws Exception {
        for (String name : ODD_NAMES) {
            Files.writeString(storage.resolve(name), "content of " + name);
        }
        // A name that is no UTF-8, which Java cannot write.
        run("printf odd > \"$1\"/$'latin-\\xfc'", storage);
        Files.createDirectories(storage.resolve("a/empty one"));
        Files.createDirectories(storage.resolve("set group"));
        Files.writeString(storage.resolve("set group/file"), "");
        Files.writeString(storage.resolve("a/private"), "0600");
        Files.writeString(storage.resolve("a/program"), "0755");
        mode(storage.resolve("a/private"), 0600);
        mode(storage.resolve("a/program"), 0755);
        mode(storage.resolve("set group"), 02750);
        Files.createSymbolicLink(storage.resolve("to file"), Path.of("a/private"));
        Files.createSymbolicLink(storage.resolve("to folder"), Path.of("a"));
        Files.createSymbolicLink(storage.resolve("dangling"), Path.of("no where"));
        Files.createSymbolicLink(storage.resolve("absolute"), Path.of("/etc/passwd"));
        Files.writeString(storage.resolve("linked 1"), "one file of two names");
        Files.createLink(storage.resolve("linked 2"), storage.resolve("linked 1"));
        Files.writeString(storage.resolve("db.sqlite3"), "the live database");
        Files.createDirectories(storage.resolve("cache/pages"));
        Files.writeString(storage.resolve("cache/pages/1"), "excluded");
        Files.createDirectories(storage.resolve("a/log"));
        Files.writeString(storage.resolve("a/log/x.log"), "excluded");
        Files.writeString(storage.resolve("a/log/notes"), "not excluded");
        Files.writeString(single, "single");
        Files.writeString(inner.resolve("in a linked folder"), "x");
        Files.writeString(gone.resolve("file"), "x");
        mode(gone, 0750);
        Files.writeString(wasFolder.resolve("file"), "x");
        Files.writeString(wasFile, "a file");
        for (String path : List.of("storage/a/program", "storage/a", "storage/a/log", "gone")) {
            Files.setLastModifiedTime(
                    folder.resolve("data").resolve(path), FileTime.from(Instant.parse("2020-02-02T02:02:02.123456Z")));
        }
    }

    private void spoil() throws Exception {
        Files.writeString(storage.resolve("with space"), "longer than before, and another text");
        Files.delete(storage.resolve("star*"));
        Files.delete(storage.resolve("-dash"));
        Files.createDirectories(storage.resolve("-dash/a folder in its place"));
        FileTree.remove(storage.resolve("set group"));
        Files.writeString(storage.resolve("set group"), "a file in the place of a folder");
        Files.delete(storage.resolve("to folder"));
        Files.createDirectories(storage.resolve("to folder/a folder in the place of a link"));
        Files.delete(storage.resolve("dangling"));
        Files.createSymbolicLink(storage.resolve("dangling"), Path.of("somewhere else"));
        Files.delete(storage.resolve("linked 2"));
        Files.writeString(storage.resolve("linked 2"), "now of its own, and longer");
        mode(storage.resolve("a/private"), 0644);
        Files.writeString(storage.resolve("a/extra"), "extra");
        Files.createDirectories(storage.resolve("a/empty one/extra/folder"));
        Files.writeString(storage.resolve("a/log/extra"), "extra");
        Files.createDirectories(storage.resolve("fresh/deep"));
        Files.writeString(storage.resolve("fresh/deep/b.log"), "written since");
        Files.writeString(storage.resolve("fresh/extra"), "extra");
        Files.writeString(single, "changed");
        Files.writeString(empty.resolve("no longer empty"), "extra");
        Files.writeString(inner.resolve("extra"), "extra");
        FileTree.remove(gone);
        FileTree.remove(wasFolder);
        Files.writeString(wasFolder, "a file now");
        Files.delete(wasFile);
        Files.createDirectories(wasFile.resolve("a folder/now"));
    }

    private Settings settings(TestRepository repository, Path... paths) {
        return FilesLab.settings(
                folder, repository, List.of(folder.resolve("data/storage/cache").toString()), paths);
    }

    private static void restore(Settings settings, String way) {
        FilesLab.restore(settings, way);
    }

    /** Everything there is to compare; folders that are targets themselves keep the attributes they have. */
    private List<String> exact(Path root) throws Exception {
        List<String> targets = List.of("storage", "empty", "link", "link/inner");
        List<String> lines = new ArrayList<>();
        try (Stream<Path> found = Files.walk(root);
                Stream<Path> foundInside = Files.walk(inner)) {
            for (Path path : Stream.concat(found, foundInside).toList()) {
                String name = root.relativize(path).toString();
                boolean link = Files.isSymbolicLink(path);
                String content = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                        ? Files.readString(path)
                        : link ? Files.readSymbolicLink(path).toString() : "";
                lines.add(
                        name.isEmpty() || targets.contains(name)
                                ? name
                                : name + " " + Integer.toOctalString(mode(path)) + " "
                                        + (link ? "" : Files.getLastModifiedTime(path)) + " " + content);
            }
        }
        return lines;
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }

    private static void mode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    private static void run(String script, Path argument) throws Exception {
        Process bash = new ProcessBuilder("bash", "-c", script, "bash", argument.toString())
                .inheritIO()
                .start();
        assertThat(bash.waitFor()).isZero();
    }
}
