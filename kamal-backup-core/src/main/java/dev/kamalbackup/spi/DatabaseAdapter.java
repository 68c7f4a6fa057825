package dev.kamalbackup.spi;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.RestorePlan;
import java.nio.file.Path;
import java.util.List;

/**
 * Knows one kind of database. An adapter plans and never executes: it returns commands and checks as data, and sees
 * neither restic nor streams nor threads. It is stateless, safe to share, and has a public constructor without
 * parameters, so that {@link java.util.ServiceLoader} can make it.
 */
public interface DatabaseAdapter {
    /** What this adapter is called and needs. */
    AdapterDescription description();

    /** What is wrong with these settings, without asking the database; the key is that of the option at fault. */
    List<Problem> check(DatabaseSettings settings);

    /**
     * How to dump this database.
     *
     * @throws dev.kamalbackup.error.DumpException if it cannot be dumped as things stand
     * @throws dev.kamalbackup.error.ToolException if a program it needs is missing
     */
    DumpPlan planDump(DatabaseSettings settings, AdapterContext context);

    /**
     * How to restore a dump of this adapter into the database these settings name, replacing what is there.
     *
     * @throws dev.kamalbackup.error.RestoreException if it cannot be restored into as things stand
     * @throws dev.kamalbackup.error.ToolException if a program it needs is missing
     */
    RestorePlan planRestore(DatabaseSettings target, RestoreOptions options, AdapterContext context);

    /** Which database this is, without secrets: a path, or {@code host:port/name}. */
    String location(DatabaseSettings settings);

    /**
     * The files of a live database that a copy of the files around it must leave out, because a raw copy of them is no
     * backup; a restore of those files leaves them alone, too.
     */
    default List<Path> liveFiles(DatabaseSettings settings) {
        return List.of();
    }

    /**
     * What works today and will hurt one day, such as a file on a network mount; asked when somebody wants to know how
     * things stand, for databases that {@link #planDump} can plan.
     */
    default List<Concern> concerns(DatabaseSettings settings, AdapterContext context) {
        return List.of();
    }
}
