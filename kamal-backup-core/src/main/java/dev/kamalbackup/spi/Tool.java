package dev.kamalbackup.spi;

import java.util.List;

/**
 * A program an adapter needs.
 *
 * @param program its name on the PATH
 * @param versionArguments the arguments that make it print its version
 * @param install how to get it: "apt-get install sqlite3"
 */
public record Tool(String program, List<String> versionArguments, String install) {
    public Tool {
        versionArguments = List.copyOf(versionArguments);
    }
}
