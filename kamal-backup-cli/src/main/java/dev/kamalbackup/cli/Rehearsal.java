package dev.kamalbackup.cli;

/**
 * Runs several command lines in one JVM, one for each argument, its words parted by blanks; ends as the last one ends. The
 * build of the container image trains the JVM's ahead-of-time cache with it, for which there is one training run only.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /** Runs the command lines in order; ends with exit code 1 at the first, but for the last, that fails. */
    public static void main(String[] commandLines) {
        for (int i = 0; i < commandLines.length - 1; i++) {
            if (new CommandLineProgram(Main.surroundings(), new Signals(), Library::open).run(words(commandLines[i]))
                    != 0) {
                System.err.println("kamal-backup: the rehearsal of \"" + commandLines[i] + "\" failed");
                System.exit(1);
            }
        }
        Main.main(words(commandLines[commandLines.length - 1]));
    }

    private static String[] words(String commandLine) {
        return commandLine.split(" ", -1);
    }
}
