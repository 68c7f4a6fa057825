package dev.kamalbackup.restore;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.state.FileTree;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Paths with everything a restore has to do with: many files, what is excluded among them, a single file, an empty folder. */
final class RestoreLab {
    static final List<String> KEPT =
            List.of("storage/log/app.log", "storage/a0/cache/page", "storage/fresh/deep/b.log");

    private final Path folder;
    private final TestRepository repository;

    private RestoreLab(Path folder, TestRepository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    static RestoreLab at(Path folder) {
        return new RestoreLab(folder, TestRepository.at(folder.resolve("repository"), Tools.restic()));
    }

    /** What lies in the paths. */
    Path data() {
        return folder.resolve("data");
    }

    Settings settings() {
        Settings plain = Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", "echo rows; echo END")
                        .with("target", folder.resolve("database.txt").toString())),
                List.of());
        return new Settings(
                plain.app(),
                plain.accessory(),
                plain.databases(),
                List.of(
                        new BackupPath(data().resolve("storage"), List.of("*.log", "cache")),
                        BackupPath.of(data().resolve("single")),
                        BackupPath.of(data().resolve("empty"))),
                List.of(),
                plain.restic(),
                plain.backup(),
                plain.stateFolder(),
                plain.maintenance());
    }

    /** Makes a repository with a backup of what is to come back. */
    void backUp() throws IOException, InterruptedException {
        TestRepository.create(folder.resolve("repository"), Tools.restic());
        Files.createDirectories(data().resolve("empty"));
        write("new", 300);
        Backups.backup(settings());
    }

    /** Makes other content, with something in it that is excluded. */
    void change() throws IOException {
        FileTree.remove(data());
        Files.createDirectories(data());
        write("old", 340);
        for (String place : KEPT) {
            put(place, "kept");
        }
        put("storage/fresh/other", "old in a folder of its own");
        put("empty/no longer", "old in what is to be empty");
    }

    /** The content of every file, wherever it lies. */
    Set<String> contents() throws IOException {
        try (Stream<Path> found = Files.walk(data())) {
            Set<String> contents = new TreeSet<>();
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file));
            }
            return contents;
        }
    }

    private void write(String text, int count) throws IOException {
        put("single", text);
        for (int i = 0; i < count; i++) {
            put(String.format("storage/%c%d/%02x/file %d", 'a' + i % 5, i % 3, i % 16, i), text + " " + i);
        }
    }

    private void put(String place, String text) throws IOException {
        Files.createDirectories(data().resolve(place).getParent());
        Files.writeString(data().resolve(place), text);
    }
}
