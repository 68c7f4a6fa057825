package dev.kamalbackup.rails;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What {@code config/deploy.yml} says, as far as backups are concerned.
 *
 * @param service the app's name
 * @param host the first server
 * @param volumes the app's volumes, as in {@code shop_storage:/rails/storage}
 * @param clear the app's variables that are no secrets
 * @param accessories those there are
 */
public record KamalDeploy(
        String service, String host, List<String> volumes, Map<String, String> clear, List<Accessory> accessories) {
    public static final String FILE = "config/deploy.yml";

    public KamalDeploy {
        volumes = List.copyOf(volumes);
        clear = Map.copyOf(clear);
        accessories = List.copyOf(accessories);
    }

    /**
     * An accessory.
     *
     * @param clear its variables that are no secrets
     * @param secrets the names of those that are, as the container sees them
     * @param mounts everything that is mounted, as in {@code shop_storage:/data/storage}: volumes, directories, files
     */
    public record Accessory(
            String name, String image, Map<String, String> clear, List<String> secrets, List<String> mounts) {
        public Accessory {
            clear = Map.copyOf(clear);
            secrets = List.copyOf(secrets);
            mounts = List.copyOf(mounts);
        }
    }

    /**
     * The file of this checkout; empty if there is none, or one whose shape only Ruby can tell.
     *
     * @throws dev.kamalbackup.error.ConfigurationException if it cannot be read
     */
    public static Optional<KamalDeploy> read(Path folder, Variables variables) {
        return AppFile.read(folder, FILE, variables, Optional.empty()).map(KamalDeploy::of);
    }

    /** The accessory of this name; if none is given, the only one whose image is ours, else the one named backup. */
    public Optional<Accessory> accessory(Optional<String> name) {
        if (name.isPresent()) {
            return named(name.get());
        }
        List<Accessory> ours = accessories.stream()
                .filter(each -> each.image().contains("kamal-backup"))
                .toList();
        return ours.size() == 1 ? Optional.of(ours.get(0)) : named("backup");
    }

    private Optional<Accessory> named(String name) {
        return accessories.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static KamalDeploy of(AppFile file) {
        AppNode root = file.root();
        List<Accessory> accessories = new ArrayList<>();
        root.at("accessories").entries().forEach((name, node) -> accessories.add(accessory(file, name, node)));
        return new KamalDeploy(
                text(file, root.at("service")),
                firstHost(file, root.at("servers")),
                texts(file, root.at("volumes")),
                clear(file, root.at("env")),
                accessories);
    }

    private static Accessory accessory(AppFile file, String name, AppNode node) {
        TreeSet<String> secrets = new TreeSet<>();
        // A secret may be given under another name: TARGET:SOURCE.
        texts(file, node.at("env", "secret")).forEach(secret -> secrets.add(secret.split(":", 2)[0]));
        return new Accessory(
                name,
                text(file, node.at("image")),
                clear(file, node.at("env")),
                List.copyOf(secrets),
                Stream.of("volumes", "directories", "files")
                        .flatMap(kind -> texts(file, node.at(kind)).stream())
                        .toList());
    }

    /** {@code servers} is a list, or lists below roles. */
    private static String firstHost(AppFile file, AppNode servers) {
        List<String> hosts = texts(file, servers);
        if (!hosts.isEmpty()) {
            return hosts.get(0);
        }
        return servers.entries().values().stream()
                .map(role -> role.isMapping() ? role.at("hosts") : role)
                .flatMap(role -> texts(file, role).stream())
                .findFirst()
                .orElse("");
    }

    /** All of {@code env} where it is not split into clear and secret ones. */
    private static Map<String, String> clear(AppFile file, AppNode env) {
        boolean split = env.entries().containsKey("clear") || env.entries().containsKey("secret");
        Map<String, String> clear = new TreeMap<>();
        (split ? env.at("clear") : env)
                .entries()
                .forEach((name, value) -> value.text()
                        .ifPresent(text -> clear.put(name, file.erb().filled(text))));
        return clear;
    }

    private static List<String> texts(AppFile file, AppNode list) {
        return list.items().stream()
                .flatMap(item -> item.text().stream())
                .map(file.erb()::filled)
                .toList();
    }

    private static String text(AppFile file, AppNode node) {
        return node.text().map(file.erb()::filled).orElse("");
    }
}
