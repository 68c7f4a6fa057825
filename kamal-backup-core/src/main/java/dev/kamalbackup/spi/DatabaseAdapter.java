package dev.kamalbackup.spi;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.redact.Secret;
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
     * The settings by which everything in this database is dumped, without the options that leave something out. A safety
     * backup is made with them: the restore behind it replaces what the configuration leaves out as well.
     */
    default DatabaseSettings whole(DatabaseSettings settings) {
        return settings;
    }

    /**
     * How to restore a dump of this adapter into the database these settings name, replacing what is there.
     *
     * @throws dev.kamalbackup.error.RestoreException if it cannot be restored into as things stand
     * @throws dev.kamalbackup.error.ToolException if a program it needs is missing
     */
    RestorePlan planRestore(DatabaseSettings target, RestoreOptions options, AdapterContext context);

    /**
     * How to look at what is in this database: rows, foreign keys, blobs. Asked of a restored database.
     *
     * @throws dev.kamalbackup.error.RestoreException if it cannot be looked at as things stand
     * @throws dev.kamalbackup.error.ToolException if a program it needs is missing
     */
    Inspection planInspection(DatabaseSettings database, AdapterContext context);

    /**
     * A scratch database for a drill: on the server of the live one, or a file.
     *
     * @param live the database whose dump it is for
     * @param all every configured database of this adapter; the scratch must be none of them, however it is spelled
     * @param place the scratch database's name, or its path where a database is a file
     * @throws dev.kamalbackup.error.RestoreException if the place is a live database's, or cannot be used
     * @throws dev.kamalbackup.error.ToolException if a program it needs is missing
     */
    ScratchPlan planScratch(DatabaseSettings live, List<DatabaseSettings> all, String place, AdapterContext context);

    /** The URL by which a program of the app's would connect to this database, as Rails writes it in DATABASE_URL. */
    Secret url(DatabaseSettings database, AdapterContext context);

    /**
     * Whether there is nothing in this database that a restore could replace: no table, or no database.
     *
     * @throws dev.kamalbackup.error.RestoreException if it cannot be looked at as things stand
     * @throws dev.kamalbackup.error.ToolException if a program it needs is missing
     */
    boolean isEmpty(DatabaseSettings database, AdapterContext context);

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
