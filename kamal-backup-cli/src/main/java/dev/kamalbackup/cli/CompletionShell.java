package dev.kamalbackup.cli;

import picocli.AutoComplete;
import picocli.CommandLine;

/** A shell that can complete this program's words. */
enum CompletionShell {
    bash("kamal-backup.bash") {
        @Override
        String script(CommandLine program) {
            return AutoComplete.bash(program.getCommandName(), program);
        }
    },
    /** Zsh understands bash's, but for one builtin that it does not have. */
    zsh("_kamal-backup") {
        @Override
        String script(CommandLine program) {
            return """
                    #compdef %1$s
                    (( ${+functions[compopt]} )) || compopt() { : }
                    %2$s
                    # Loaded for want of an answer: give it.
                    (( ${+compstate} )) && _bash_complete -o default -F _complete_%1$s
                    """.formatted(program.getCommandName(), bash.script(program));
        }
    },
    fish("kamal-backup.fish") {
        @Override
        String script(CommandLine program) {
            return new FishCompletion(program.getCommandSpec()).script();
        }
    };

    private final String file;

    CompletionShell(String file) {
        this.file = file;
    }

    /** The name under which this shell looks for it. */
    String file() {
        return file;
    }

    /** What this shell has to read to complete the program's commands and options. */
    abstract String script(CommandLine program);
}
