package dev.kamalbackup.rails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An app's checkout. Nothing of the app is run, but for ERB that is not understood, by {@code ruby}. */
public final class RailsApp {
    public static final String DATABASES = "config/database.yml";

    /** What Rails calls the only database of an environment. */
    public static final String PRIMARY = "primary";

    private final Path folder;
    private final Variables variables;
    private final Optional<RubyProgram> ruby;

    /** @param ruby evaluates what is not understood; without it that counts as not set */
    public RailsApp(Path folder, Variables variables, Optional<RubyProgram> ruby) {
        this.folder = folder;
        this.variables = variables;
        this.ruby = ruby;
    }

    /** Whether this is the folder of an app with databases. */
    public boolean hasDatabases() {
        return Files.isRegularFile(folder.resolve(DATABASES));
    }

    /**
     * The databases of an environment, in the file's order; none if the file says nothing of it.
     *
     * @param environment as in {@code production}
     * @throws dev.kamalbackup.error.ConfigurationException if the file cannot be read
     */
    public List<RailsDatabase> databases(String environment) {
        return AppFile.read(folder, DATABASES, variables, ruby).stream()
                .flatMap(file -> databases(file, environment).stream())
                .toList();
    }

    private List<RailsDatabase> databases(AppFile file, String environment) {
        Map<String, AppNode> entries = file.root().at(environment).entries();
        boolean several = !entries.isEmpty() && entries.values().stream().allMatch(AppNode::isMapping);
        if (!several) {
            return entries.isEmpty()
                    ? List.of()
                    : List.of(new RailsDatabase(PRIMARY, file.texts(List.of(environment), ruby)));
        }
        List<RailsDatabase> databases = new ArrayList<>();
        for (String name : entries.keySet()) {
            databases.add(new RailsDatabase(name, file.texts(List.of(environment, name), ruby)));
        }
        return databases;
    }
}
