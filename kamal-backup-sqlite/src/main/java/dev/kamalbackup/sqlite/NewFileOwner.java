package dev.kamalbackup.sqlite;

import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whose a database becomes that a restore makes: root restores into a volume that is the app's, and the app could only
 * read what stayed root's.
 *
 * @param owner user and group as numbers, since their names may be known to the app's machine only
 * @param folder the folder that they are taken from
 * @param made what the restore makes, the file first: a folder is given away after what is in it
 */
record NewFileOwner(String owner, Path folder, List<Path> made) {
    private static final String ROOT = "0:0";

    NewFileOwner {
        made = List.copyOf(made);
    }

    /** Of a target that is not there yet; empty for who may give nothing away, or would give it to himself. */
    static Optional<NewFileOwner> of(Path target) throws IOException {
        if (!"root".equals(System.getProperty("user.name")) || Files.exists(target)) {
            return Optional.empty();
        }
        Path folder = DatabaseFile.nearestFolder(target);
        Map<String, Object> found = Files.readAttributes(folder, "unix:uid,gid");
        String owner = found.get("uid") + ":" + found.get("gid");
        List<Path> made = new ArrayList<>();
        for (Path each = target; each != null && !each.equals(folder); each = each.getParent()) {
            made.add(each);
        }
        return owner.equals(ROOT) ? Optional.empty() : Optional.of(new NewFileOwner(owner, folder, made));
    }

    /** Not through a link, which the folder's owner could have put there meanwhile. */
    LoadStep step(ChildEnvironment environment) {
        List<String> arguments = new ArrayList<>(List.of("-h", "--", owner));
        made.forEach(path -> arguments.add(path.toString()));
        return new LoadStep.Run(CommandStep.of(
                "give the new database to " + owner + ", whose folder " + folder + " is",
                new Command("chown", arguments, environment),
                Duration.ofMinutes(1),
                "the database is restored, and the app may not be able to write to it; run: chown -h -- " + owner + " "
                        + made.stream().map(DatabaseFile::quoted).collect(Collectors.joining(" "))));
    }
}
