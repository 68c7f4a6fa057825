package dev.kamalbackup.tag;

import java.util.regex.Pattern;

/**
 * Where a database dump lies inside its snapshot.
 *
 * @param value the path without a leading slash
 */
public record DumpPath(String value) {
    private static final Pattern RUN_AND_EXTENSION = Pattern.compile("\\d{8}T\\d{6}Z\\..+");

    public DumpPath {
        if (value.isEmpty() || value.startsWith("/")) {
            throw new IllegalArgumentException("not a dump path: " + value);
        }
    }

    /** Today's layout, {@code databases/APP/DATABASE/ADAPTER.EXT}, also the predecessor's since 0.3.0.beta5. */
    public static DumpPath nested(String app, String database, String adapter, String extension) {
        return new DumpPath(
                "databases/" + Names.sanitize(app) + "/" + Names.sanitize(database) + "/" + adapter + "." + extension);
    }

    /**
     * The predecessor's flat layout of 0.3.0.beta1 to beta4, {@code databases-APP-DATABASE-ADAPTER-RUN.EXT}; used again
     * with restic 0.18.0, which cannot take a slash in {@code --stdin-filename}.
     */
    public static DumpPath flat(String app, String database, String adapter, RunId run, String extension) {
        return new DumpPath(
                String.join("-", "databases", Names.sanitize(app), Names.sanitize(database), adapter, run.toString())
                        + "." + extension);
    }

    /** Whether a file in a snapshot is the dump of this database, in the layout of any era. */
    public static boolean matches(String path, String app, String database, String adapter) {
        String plain = path.startsWith("/") ? path.substring(1) : path;
        String base = plain.substring(plain.lastIndexOf('/') + 1);
        String safeApp = Names.sanitize(app);
        String safeDatabase = Names.sanitize(database);
        return plain.startsWith("databases/" + safeApp + "/" + safeDatabase + "/" + adapter + ".")
                || plain.startsWith("databases/" + app + "/" + adapter + "/")
                || isFlat(base, "databases-" + safeApp + "-" + adapter + "-")
                || isFlat(base, "databases-" + safeApp + "-" + safeDatabase + "-" + adapter + "-");
    }

    /** The run's id must follow at once, or app {@code shop} would take the dumps of app {@code shop-postgres}. */
    private static boolean isFlat(String base, String prefix) {
        return base.startsWith(prefix)
                && RUN_AND_EXTENSION.matcher(base.substring(prefix.length())).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
