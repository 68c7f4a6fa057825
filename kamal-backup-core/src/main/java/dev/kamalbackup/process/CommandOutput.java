package dev.kamalbackup.process;

/**
 * What a finished program left behind.
 *
 * @param exitCode its exit code; 128 + n when signal n ended it
 * @param stdout everything it wrote to standard output
 * @param stderr the redacted first and last lines of its standard error
 */
public record CommandOutput(int exitCode, String stdout, String stderr) {
    /** Whether the exit code is 0. */
    public boolean succeeded() {
        return exitCode == 0;
    }

    /** How a program with this exit code ended, in words that follow its name. */
    public static String ending(int exitCode) {
        return exitCode > 128 ? "was ended by signal " + (exitCode - 128) : "ended with exit code " + exitCode;
    }

    @Override
    public String toString() {
        return "CommandOutput[exitCode=" + exitCode + ", stdout=" + stdout.length() + " characters, stderr=" + stderr
                + "]";
    }
}
