package dev.kamalbackup.restore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done in the end, whatever happens: all of it, the last first, even if some of it fails. As a resource it
 * hides nothing: what fails here is suppressed by what failed before.
 */
final class AtTheEnd implements AutoCloseable {
    private final List<Runnable> work = new ArrayList<>();

    void does(Runnable more) {
        work.add(more);
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (int i = work.size() - 1; i >= 0; i--) {
            first = done(work.get(i), first);
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException done(Runnable work, @Nullable RuntimeException before) {
        try {
            work.run();
            return before;
        } catch (RuntimeException failed) {
            if (before == null) {
                return failed;
            }
            before.addSuppressed(failed);
            return before;
        }
    }
}
