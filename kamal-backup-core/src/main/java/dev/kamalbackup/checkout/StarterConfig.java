package dev.kamalbackup.checkout;

import dev.kamalbackup.rails.RailsApp;
import dev.kamalbackup.rails.RailsDatabase;
import dev.kamalbackup.rails.Variables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a first configuration that fits an app, with comments for the person who reads it next. */
final class StarterConfig {
    /** Stands in for the value of a variable that only production knows. */
    static final Variables NAMES = name -> Optional.of("{{" + name + "}}");

    private static final Pattern NAME = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile(":\\{\\{(\\w+)}}@");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./:@-]*");

    /** Made anew from other data, or worthless the next minute. */
    private static final Set<String> PASSING = Set.of("cache", "cable");

    /** Each adapter's options that say how to connect, and Rails's names for them. */
    private static final Map<String, List<Option>> CONNECTION = Map.of(
            "postgres",
            List.of(
                    Option.of("host"),
                    Option.of("port"),
                    new Option("user", "username"),
                    Option.of("database"),
                    Option.of("sslmode"),
                    Option.of("sslrootcert")),
            "mysql",
            List.of(
                    Option.of("host"),
                    Option.of("port"),
                    Option.of("socket"),
                    new Option("user", "username"),
                    Option.of("database"),
                    Option.of("ssl_mode"),
                    new Option("ssl_ca", "sslca")));

    private record Option(String name, String railsName) {
        static Option of(String name) {
            return new Option(name, name);
        }
    }

    /** Where the app's volume is mounted in the accessory, as the predecessor's template has it. */
    private static final String DATA = "/data/";

    private final AppFacts facts;
    private final StringBuilder yaml = new StringBuilder();

    StarterConfig(AppFacts facts) {
        this.facts = facts;
    }

    String yaml() {
        line("# What kamal-backup backs up, where to, and when. Every key: docs/configuration.md of kamal-backup.");
        line("# To check this file: kamal-backup validate");
        line("app: " + scalar(facts.app()));
        line("accessory: backup");
        line("");
        databases();
        line("");
        paths();
        line("");
        line("restic:");
        line(
                "  # The repository: s3:https://HOST/BUCKET, rest:https://HOST/, sftp:USER@HOST:/PATH, rclone:REMOTE:PATH …");
        line("  repository: " + scalar("s3:https://s3.example.com/" + facts.app() + "-backups"));
        line("  # Without this password no backup can be read. Keep a copy where losing the server does not lose it.");
        line("  password: { secret: RESTIC_PASSWORD }");
        line("  # The first backup creates the repository. Set to false once it is there.");
        line("  init_if_missing: true");
        line("  # Old runs are removed after each good one. Set forget_after_backup to false if the repository is");
        line("  # append-only.");
        line("  retention: { keep_last: 7, keep_daily: 7, keep_weekly: 4, keep_monthly: 6, keep_yearly: 2 }");
        line("");
        line("backup:");
        line("  schedule: 1d");
        return yaml.toString();
    }

    private void databases() {
        line("databases:");
        if (!facts.unread().isEmpty()) {
            line("  # config/database.yml could not be read, so this is a guess: " + comment(facts.unread()));
        }
        if (facts.databases().isEmpty()) {
            line("  # adapter: postgres, mysql (for MariaDB, too) or sqlite (with a path)");
            line("  - name: app");
            line("    adapter: postgres");
            line("    url: { secret: DATABASE_URL }");
            return;
        }
        line("  # production of " + RailsApp.DATABASES);
        boolean only = facts.databases().size() == 1;
        facts.databases().forEach(database -> {
            if (PASSING.contains(database.name()) && !only) {
                line("  # " + database.name() + " is left out: it can be made anew");
            } else {
                database(database, only ? "app" : database.name());
            }
        });
    }

    private void database(RailsDatabase database, String name) {
        String adapter = database.adapter();
        line("  - name: " + scalar(name));
        line("    adapter: " + scalar(adapter));
        if (adapter.equals("sqlite")) {
            line("    path: " + scalar(inAccessory(database.value("database").orElse("storage/production.sqlite3"))));
            return;
        }
        Optional<String> url = database.value("url");
        if (url.isPresent()) {
            url(url.get());
        } else if (database.value("database").isEmpty()) {
            line("    # " + RailsApp.DATABASES + " does not say where it is without being run");
            line("    url: { secret: DATABASE_URL }");
        } else {
            for (Option option : CONNECTION.getOrDefault(adapter, List.of())) {
                database.value(option.railsName())
                        .ifPresent(value -> line("    " + option.name() + ": " + reference(value)));
            }
            password(database);
        }
    }

    /** A URL that is one secret; or one that holds the password of another, which then stands for itself. */
    private void url(String url) {
        Matcher password = PASSWORD_IN_URL.matcher(url);
        if (password.find()) {
            line("    url: " + scalar(password.replaceFirst("@")));
            line("    password: { secret: " + password.group(1) + " }");
        } else {
            line("    url: " + reference(url));
        }
    }

    /** A password that is typed into database.yml is not copied. */
    private void password(RailsDatabase database) {
        Optional<String> name = database.value("password")
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1));
        line("    password: { secret: " + name.orElse("DATABASE_PASSWORD") + " }");
    }

    private void paths() {
        if (!facts.storage().isOnDisk()) {
            line("# Active Storage keeps its files in "
                    + comment(facts.storage().service()) + " ("
                    + comment(facts.storage().kind()) + "), which is backed up there. Folders on volumes go here.");
            line("paths: []");
            return;
        }
        line("# Active Storage's files. What belongs to a SQLite database below is left out by itself.");
        line("paths:");
        line("  - " + DATA + "storage");
    }

    /** Rails's folder is mounted elsewhere in the accessory; what lies below the volume is the same. */
    private String inAccessory(String appPath) {
        String below = appPath.startsWith("/rails/") ? appPath.substring("/rails/".length()) : appPath;
        if (below.startsWith("/")) {
            return below;
        }
        Optional<Path> mount = new Mounts(facts.volumes()).targetHolding(below);
        return mount.isPresent() || below.startsWith("storage/")
                ? DATA + below
                : DATA + "storage/" + Path.of(below).getFileName();
    }

    private static String reference(String value) {
        Matcher name = NAME.matcher(value);
        return name.matches()
                ? "{ secret: " + name.group(1) + " }"
                : scalar(NAME.matcher(value).replaceAll("$1"));
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !text.endsWith(":")
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String comment(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }
}
