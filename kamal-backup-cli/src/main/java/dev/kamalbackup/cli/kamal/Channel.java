package dev.kamalbackup.cli.kamal;

import java.util.List;

/** In which of its two ways Kamal runs a command in a container. */
public enum Channel {
    /** Through the ssh program: output comes as it is written, and the exit code is the command's own. */
    STREAMED,
    /** Through Kamal's own ssh: output comes at the end, and whatever failed ends with 1. */
    CAPTURED;

    List<String> options() {
        return this == STREAMED ? List.of("--interactive") : List.of();
    }
}
