package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A checkout with a script for Kamal: it writes down what it was asked, and its accessory answers what a test wants. */
final class FakeKamal {
    /** What the accessory does; {@code frame o TEXT} and the like print frames if those are wanted. */
    private static final String SCRIPT = """
            lab='%s'
            (IFS='|'; printf '%%s\\n' "$*" >>"$lab/calls")
            case "$1 $2" in
              'config '*) echo 'a banner line'; cat "$lab/deploy"; exit ;;
              'secrets print') cat "$lab/secrets"; exit ;;
            esac
            echo 'Launching command from existing container...'
            line=${@: -1}
            framed=${line##*--framed=}
            token=${framed%%,*}
            frame() { printf 'kb1:%%s:%%s:%%s\\n' "$token" "$1" "$(printf %%s "$2" | base64 -w0)"; }
            end() { frame b ''; printf 'kb1:%%s:x:%%s\\n' "$token" "$1"; exit 0; }
            if [ "$line" = 'kamal-backup version' ]; then
              cat "$lab/version"
              exit
            fi
            . "$lab/accessory"
            """;

    final Path checkout;
    private final Path lab;

    FakeKamal(Path folder) throws IOException {
        checkout = Files.createDirectories(folder.resolve("shop"));
        lab = Files.createDirectories(folder.resolve("kamal"));
        AppFolder.script(lab.resolve("kamal"), SCRIPT.formatted(lab));
        Files.createDirectories(checkout.resolve("config"));
        Files.writeString(checkout.resolve("config/deploy.yml"), "service: shop\n");
        Files.writeString(checkout.resolve("config/kamal-backup.yml"), "app: shop\n");
        Files.writeString(lab.resolve("secrets"), "RESTIC_PASSWORD=canary-7d21\n");
        on("192.0.2.1");
        version(KamalBackup.version());
        accessory("frame o 'a result\n'; end 0");
    }

    /** The hosts of the accessory. */
    FakeKamal on(String... hosts) throws IOException {
        Files.writeString(lab.resolve("deploy"), """
                ---
                :version: latest
                :service_with_version: shop-latest
                :accessories:
                  backup:
                    image: example/kamal-backup:1
                    hosts: [%s]
                    env: {secret: [RESTIC_PASSWORD], clear: {}}
                """.formatted(String.join(", ", hosts)));
        return this;
    }

    /** What the accessory says its version is. */
    FakeKamal version(String text) throws IOException {
        Files.writeString(lab.resolve("version"), text + "\n");
        return this;
    }

    /** What the accessory does when it is asked for anything else. */
    FakeKamal accessory(String script) throws IOException {
        Files.writeString(lab.resolve("accessory"), script + "\n");
        return this;
    }

    /** The accessory shows a plan for this run if it is asked to, and a result otherwise. */
    FakeKamal planning(String run) throws IOException {
        return accessory("case $line in *--dry-run*) frame o 'run " + run + ", 3 h old, complete\n' ;;"
                + " *) frame o 'a result\n' ;; esac; end 0");
    }

    /** The program in this checkout. */
    CliLab lab() {
        return new CliLab(checkout)
                .with("PATH", "/usr/local/bin:/usr/bin:/bin")
                .with("KAMAL_BIN", lab.resolve("kamal").toString());
    }

    /** What Kamal was asked, oldest first: arguments with {@code |} between them, and no token. */
    List<String> calls() throws IOException {
        Path file = lab.resolve("calls");
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> calls = new ArrayList<>(Files.readAllLines(file));
        calls.replaceAll(call -> call.replaceAll("--framed=[0-9a-f]{32}", "--framed=TOKEN"));
        return calls;
    }

    /** What was run in the accessory, oldest first. */
    List<String> remote() throws IOException {
        return calls().stream()
                .filter(call -> call.startsWith("accessory|exec|"))
                .map(call -> call.substring(call.lastIndexOf('|') + 1))
                .map(call -> call.replaceAll(" --framed=TOKEN(,tied)?$", ""))
                .toList();
    }
}
