package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.once;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A clock that jumps while {@code schedule} works: what the program sees of it is set from outside. */
final class FaultsOfTheClock {
    /** The scheduler looks at the clock twice a minute. */
    private static final long ONE_LOOK_MILLIS = 36_000;

    private final Victim victim;
    private final Path offset;

    private FaultsOfTheClock(Victim victim) {
        this.victim = victim;
        this.offset = victim.mark("offset");
    }

    static List<Fault> all() {
        return List.of(
                jump("clock-jumps-a-day-ahead", "a day ahead", Duration.ofDays(1)),
                jump("clock-jumps-a-day-back", "back by a day", Duration.ofDays(-1)),
                once(
                        "summer-time-begins",
                        Phase.SCHEDULE,
                        "the hour in which `schedule` is to make a backup does not exist in this night",
                        "one run in this night and one in the next",
                        victim -> new FaultsOfTheClock(victim)
                                .nights(
                                        "2027-03-27T12:00:00Z",
                                        "2027-03-28T00:59:00Z 1, 2027-03-28T01:35:00Z 2, 2027-03-28T20:00:00Z 2,"
                                                + " 2027-03-29T00:20:00Z 2, 2027-03-29T00:31:00Z 3")),
                once(
                        "summer-time-ends",
                        Phase.SCHEDULE,
                        "the hour in which `schedule` is to make a backup comes twice in this night",
                        "one run in this night and one in the next",
                        victim -> new FaultsOfTheClock(victim)
                                .nights(
                                        "2027-10-30T12:00:00Z",
                                        "2027-10-31T00:20:00Z 1, 2027-10-31T00:31:00Z 2, 2027-10-31T01:31:00Z 2,"
                                                + " 2027-11-01T01:20:00Z 2, 2027-11-01T01:31:00Z 3")));
    }

    private static Fault jump(String name, String where, Duration by) {
        return once(
                name,
                Phase.SCHEDULE,
                "the clock jumps " + where + " while `schedule` works",
                "one more run, made once; none is lost, and `latest` is the newest by the clock or is told to be ahead of it",
                victim -> new FaultsOfTheClock(victim).jumps(by));
    }

    private void jumps(Duration by) throws Exception {
        victim.configured("", "schedule: 6h");
        setTo(Duration.ZERO);
        Running scheduler = started().when("the first run", () -> complete() == 1);
        Thread.sleep(2_000);
        setTo(by);
        scheduler.when("the second run", () -> complete() == 2);
        Thread.sleep(ONE_LOOK_MILLIS);
        assertThat(complete()).isEqualTo(2);
        latestIs(by.isNegative() ? 0 : 2);
        stop(scheduler, 2);
        latestIs(by.isNegative() ? 1 : 0);
    }

    private void nights(String from, String steps) throws Exception {
        victim.configured("", "schedule: '30 2 * * *', time_zone: Europe/Berlin");
        setTo(until(from));
        Running scheduler = started().when("the first run", () -> complete() == 1);
        for (String step : steps.split(", ", -1)) {
            int runs = Integer.parseInt(step.substring(step.indexOf(' ') + 1));
            setTo(until(step.substring(0, step.indexOf(' '))));
            Thread.sleep(ONE_LOOK_MILLIS);
            scheduler.when("what is due by " + step, () -> complete() >= runs);
            assertThat(complete()).as("runs by %s: %s", step, scheduler.text()).isEqualTo(runs);
        }
        stop(scheduler, 3);
    }

    private Running started() throws Exception {
        victim.app
                .with("LD_PRELOAD", faketime())
                .with("FAKETIME_TIMESTAMP_FILE", offset.toString())
                // The JVM asks for the time so often that reading the file each time would take all of a processor.
                .with("FAKETIME_CACHE_DURATION", "1")
                .with("DONT_FAKE_MONOTONIC", "1")
                .with("NO_FAKE_STAT", "1");
        return victim.start("schedule");
    }

    private void stop(Running scheduler, int runs) throws Exception {
        scheduler.terminate().end();
        for (String variable : List.of("LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_CACHE_DURATION")) {
            victim.app.without(variable);
        }
        victim.configured("", "");
        victim.counting(runs).recording("backup", "complete");
    }

    /** Which of the runs, in the order in which they were made, a restore would take; 0 if it refuses to guess. */
    private void latestIs(int number) throws Exception {
        Running.Ended ended = victim.run("restore", "production", "--dry-run");
        if (number == 0) {
            ended.with(1, "lies in the future");
            return;
        }
        String run = entries().get(number - 1).path("run_id").asText();
        assertThat(ended.well().out()).contains(run);
    }

    private long complete() {
        return entries().size();
    }

    private List<JsonNode> entries() {
        return new StateFolder(victim.app.state())
                .history().entries().stream()
                        .filter(entry -> entry.path("kind").asText().equals("backup")
                                && entry.path("outcome").asText().equals("complete"))
                        .toList();
    }

    private static Duration until(String time) {
        return Duration.between(Instant.now(), Instant.parse(time));
    }

    private void setTo(Duration ahead) throws Exception {
        Path next = Files.writeString(victim.mark("offset.next"), "%+d".formatted(ahead.toSeconds()) + "\n");
        Files.move(next, offset, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String faketime() throws Exception {
        try (var libraries = Files.list(Path.of("/usr/lib"))) {
            return libraries
                    .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("libfaketime is missing; bin/setup gets it"))
                    .toString();
        }
    }
}
