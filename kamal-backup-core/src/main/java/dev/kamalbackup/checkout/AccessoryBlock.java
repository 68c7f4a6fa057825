package dev.kamalbackup.checkout;

import dev.kamalbackup.rails.KamalDeploy;
import dev.kamalbackup.settings.AccessoryNeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The block for {@code config/deploy.yml} that gives a configuration exactly the secrets and volumes it needs. */
final class AccessoryBlock {
    private final AccessoryNeeds needs;
    private final Optional<KamalDeploy> deploy;

    AccessoryBlock(AccessoryNeeds needs, Optional<KamalDeploy> deploy) {
        this.needs = needs;
        this.deploy = deploy;
    }

    String yaml() {
        List<String> lines = new ArrayList<>();
        lines.add("accessories:");
        lines.add("  " + needs.accessory() + ":");
        lines.add("    image: your-registry/kamal-backup:latest");
        lines.add("    host: "
                + deploy.map(KamalDeploy::host).filter(host -> !host.isBlank()).orElse("192.0.2.1"));
        lines.add("    files:");
        lines.add("      - " + Initializer.FILE + ":/app/" + Initializer.FILE + ":ro");
        if (!needs.secrets().isEmpty()) {
            lines.add("    env:");
            lines.add("      secret:");
            needs.secrets().forEach(secret -> lines.add("        - " + secret));
        }
        lines.add("    volumes:");
        volumes().forEach(volume -> lines.add("      - \"" + volume + "\""));
        return String.join("\n", lines) + "\n";
    }

    /** One for each folder that no other one holds, and one for the state. */
    private List<String> volumes() {
        List<String> volumes = new ArrayList<>();
        List<Path> mounted = new ArrayList<>();
        for (String file : needs.files()) {
            Path path = Path.of("/app").resolve(file).normalize();
            if (mounted.stream().noneMatch(path::startsWith)) {
                Path folder = isFile(path) && path.getParent() != null ? path.getParent() : path;
                mounted.add(folder);
                volumes.add(source(folder) + ":" + folder);
            }
        }
        volumes.add(service() + "_backup_state:" + needs.stateFolder());
        return volumes;
    }

    /** The volume that the app mounts under the same name; else a name for the reader to replace. */
    private String source(Path folder) {
        String name =
                folder.getFileName() == null ? "data" : folder.getFileName().toString();
        return deploy.flatMap(app -> new Mounts(app.volumes()).sourceOf(name)).orElse(service() + "_" + name);
    }

    /** Told by its name: it does not exist on this machine. */
    private static boolean isFile(Path path) {
        return path.getFileName() != null && path.getFileName().toString().contains(".");
    }

    private String service() {
        return deploy.map(KamalDeploy::service).filter(name -> !name.isBlank()).orElse("app");
    }
}
