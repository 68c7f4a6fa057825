package dev.kamalbackup.settings;

import dev.kamalbackup.settings.DatabaseTypes.DatabaseType;
import dev.kamalbackup.settings.DatabaseTypes.Option;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page {@code docs/configuration.md}, made from the definitions that the reader itself goes by. */
public final class ReferencePage {
    private static final String INTRODUCTION = """
            # Configuration

            <!-- Made from the definitions in the code; a test fails when they differ and says how to make it again. -->

            Settings come from four places. The later one wins, key by key; the lists `databases`, `paths` and
            `restore_from` are replaced as a whole.

            1. In the checkout of a Rails app: the development database of `config/database.yml`, the `service` of
               `config/deploy.yml` as the app's name, and `tmp/kamal-backup` as the state folder.
            2. `config/kamal-backup.yml`
            3. `config/kamal-backup.local.yml`
            4. The environment. A variable that is set and blank takes away what the places before it say. Two things a
               variable does not override: `databases` and `paths` of a file.

            `KAMAL_BACKUP_CONFIG` names one file that is read in the place of both. Relative paths are meant from the
            folder the program is started in. `kamal-backup validate` tells every mistake with its line,
            `kamal-backup validate --explain` where each value comes from, and `docs/config.schema.json` lets editors
            help: begin the file with `# yaml-language-server: $schema=PATH/config.schema.json`.

            ```yaml
            app: shop
            accessory: backup
            databases:
              - name: primary
                adapter: postgres
                url: { secret: DATABASE_URL }
                exclude_table_data: [audit.events]
              - name: queue
                adapter: mysql
                host: shop-queue-db
                user: shop
                database: shop_queue
                password: { file: /run/secrets/queue-password }
              - name: cache
                adapter: sqlite
                path: /data/storage/cache.sqlite3
            paths:
              - /data/storage
              - path: /data/uploads
                exclude: ["*.tmp", /data/uploads/previews]
            restic:
              repository: rest:https://backups.example.com/shop
              rest: { username: shop, password: { secret: REST_PASSWORD } }
              password: { command: [op, read, "op://servers/shop/restic"] }
              init_if_missing: true
              retention: { keep_last: 7, keep_daily: 14, keep_weekly: 8, keep_monthly: 12, keep_yearly: 0 }
            backup:
              schedule: 6h
            state:
              path: /var/lib/kamal-backup
            ```

            ## Secrets

            Wherever a secret may stand, and for every option of a database, a value can stand elsewhere:

            | | |
            |---|---|
            | `{secret: NAME}` | in the environment variable `NAME`, where Kamal puts its secrets |
            | `{file: PATH}` | in a file; a line break at its end does not count |
            | `{command: [PROGRAM, ARGUMENT, ..]}` | printed by a program, which sees the whole environment |
            | `{command: "LINE"}`, for `restic.password` alone | printed by a program that restic runs, as `RESTIC_PASSWORD_COMMAND`; it sees the environment but for `RESTIC_…` and what is for databases |

            A secret typed into the file works, with a warning. No secret is ever printed, logged, or put on a command
            line.

            ## Keys
            """;

    private static final String FLAT = """

            ## The older, flat shape

            The files of versions before 0.3 work unchanged. There each key is the name of its variable in lower case,
            without `kamal_backup_`: `app_name`, `backup_paths`, `restic_keep_daily`. Lists may be written in one text with
            colons or line breaks between the items. A key given in both shapes is an error.

            ## The environment

            These have no place in the grouped file. The database variables describe one database, named `app`, when no file
            lists `databases`; its adapter comes from `DATABASE_ADAPTER`, else from the scheme of `DATABASE_URL`, else it is
            SQLite when `SQLITE_DATABASE_PATH` is set.
            """;

