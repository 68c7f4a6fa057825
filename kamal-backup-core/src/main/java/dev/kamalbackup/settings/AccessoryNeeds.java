package dev.kamalbackup.settings;

import dev.kamalbackup.settings.ConfigNode.Child;
import dev.kamalbackup.settings.ConfigNode.Items;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a configuration file wants its accessory to be given.
 *
 * @param accessory its name
 * @param secrets the variables it refers to, and those that the repository's backend reads
 * @param files the folders and files to back up, and the files of SQLite databases, as they are written
 * @param stateFolder where records, cache and scratch files live
 */
public record AccessoryNeeds(String accessory, List<String> secrets, List<String> files, String stateFolder) {
    /** Which variables the backend of a repository reads, by how its address begins (restic manual). */
    private static final Map<String, List<String>> BACKENDS = Map.of(
            "s3:", List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
            "b2:", List.of("B2_ACCOUNT_ID", "B2_ACCOUNT_KEY"),
            "azure:", List.of("AZURE_ACCOUNT_NAME", "AZURE_ACCOUNT_KEY"),
            "gs:", List.of("GOOGLE_PROJECT_ID", "GOOGLE_ACCESS_TOKEN"));

    public AccessoryNeeds {
        secrets = List.copyOf(secrets);
        files = List.copyOf(files);
    }

    /**
     * Reads {@code config/kamal-backup.yml} of a checkout.
     *
     * @throws dev.kamalbackup.error.ConfigurationException if it cannot be read
     */
    public static AccessoryNeeds of(Path checkout) {
        Problems problems = new Problems(Map.of());
        List<Section> roots = new ConfigFiles(checkout, problems).read(Map.of(ConfigFiles.VARIABLE, ConfigFiles.MAIN));
        problems.throwIfAny();
        List<Layer> layers =
                roots.stream().map(root -> Layer.of(root, problems)).toList();
        Values values = new Values(Map.of(), Optional.of(Set.of()), layers, problems);
        Set<String> secrets = new TreeSet<>();
        roots.forEach(root -> addReferences(root, secrets));
        String repository = text(values, Keys.REPOSITORY);
        BACKENDS.forEach((scheme, variables) -> {
            if (repository.startsWith(scheme)) {
                secrets.addAll(variables);
            }
        });
        return new AccessoryNeeds(
                values.text(Keys.ACCESSORY),
                List.copyOf(secrets),
                Stream.concat(paths(values), databaseFiles(values)).distinct().toList(),
                values.text(Keys.STATE_PATH));
    }

    private static void addReferences(ConfigNode node, Set<String> secrets) {
        if (node instanceof Section section) {
            Child reference = section.children().get(SecretReader.SECRET);
            if (reference != null && section.children().size() == 1 && reference.node() instanceof Scalar name) {
                secrets.add(name.text().strip());
            }
            section.children().values().forEach(child -> addReferences(child.node(), secrets));
        } else if (node instanceof Items items) {
            items.nodes().forEach(item -> addReferences(item, secrets));
        }
    }

    private static Stream<String> paths(Values values) {
        return values.given(Keys.PATHS_LIST).stream()
                .flatMap(entry -> items(entry.node()))
                .flatMap(node -> node instanceof Section ? below(node, "path") : scalar(node));
    }

    private static Stream<String> databaseFiles(Values values) {
        Stream<String> listed = values.given(Keys.DATABASES_LIST).stream()
                .flatMap(entry -> items(entry.node()))
                .filter(node -> below(node, "adapter").anyMatch(word -> word.startsWith("sqlite")))
                .flatMap(node -> Stream.concat(below(node, "path"), below(node, "database")));
        return Stream.concat(listed, Stream.of(text(values, ConnectionKeys.SQLITE_PATH)))
                .filter(path -> !path.isEmpty());
    }

    private static Stream<ConfigNode> items(ConfigNode node) {
        return node instanceof Items items ? items.nodes().stream() : Stream.of(node);
    }

    private static Stream<String> below(ConfigNode node, String key) {
        return node instanceof Section section && section.children().containsKey(key)
                ? scalar(section.children().get(key).node())
                : Stream.empty();
    }

    private static Stream<String> scalar(ConfigNode node) {
        return node instanceof Scalar scalar ? Stream.of(scalar.text().strip()) : Stream.empty();
    }

    private static String text(Values values, Key key) {
        return values.given(key).stream()
                .flatMap(entry -> scalar(entry.node()))
                .findFirst()
                .orElse("");
    }
}
