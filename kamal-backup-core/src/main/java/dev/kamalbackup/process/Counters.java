package dev.kamalbackup.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Linux counts of some processes at a moment.
 *
 * @param bytes how many bytes they read and wrote, whatever from and to
 * @param ticks how long they computed, in hundredths of a second
 * @param queued how many bytes each of their TCP connections still has to send or have confirmed
 */
record Counters(long bytes, long ticks, Map<String, Long> queued) {
    Counters {
        queued = Map.copyOf(queued);
    }

    /** Reads them; empty if they cannot be read, as where there is no {@code /proc}. */
    static Optional<Counters> of(List<Long> processes) {
        return processes.stream().flatMap(process -> of(process).stream()).reduce(Counters::with);
    }

    private static Optional<Counters> of(long process) {
        Path folder = Path.of("/proc", Long.toString(process));
        try {
            long bytes = bytes(Files.readString(folder.resolve("io"), StandardCharsets.ISO_8859_1));
            long ticks = ticks(Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1));
            Set<String> sockets = sockets(folder.resolve("fd"));
            Map<String, Long> queued = new HashMap<>();
            if (!sockets.isEmpty()) {
                addQueues(folder.resolve("net/tcp"), sockets, queued);
                addQueues(folder.resolve("net/tcp6"), sockets, queued);
            }
            return Optional.of(new Counters(bytes, ticks, queued));
        } catch (IOException endedMeanwhileOrForbidden) {
            return Optional.empty();
        }
    }

    private Counters with(Counters other) {
        Map<String, Long> both = new HashMap<>(queued);
        both.putAll(other.queued);
        return new Counters(bytes + other.bytes, ticks + other.ticks, both);
    }

    /** Whether the other side confirmed bytes of one of the connections since then. */
    boolean drainedSince(Counters before) {
        return queued.entrySet().stream()
                .anyMatch(socket -> socket.getValue() < before.queued.getOrDefault(socket.getKey(), 0L));
    }

    private static long bytes(String io) {
        return io.lines()
                .filter(line -> line.startsWith("rchar:") || line.startsWith("wchar:"))
                .mapToLong(line -> Long.parseLong(line.substring(6).strip()))
                .sum();
    }

    /** The name, in brackets, may hold anything; the times are the twelfth and thirteenth word after it. */
    private static long ticks(String stat) {
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(words[11]) + Long.parseLong(words[12]);
    }

    /** The numbers of the sockets that are open. */
    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> open = Files.list(descriptors)) {
            for (Path descriptor : open.toList()) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    sockets.add(target.substring(8, target.length() - 1));
                }
            }
        }
        return sockets;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    /** The table of the network that the process sees: the queue to send is its fifth column, the socket its tenth. */
    private static void addQueues(Path table, Set<String> sockets, Map<String, Long> queued) throws IOException {
        if (!Files.exists(table)) {
            return;
        }
        try (Stream<String> lines = Files.lines(table, StandardCharsets.ISO_8859_1)) {
            lines.map(line -> line.strip().split(" +", -1))
                    .filter(fields -> fields.length > 9 && sockets.contains(fields[9]))
                    .forEach(fields ->
                            queued.put(fields[9], Long.parseLong(fields[4].substring(0, fields[4].indexOf(':')), 16)));
        }
    }
}