    private static final String OTHERS = """
            | `KAMAL_BACKUP_CONFIG` | a path | | The one configuration file to read. |
            | `KAMAL_BACKUP_POSTGRES_CLIENT_ROOT` | a path | `/usr/lib/postgresql` | The folder that holds `VERSION/bin`, \
            with PostgreSQL's programs. |
            | `KAMAL_BACKUP_POSTGRES_PROBE_BIN` | a path | | The `psql` that asks a server for its version. |
            | `MYSQL_DUMP_BIN`, `MYSQL_CLIENT_BIN` | a path | | The dumper and the client to use, whatever the server is. |
            | `KAMAL_BACKUP_LOG_LEVEL` | off, error, warn, info, debug or trace | `warn` | How much is logged. |
            | `KAMAL_BACKUP_DEBUG` | 1 | | Prints the stack trace of a failure, too. |

            What restic's backends read (`AWS_*`, `B2_*`, `AZURE_*`, `GOOGLE_*`, `RCLONE_*`, `OS_*`, `ST_*`, `HTTP_PROXY`,
            `HTTPS_PROXY`, `NO_PROXY`, and `RESTIC_*` settings that are not above) is passed on to restic and to nobody
            else.
            """;

    private ReferencePage() {}

    /** The page, for the kinds of database at hand. */
    public static String of(DatabaseTypes types) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        Keys.places()
                .map(ReferencePage::top)
                .distinct()
                .sorted(java.util.Comparator.comparing(Keys.names("")::indexOf))
                .forEach(top -> table(page, top));
        page.append(
                "\n## Databases\n\nEach entry of `databases` has a `name` and an `adapter`, and what its adapter knows:\n");
        types.types().forEach(type -> table(page, type));
        page.append("\n## Paths\n\nAn entry of `paths` is a path, or a mapping:\n\n| | |\n|---|---|\n")
                .append("| `path` | the folder or file |\n| `exclude` | patterns for what to leave out, as restic reads"
                        + " them |\n");
        page.append(FLAT);
        page.append("\n| variable | value | default | |\n|---|---|---|---|\n");
        Keys.ALL.stream()
                .filter(key -> key.path().isEmpty())
                .forEach(key -> page.append(row(code(key.environment()), key)));
        return page.append(OTHERS).toString();
    }

    private static void table(StringBuilder page, String top) {
        Predicate<Key> belongs = key -> key.path().equals(top) || key.path().startsWith(top + ".");
        List<Key> keys = Keys.ALL.stream().filter(belongs).toList();
        boolean first = Keys.names("").get(0).equals(top);
        if (first || keys.size() > 1 || Keys.isSection(top)) {
            page.append(first ? "\n" : "\n### `" + top + "`\n\n")
                    .append("| key | value | default | variable | |\n|---|---|---|---|---|\n");
        }
        keys.forEach(key -> page.append("| ")
                .append(code(key.path()))
                .append(" | ")
                .append(value(key))
                .append(" | ")
                .append(code(key.fallback()))
                .append(" | ")
                .append(code(key.environment()))
                .append(" | ")
                .append(key.help())
                .append(" |\n"));
    }

    private static void table(StringBuilder page, DatabaseType type) {
        String aliases =
                type.aliases().stream().sorted().map(ReferencePage::code).collect(Collectors.joining(", "));
        page.append("\n### `").append(type.id()).append("`\n\n");
        if (!aliases.isEmpty()) {
            page.append("Also: ").append(aliases).append(".\n\n");
        }
        page.append("| option | |\n|---|---|\n");
        for (Option option : type.options()) {
            page.append("| ")
                    .append(code(option.name()))
                    .append(option.secret() ? " (secret)" : "")
                    .append(" | ")
                    .append(option.help())
                    .append(" |\n");
        }
    }

    private static String row(String name, Key key) {
        return Stream.of(name, value(key), code(key.fallback()), key.help())
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String value(Key key) {
        return key.type().expected() + (key.secret() ? " (secret)" : "");
    }

    private static String top(String place) {
        return place.contains(".") ? place.substring(0, place.indexOf('.')) : place;
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
