package dev.kamalbackup.config;

/**
 * Which runs are kept, with restic's own meaning of each rule. A number of 0 and an empty text leave that rule out.
 *
 * @param last how many of the newest runs
 * @param hourly for how many hours the newest run of each
 * @param daily for how many days the newest run of each
 * @param weekly for how many weeks the newest run of each
 * @param monthly for how many months the newest run of each
 * @param yearly for how many years the newest run of each
 * @param within every run not older than this, in restic's own writing ({@code 1y5m7d2h}); empty for no such rule
 */
public record RetentionSettings(int last, int hourly, int daily, int weekly, int monthly, int yearly, String within) {
    /** Seven runs, and the newest of seven days, four weeks, six months and two years. */
    public static RetentionSettings defaults() {
        return new RetentionSettings(7, 0, 7, 4, 6, 2, "");
    }
}
