package dev.kamalbackup.mysql;

import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import java.util.List;

/**
 * Switches off the events of a dump on its way into a scratch database. They would run there, on the server of the live
 * one: an event that names its database changes the live rows from anywhere.
 */
final class SleepingEvents {
    private static final String NAME = "`([^`]|``)*`";

    /** The first line of an event, in a version's comment or not; no row can look like this. */
    private static final String EVENT = "(/[*]![0-9]+ )?CREATE([*]/)? ((/[*]![0-9]+ )?DEFINER=" + NAME + "(@" + NAME
            + ")?([*]/)? )?(/[*]![0-9]+ )?EVENT ";

    /** What is between the name and the switch, as every server writes it. */
    private static final String SCHEDULE = NAME + " ON SCHEDULE (AT '[^']*'|EVERY ('[^']*'|[^ ']+) [A-Z_]+"
            + "( STARTS '[^']*')?( ENDS '[^']*')?) ON COMPLETION (NOT )?PRESERVE";

    /** An event that is written in another way ends the load; it must not be made as it is. */
    private static final String SCRIPT = """
            \\#^%1$s#{
            s#^(%1$s%2$s) ENABLE#\\1 DISABLE#
            t
            \\#^%1$s%2$s DISABLE#!Q1
            }
            """.formatted(EVENT, SCHEDULE);

    private SleepingEvents() {}

    /** A program that reads a dump and writes it with its events switched off, every other byte as it is. */
    static Command filter(ChildEnvironment environment) {
        return new Command("sed", List.of("-E", SCRIPT), environment.with("LC_ALL", "C"));
    }
}
