package dev.kamalbackup.plan;

import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.tag.DumpPath;
import dev.kamalbackup.tag.TagSet;
import java.nio.file.Path;
import java.util.List;

/** One part of a run: what becomes one snapshot. */
public sealed interface Part {
    /** What it is called in records and messages: {@code database app} or {@code files}. */
    String label();

    /** A database whose dump is planned. */
    record DatabasePart(String database, String adapter, TagSet tags, DumpPath path, DumpPlan dump) implements Part {
        @Override
        public String label() {
            return "database " + database;
        }
    }

    /** A database that cannot be dumped as things stand; the run goes on without it and is failed. */
    record BlockedPart(String database, String adapter, KamalBackupException reason) implements Part {
        @Override
        public String label() {
            return "database " + database;
        }
    }

    /** All configured paths together. */
    record FilesPart(List<Path> paths, List<String> excludes, TagSet tags) implements Part {
        public FilesPart {
            paths = List.copyOf(paths);
            excludes = List.copyOf(excludes);
        }

        @Override
        public String label() {
            return "files";
        }
    }
}
