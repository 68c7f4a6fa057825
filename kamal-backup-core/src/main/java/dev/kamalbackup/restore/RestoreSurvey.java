package dev.kamalbackup.restore;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was looked at before a restore, for the person who decides.
 *
 * @param bytes how much is fetched from the repository, at most; empty if a snapshot does not say
 * @param room the room it takes, by file system
 * @param tools the programs it is done with, each with its version
 * @param estimate how long it may take, by what the last restore or drill took; empty if there was none
 */
public record RestoreSurvey(OptionalLong bytes, List<Room> room, List<String> tools, Optional<Duration> estimate) {
    public RestoreSurvey {
        room = List.copyOf(room);
        tools = List.copyOf(tools);
    }

    /** Nothing was looked at. */
    public static RestoreSurvey none() {
        return new RestoreSurvey(OptionalLong.empty(), List.of(), List.of(), Optional.empty());
    }
}
