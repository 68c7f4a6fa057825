package dev.kamalbackup.restore;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Adds up what a tree holds, in any order and in little memory: how many entries, how many bytes, and a sum over their
 * names, kinds and sizes. Two trees with one sum are the same, but for the content of the files.
 */
final class Tally {
    private static final int BLOCK = 4096;

    /** Restic's JSON, and a JVM in a bare locale, have no letters for some names; all agree on the rest of them. */
    private static final Pattern UNREADABLE =
            System.getProperty("sun.jnu.encoding", "").toUpperCase(Locale.ROOT).equals("UTF-8")
                    ? Pattern.compile("\uFFFD+")
                    : Pattern.compile("[^\\x00-\\x7f]+");

    private long entries;
    private long sum;
    private long room;
    private long[] names = new long[64];
    private int nameCount;

    /** Counts an entry by its path relative to the tree; the tree itself has the path "". */
    void add(String path, EntryKind kind, long size) {
        long name = hash(path, kind);
        if (nameCount == names.length) {
            names = Arrays.copyOf(names, nameCount * 2);
        }
        names[nameCount] = name;
        nameCount++;
        // What is stored takes whole blocks.
        room += kind == EntryKind.FILE ? (size + BLOCK - 1) / BLOCK * BLOCK : BLOCK;
        if (kind != EntryKind.OTHER) {
            entries++;
            sum += mix(name ^ mix(kind == EntryKind.FILE ? size : -1));
        }
    }

    /** How many entries are compared. */
    long entries() {
        return entries;
    }

    /** How many bytes they take on a disk. */
    long room() {
        return room;
    }

    boolean sameAs(Tally other) {
        return entries == other.entries && sum == other.sum;
    }

    /** Ends the counting: from now on it can be asked what it holds. */
    Tally sealed() {
        names = Arrays.copyOf(names, nameCount);
        Arrays.sort(names);
        return this;
    }

    /** Whether there is such an entry. */
    boolean holds(String path, EntryKind kind) {
        return Arrays.binarySearch(names, hash(path, kind)) >= 0;
    }

    /** Whether there is something by that name that is no folder. */
    boolean holdsNoFolder(String path) {
        return holds(path, EntryKind.FILE) || holds(path, EntryKind.LINK) || holds(path, EntryKind.OTHER);
    }

    private static long hash(String path, EntryKind kind) {
        String readable = isAscii(path) ? path : UNREADABLE.matcher(path).replaceAll("\uFFFD");
        long hash = (0xcbf29ce484222325L ^ kind.letter()) * 0x100000001b3L;
        for (int i = 0; i < readable.length(); i++) {
            hash = (hash ^ readable.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
