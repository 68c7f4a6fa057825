package dev.kamalbackup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every piece of configuration that a reader of the README or the docs could copy. */
final class ConfigurationSnippets {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```ya?ml\\n(.*?)^```$");

    /** One block of YAML, and where it stands. */
    record Snippet(String file, int line, String yaml) {
        /** Whether it is one of ours and not one of Kamal's or Rails's. */
        boolean isOurs() {
            return yaml.lines().noneMatch(each -> each.matches("(accessories|production|service):.*"));
        }

        /** What makes it a whole configuration; what it leaves out is none of its matter. */
        String completed() {
            StringBuilder whole = new StringBuilder(yaml);
            add(whole, "app", "app: shop\n");
            add(whole, "databases", "databases: [{name: app, adapter: sqlite, path: /data/app.sqlite3}]\n");
            add(whole, "restic", "restic: {repository: /backups, password: {secret: RESTIC_PASSWORD}}\n");
            return whole.toString();
        }

        private static void add(StringBuilder whole, String key, String lines) {
            if (whole.toString().lines().noneMatch(line -> line.startsWith(key + ":"))) {
                whole.append(lines);
            }
        }

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    private ConfigurationSnippets() {}

    /** All that are ours; fails if there are fewer than anybody would expect. */
    static Stream<Snippet> whole() throws IOException {
        List<Snippet> ours = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Stream<Path> pages =
                    docs.filter(path -> path.toString().endsWith(".md")).sorted();
            for (Path page :
                    Stream.concat(Stream.of(ROOT.resolve("README.md")), pages).toList()) {
                addBlocks(page, ours);
            }
        }
        if (ours.size() < 4) {
            throw new IllegalStateException("only " + ours.size() + " pieces of configuration were found in the docs");
        }
        return ours.stream();
    }

    private static void addBlocks(Path page, List<Snippet> snippets) throws IOException {
        String text = Files.readString(page);
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            int line = 1 + (int) text.substring(0, block.start()).lines().count();
            Snippet snippet = new Snippet(ROOT.relativize(page).toString(), line, block.group(1));
            if (snippet.isOurs()) {
                snippets.add(snippet);
            }
        }
    }
}
