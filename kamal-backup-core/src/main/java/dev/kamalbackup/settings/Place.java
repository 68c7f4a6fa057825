package dev.kamalbackup.settings;

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

    @Override
    public int compareTo(Place other) {
        return rank != other.rank ? Integer.compare(rank, other.rank) : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return line == 0 ? name : name + ":" + line;
    }
}
