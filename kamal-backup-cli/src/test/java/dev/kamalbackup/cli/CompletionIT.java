package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the build makes for the shells is taken by the real shells, and completes what they are asked. */
class CompletionIT {
    private static final Path MADE = Path.of("target").toAbsolutePath();

    /** Asks the function that bash itself would ask, and as bash would. */
    private static final String BASH = """
            # Bash has it only while somebody presses the key.
            compopt() { :; }
            source "$1/kamal-backup.bash"
            for line in "${@:2}"; do
              read -ra COMP_WORDS <<<"$line"
              [ "${line% }" = "$line" ] || COMP_WORDS+=("")
              COMP_LINE=$line COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
              [[ "$(complete -p kamal-backup)" =~ -F\\ ([^ ]+) ]]
              "${BASH_REMATCH[1]}"
              echo "${COMPREPLY[*]}"
            done
            """;

    /** Types into a zsh at a terminal of its own, has it list what comes next, and takes back what was typed. */
    private static final String ZSH = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            until_seen() {
              local piece tries
              for tries in {1..600}; do
                zpty -r -t shell piece && seen+=$piece
                [[ $seen == *$1* ]] && return
                sleep 0.05
              done
              print -ru2 -- "zsh did not show $1 but: $seen"
              exit 1
            }
            zpty -w shell "PROMPT= fpath=('$1' \\$fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=1000; echo REA''DY"
            until_seen READY
            for line in "${@:2}"; do
              seen=
              zpty -w -n shell "$line"$'\\C-D\\C-U'"echo DO''NE"$'\\n'
              until_seen DONE
              print -r -- "${seen//[$'\\r\\n']/ }"
            done
            zpty -d shell
            """;

    private static final String FISH = """
            source $argv[1]/kamal-backup.fish
            for line in $argv[2..-1]
                complete -C "$line" | string replace -r '\\t.*' '' | string join ' '
            end
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(CompletionShell.class)
    void theShellCompletesCommandsAndOptions(CompletionShell shell) throws Exception {
        List<String> answers = ask(
                shell,
                "kamal-backup ",
                "kamal-backup re",
                "kamal-backup restore ",
                "kamal-backup restore local --",
                "kamal-backup drill production --d",
                "kamal-backup completion ");

        assertThat(answers).hasSize(6).noneMatch(answer -> answer.contains("not found"));
        assertThat(answers.get(0)).contains("backup", "restore", "drill", "evidence", "completion", "help");
        assertThat(answers.get(1)).contains("restore").doesNotContain("evidence");
        assertThat(answers.get(2)).contains("local", "production").doesNotContain("evidence");
        assertThat(answers.get(3))
                .contains("--at", "--only", "--in-place", "--yes")
                .doesNotContain("--sqlite-path");
        assertThat(answers.get(4)).contains("--database").doesNotContain("--sqlite-path");
        assertThat(answers.get(5)).contains("bash", "zsh", "fish");
    }

    @ParameterizedTest
    @EnumSource(CompletionShell.class)
    void theProgramPrintsWhatTheBuildMade(CompletionShell shell) throws Exception {
        CliLab.Answer answer = new CliLab(folder).run("completion", shell.name());

        assertThat(answer.exitCode()).as("%s", answer).isZero();
        assertThat(answer.out()
                        .equals(Files.readString(MADE.resolve("completion").resolve(shell.file()))))
                .as("it is the same, and too long to show")
                .isTrue();
    }

    @Test
    void theManualPageIsSoundAndTellsOfEveryCommandAndOption() throws Exception {
        Path page = MADE.resolve("man/kamal-backup.1");

        // It has no date on purpose; anything else that mandoc knows to say is a mistake.
        assertThat(run("mandoc", "-T", "lint", "-W", "warning", page.toString())
                        .replaceFirst("mandoc: .*: missing date, using \"\": TH\n", ""))
                .isEmpty();
        String shown = run("mandoc", "-T", "ascii", page.toString()).replaceAll(".\b", "");
        assertThat(shown)
                .contains("Backups you can prove", "restore production [RUN]", "--confirm-production-restore")
                .contains("10 no repository")
                .containsOnlyOnce("--json")
                .doesNotContain("\\");
        CliLab.Answer help = new CliLab(folder).run("help");
        assertThat(help.out()
                        .lines()
                        .filter(line -> line.matches("  [a-z]+ .*"))
                        .map(line -> line.strip().replaceFirst(" .*", "")))
                .hasSizeGreaterThan(15)
                .allSatisfy(command -> assertThat(shown).containsPattern("(?m)^ +" + command + "\\b"));
    }

    private List<String> ask(CompletionShell shell, String... lines) throws Exception {
        Path script = Files.writeString(
                folder.resolve("ask"),
                switch (shell) {
                    case bash -> BASH;
                    case zsh -> ZSH;
                    case fish -> FISH;
                });
        List<String> command = new ArrayList<>(List.of(shell.name()));
        command.addAll(
                switch (shell) {
                    case bash -> List.of("--norc");
                    case zsh -> List.of("-f");
                    case fish -> List.of("--no-config");
                });
        command.add(script.toString());
        command.add(MADE.resolve("completion").toString());
        command.addAll(List.of(lines));
        return run(command.toArray(String[]::new)).lines().toList();
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", List.of(command), said)
                .isLessThanOrEqualTo(command[0].equals("mandoc") ? 2 : 0);
        return said;
    }
}
