package dev.kamalbackup.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is replaced by what. */
enum SwapShape {
    FOLDER("folder") {
        @Override
        void old(Path root) throws IOException {
            Path target = root.resolve("folder");
            put(target.resolve("both"), "old");
            put(target.resolve("only-old"), "old");
            put(target.resolve("deep/er/file"), "old");
            put(target.resolve("kind/changes"), "old");
            put(target.resolve("logs/a.log"), "kept");
            put(target.resolve("logs/notes"), "old");
            put(target.resolve("fresh/sub/b.log"), "kept");
            put(target.resolve("fresh/sub/other"), "old");
            put(target.resolve("cache/kept"), "kept");
            put(target.resolve("live.sqlite3"), "kept");
            mode(target.resolve("logs"), 02750);
            mode(target.resolve("fresh"), 0711);
            Files.createSymbolicLink(target.resolve("link"), Path.of("both"));
            Files.createDirectory(target.resolve("empty"));
        }

        @Override
        void staged(Path root) throws IOException {
            Path stage = root.resolve("folder/" + FolderSwap.STAGE + "X");
            put(stage.resolve("both"), "new");
            put(stage.resolve("only-new"), "new");
            put(stage.resolve("deep/er/file"), "new");
            put(stage.resolve("kind"), "new");
            put(stage.resolve("logs/notes"), "new");
            put(stage.resolve("logs/deep/more"), "new");
            mode(stage.resolve("logs"), 0700);
            Files.createSymbolicLink(stage.resolve("link"), Path.of("/nowhere"));
        }

        @Override
        Swap swap(Path root, FileSteps steps) {
            Path target = root.resolve("folder");
            return new FolderSwap(
                    new KeptContent(
                            Path.of("/data"),
                            target,
                            new Excludes(List.of("*.log", "/data/cache")),
                            List.of(target.resolve("live.sqlite3"))),
                    "X",
                    steps);
        }
    },
    FILE("file") {
        @Override
        void old(Path root) throws IOException {
            put(root.resolve("file"), "old");
        }
    },
    NOTHING("file") {
        @Override
        void old(Path root) {}
    },
    LINK("file") {
        @Override
        void old(Path root) throws IOException {
            Files.createSymbolicLink(root.resolve("file"), Path.of("bystander"));
        }
    },
    FOLDER_TO_FILE("file") {
        @Override
        void old(Path root) throws IOException {
            put(root.resolve("file/in/it"), "old");
        }
    },
    FILE_TO_FOLDER("file") {
        @Override
        void old(Path root) throws IOException {
            put(root.resolve("file"), "old");
        }

        @Override
        void staged(Path root) throws IOException {
            put(single(root, new FileSteps()).stage().resolve("original/in/it"), "new");
        }
    };

    private final String name;

    SwapShape(String name) {
        this.name = name;
    }

    abstract void old(Path root) throws IOException;

    void staged(Path root) throws IOException {
        put(single(root, new FileSteps()).stage().resolve("original"), "new");
    }

    Swap swap(Path root, FileSteps steps) {
        return single(root, steps);
    }

    SingleSwap single(Path root, FileSteps steps) {
        return new SingleSwap(root.resolve(name), "X", "original", steps);
    }

    Path build(Path root) throws IOException {
        Files.createDirectory(root);
        put(root.resolve("bystander"), "bystander");
        old(root);
        staged(root);
        return root;
    }

    void recover(Path root, FileSteps steps) throws IOException {
        SingleSwap.recover(root.resolve(name), steps);
        if (Files.isDirectory(root.resolve(name))) {
            FolderSwap.recover(root.resolve(name), steps);
        }
    }

    List<String> oldContent(Path scratch) throws IOException {
        Files.createDirectory(scratch);
        put(scratch.resolve("bystander"), "bystander");
        old(scratch);
        return TreeText.of(scratch);
    }

    List<String> newContent(Path scratch) throws IOException {
        Swap swap = swap(build(scratch), new FileSteps());
        swap.swap();
        swap.finish();
        return TreeText.of(scratch);
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void mode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }
}
