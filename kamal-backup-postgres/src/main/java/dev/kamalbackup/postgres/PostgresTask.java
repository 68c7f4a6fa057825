package dev.kamalbackup.postgres;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import java.util.function.Function;

/**
 * What is being done to which database, for the messages of what fails on the way.
 *
 * @param operation as an infinitive: "back up database app"
 * @param location which database, without secrets
 * @param failure makes the exception
 */
record PostgresTask(String operation, String location, Function<Fault, KamalBackupException> failure) {
    KamalBackupException failed(String reason, String hint) {
        return failure.apply(new Fault(operation, location, reason, hint));
    }
}
