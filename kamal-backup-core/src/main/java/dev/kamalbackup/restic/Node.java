package dev.kamalbackup.restic;

/**
 * An entry of a snapshot, as {@code restic ls --json} lists it.
 *
 * @param path its absolute path in the snapshot
 * @param type restic's word for it: {@code file}, {@code dir}, {@code symlink}, …
 * @param size a file's length in bytes; 0 for all else
 */
public record Node(String path, String type, long size) {}
