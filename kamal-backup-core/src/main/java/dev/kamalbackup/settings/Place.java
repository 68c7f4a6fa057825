package dev.kamalbackup.settings;

import dev.kamalbackup.rails.KamalDeploy;
import dev.kamalbackup.rails.RailsApp;

/**
 * Where a value was given. Places sort in the order in which they are looked at by a person: file by file, line by
 * line, then the environment.
 *
 * @param rank which layer: the higher one wins
 * @param name the file's name as the user knows it
 * @param line the line, from 1; 0 for the file as a whole
 */
record Place(int rank, String name, int line) implements Comparable<Place> {
    private static final int ENVIRONMENT_RANK = 100;

    /** What a Rails app's own files say, which everything else outweighs. */
    static final Place RAILS = new Place(-1, RailsApp.DATABASES, 0);

    /** The same of the file for Kamal. */
    static final Place DEPLOY = new Place(-1, KamalDeploy.FILE, 0);

    /** A variable of the environment. */
    static final Place ENVIRONMENT = new Place(ENVIRONMENT_RANK, "environment", 0);

    /** What was given nowhere. */
    static final Place NOWHERE = new Place(ENVIRONMENT_RANK + 1, "", 0);

    /** The same file, at a line. */
    Place atLine(int number) {
        return new Place(rank, name, number);
    }

    boolean isEnvironment() {
        return rank == ENVIRONMENT_RANK;
    }

    /** Whether it is one of our own files. */
    boolean isOurFile() {
        return rank >= 0 && rank < ENVIRONMENT_RANK;
    }

    @Override
    public int compareTo(Place other) {
        return rank != other.rank ? Integer.compare(rank, other.rank) : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return line == 0 ? name : name + ":" + line;
    }
}
