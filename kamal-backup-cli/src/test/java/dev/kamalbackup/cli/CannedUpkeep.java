package dev.kamalbackup.cli;

import static dev.kamalbackup.cli.CannedVerbs.RUN;
import static dev.kamalbackup.cli.CannedVerbs.RUN_TIME;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.retention.PrunePlan;
import dev.kamalbackup.retention.Verdict;
import dev.kamalbackup.status.Status;
import dev.kamalbackup.tag.RunId;
import dev.kamalbackup.upkeep.CheckResult;
import java.util.List;
import java.util.Optional;

/** What the library says of a repository that is kept in order. */
final class CannedUpkeep {
    static final CheckResult SOUND =
            new CheckResult(RUN_TIME, RUN_TIME.plusSeconds(7), "2/10", "no errors were found", Optional.empty());

    static final PrunePlan ONE_OF_TWO_GOES = new PrunePlan(
            "shop",
            true,
            List.of(
                    new Verdict(
                            new RecordedRun(RUN, List.of(), RecordedRun.Completeness.COMPLETE),
                            List.of("last 1", "daily 2026-11-23")),
                    new Verdict(
                            new RecordedRun(
                                    new RunId(RUN_TIME.minusSeconds(86400)),
                                    List.of(),
                                    RecordedRun.Completeness.INCOMPLETE),
                            List.of())),
            List.of());

    static final Status ALL_IS_WELL = new Status(
            "shop",
            RUN_TIME.plusSeconds(3600),
            true,
            "every 6h",
            Optional.of(new Status.GoodRun(RUN, RUN_TIME.plusSeconds(5))),
            Optional.of(RUN_TIME.plusSeconds(6 * 3600)),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Status.Event("check", RUN_TIME.minusSeconds(86400), "ok", "")),
            Optional.empty(),
            new Status.Contents.Known(34, new Status.Size.Counted(1 << 30), 5 << 20));

    private CannedUpkeep() {}
}
