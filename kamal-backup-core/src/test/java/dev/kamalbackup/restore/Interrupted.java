package dev.kamalbackup.restore;

import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Steps that end before one of them: with a kill, or with an error of the disk, once or from then on. */
final class Interrupted extends FileSteps {
    enum How {
        KILLED,
        ONE_ERROR,
        ERRORS_FROM_THEN_ON
    }

    /** As if the process were gone: nothing may catch it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final How how;
    private int stepsLeft;
    private int taken;

    Interrupted(How how, int stepsBefore) {
        this.how = how;
        this.stepsLeft = stepsBefore;
    }

    /** Steps that are only counted. */
    static Interrupted never() {
        return new Interrupted(How.KILLED, Integer.MAX_VALUE);
    }

    int taken() {
        return taken;
    }

    @Override
    void move(Path from, Path to) throws IOException {
        step();
        super.move(from, to);
    }

    @Override
    void link(Path file, Path secondName) throws IOException {
        step();
        super.link(file, secondName);
    }

    @Override
    void createFolder(Path folder) throws IOException {
        step();
        super.createFolder(folder);
    }

    @Override
    void deleteFolder(Path folder) throws IOException {
        step();
        super.deleteFolder(folder);
    }

    @Override
    void apply(FolderAttributes wanted, Path folder) throws IOException {
        step();
        super.apply(wanted, folder);
    }

    /** What takes many steps may end in the middle. */
    @Override
    void removeTree(Path folder) throws IOException {
        if (stepsLeft == 0) {
            removeSomething(folder);
        }
        step();
        super.removeTree(folder);
    }

    private void step() throws IOException {
        if (stepsLeft == 0) {
            stepsLeft = how == How.ERRORS_FROM_THEN_ON ? 0 : Integer.MAX_VALUE;
            if (how == How.KILLED) {
                throw new Killed();
            }
            throw new FileSystemException("an error of the disk");
        }
        stepsLeft--;
        taken++;
    }

    private static void removeSomething(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> listed = Files.list(folder)) {
            inside = listed.limit(1).toList();
        }
        for (Path each : inside) {
            FileTree.remove(each);
        }
    }
}
