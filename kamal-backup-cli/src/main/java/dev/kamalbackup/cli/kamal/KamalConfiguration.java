package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kamal config} tells of the accessories.
 *
 * @param accessories in the order of the file
 * @param hosts every host of the deployment
 */
public record KamalConfiguration(List<Accessory> accessories, List<String> hosts) {
    private static final String OURS = "kamal-backup";
    private static final String USUAL_NAME = "backup";

    public KamalConfiguration {
        accessories = List.copyOf(accessories);
        hosts = List.copyOf(hosts);
    }

    /**
     * Reads what {@code kamal config} printed.
     *
     * @throws ToolException if that is no YAML
     */
    public static KamalConfiguration parse(String printed) {
        RenderedYaml yaml = RenderedYaml.parse(printed, "kamal config");
        String app = app(yaml);
        List<Accessory> accessories = new ArrayList<>();
        Map<String, Object> sections = yaml.section("accessories");
        sections.keySet().forEach(name -> accessories.add(accessory(app, name, RenderedYaml.section(sections, name))));
        return new KamalConfiguration(accessories, yaml.texts("hosts"));
    }

    /**
     * The accessory that is ours.
     *
     * @param configured the name in the configuration, empty if there is none
     * @throws ToolException if that cannot be told
     */
    public Accessory backup(String configured) {
        if (!configured.isEmpty()) {
            return named(configured)
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            "there is no accessory " + configured + ", which accessory: names", "correct accessory:"));
        }
        List<Accessory> ours =
                accessories.stream().filter(each -> each.image().contains(OURS)).toList();
        if (ours.size() == 1) {
            return ours.get(0);
        }
        return named(USUAL_NAME)
                .findFirst()
                .orElseThrow(() -> unknown(
                        ours.isEmpty()
                                ? "no accessory has an image of kamal-backup, and none is named backup"
                                : "several accessories have an image of kamal-backup",
                        "name the right one with accessory:"));
    }

    private Stream<Accessory> named(String name) {
        return accessories.stream().filter(each -> each.name().equals(name));
    }

    private ToolException unknown(String reason, String hint) {
        String there = accessories.isEmpty()
                ? "there are no accessories"
                : "there " + (accessories.size() == 1 ? "is " : "are ")
                        + accessories.stream().map(Accessory::name).collect(Collectors.joining(", "));
        return new ToolException(new Fault(
                "find the backup accessory",
                "Kamal's configuration",
                reason + "; " + there,
                hint + " in config/kamal-backup.yml; kamal-backup init prints the block for a new one"));
    }

    private static String app(RenderedYaml yaml) {
        String service = yaml.text("service");
        String versioned = yaml.text("service_with_version");
        String version = "-" + yaml.text("version");
        return service.isEmpty() && versioned.endsWith(version)
                ? versioned.substring(0, versioned.length() - version.length())
                : service;
    }

    private static Accessory accessory(String app, String name, Map<String, Object> yaml) {
        String service = RenderedYaml.text(yaml, "service");
        List<String> hosts = Stream.of("host", "hosts")
                .flatMap(key -> RenderedYaml.texts(yaml.get(key)).stream())
                .distinct()
                .toList();
        Map<String, Object> env = RenderedYaml.section(yaml, "env");
        boolean split = env.containsKey("clear") || env.containsKey("secret") || env.containsKey("tags");
        return new Accessory(
                name,
                RenderedYaml.text(yaml, "image"),
                service.isEmpty() ? app + "-" + name : service,
                hosts,
                hosts.isEmpty(),
                clear(split ? RenderedYaml.section(env, "clear") : env),
                secrets(env.get("secret")));
    }

    private static Map<String, String> clear(Map<String, Object> values) {
        Map<String, String> clear = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (value instanceof String text) {
                clear.put(name, text);
            }
        });
        return clear;
    }

    private static Map<String, String> secrets(@Nullable Object given) {
        Map<String, String> secrets = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((name, source) -> secrets.put(String.valueOf(name), String.valueOf(source)));
            return secrets;
        }
        for (String secret : RenderedYaml.texts(given)) {
            String[] names = secret.split(":", 2);
            secrets.put(names[0], names.length == 2 ? names[1] : names[0]);
        }
        return secrets;
    }
}
