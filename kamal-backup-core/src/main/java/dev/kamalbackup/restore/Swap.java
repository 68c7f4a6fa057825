package dev.kamalbackup.restore;

import java.io.IOException;

/** Puts staged content in the place of old content, and keeps the old until it is clear that it is not needed. */
sealed interface Swap permits FolderSwap, SingleSwap {
    /**
     * Puts the staged content in place.
     *
     * @throws IOException if that fails; {@link #isBegun} says whether the target is as it was
     */
    void swap() throws IOException;

    /** Whether some of the old content is not in its place: after a swap, or one that could not be taken back. */
    boolean isBegun();

    /** Removes the old content. */
    void finish() throws IOException;

    /** Puts the old content back. */
    void undo() throws IOException;
}
