package dev.kamalbackup.rails;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One of the app's YAML files, with the ERB in it.
 *
 * @param name its name as the user knows it, as in {@code config/database.yml}
 */
record AppFile(String name, Path path, ErbText erb, AppNode root) {
    private static final long LARGEST = 1024L * 1024;

    /** The file; empty if there is none, or one that only Ruby can tell the shape of and {@code ruby} is not given. */
    static Optional<AppFile> read(Path folder, String name, Variables variables, Optional<RubyProgram> ruby) {
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            if (Files.size(path) > LARGEST) {
                throw unreadable(name, 0, "is larger than any such file");
            }
            ErbText erb = ErbText.read(Files.readString(path), variables);
            if (erb.statement() == 0) {
                return Optional.of(new AppFile(name, path, erb, parse(name, erb.text())));
            }
            return ruby.map(program -> evaluated(name, path, erb.statement(), program));
        } catch (IOException failed) {
            throw unreadable(name, 0, "cannot be read: " + failed.getClass().getSimpleName());
        }
    }

    /**
     * The texts below a mapping of this file, their insertions filled in.
     *
     * @throws ConfigurationException if the value of one is not known and Ruby cannot tell it
     */
    Map<String, String> texts(List<String> keys, Optional<RubyProgram> ruby) {
        Map<String, AppNode> entries = root.at(keys.toArray(String[]::new)).entries();
        Optional<ErbText.Insertion> unknown = entries.values().stream()
                .flatMap(node -> node.text().stream())
                .flatMap(text -> erb.unknownIn(text).stream())
                .findFirst();
        if (unknown.isPresent() && ruby.isPresent()) {
            return evaluated(name, path, unknown.get().line(), ruby.get()).texts(keys, Optional.empty());
        }
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().text().isPresent())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> erb.filled(entry.getValue().text().orElseThrow())));
    }

    private static AppFile evaluated(String name, Path path, int line, RubyProgram ruby) {
        String text = ruby.evaluate(path, reason -> {
                    throw unreadable(
                            name,
                            line,
                            "this ERB is not understood, and " + reason
                                    + "; write what is meant into config/kamal-backup.local.yml");
                })
                .orElseThrow();
        return new AppFile(name, path, new ErbText(text, List.of(), 0), parse(name, text));
    }

    private static AppNode parse(String name, String text) {
        try {
            return AppNode.parse(text);
        } catch (YamlEngineException mistake) {
            int line = mistake instanceof MarkedYamlEngineException marked
                    ? marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0)
                    : 0;
            throw unreadable(name, line, "is not valid YAML");
        }
    }

    private static ConfigurationException unreadable(String name, int line, String message) {
        return new ConfigurationException(List.of(new Problem(line == 0 ? name : name + ":" + line, "", message)));
    }
}
