package dev.kamalbackup.upkeep;

import dev.kamalbackup.restic.RepositoryLock;

/**
 * What is known of a lock in the repository.
 *
 * @param lock the lock
 * @param verdict whether its holder lives
 * @param removed whether it is gone now
 */
public record LockFinding(RepositoryLock lock, Verdict verdict, boolean removed) {
    /** Whether the holder of a lock lives. */
    public enum Verdict {
        /** Not renewed for half an hour, as restic does every five minutes. */
        STALE("not renewed for more than 30 minutes: its holder is gone", true),
        /** Made on this host by a process that is no more. */
        DEAD("its process is no more on this host", true),
        /** Made on this host by a process that runs. */
        ALIVE("its process runs on this host; wait until it has ended, or stop it", false),
        /** Made on this host; its process number is that of another program now, which restic would signal. */
        REUSED("its process is no more, and its number belongs to another program, which restic would signal", false),
        /** Made on another host, and renewed lately. */
        ELSEWHERE("made on another host and renewed lately; whether its holder lives cannot be told from here", false);

        private final String meaning;
        private final boolean over;

        Verdict(String meaning, boolean over) {
            this.meaning = meaning;
            this.over = over;
        }

        /** The verdict in words. */
        public String meaning() {
            return meaning;
        }

        /** Whether its holder is proved dead. */
        public boolean isOver() {
            return over;
        }
    }

    LockFinding gone() {
        return new LockFinding(lock, verdict, true);
    }
}
