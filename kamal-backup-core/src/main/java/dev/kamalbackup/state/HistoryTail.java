package dev.kamalbackup.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The end of the history, read without reading all of it.
 *
 * @param hash what a line that comes next has to carry
 * @param hashBeforeLast what the last line has to carry; empty if there is no line
 */
record HistoryTail(String hash, String hashBeforeLast) {
    private static final int FIRST_LOOK = 64 * 1024;

    static HistoryTail read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new HistoryTail(HistoryChain.START, "");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            int look = FIRST_LOOK;
            while (look < size) {
                List<byte[]> lines = HistoryLines.split(end(channel, size, look));
                // The first of them may be cut by where the look began.
                List<byte[]> whole = lines.subList(1, lines.size());
                if (whole.stream().filter(HistoryChain::isWhole).limit(2).count() == 2) {
                    return of(whole);
                }
                look = Math.multiplyExact(look, 2);
            }
            return of(HistoryLines.split(end(channel, size, Math.toIntExact(size))));
        }
    }

    private static HistoryTail of(List<byte[]> lines) {
        return lines.isEmpty()
                ? new HistoryTail(HistoryChain.START, "")
                : new HistoryTail(HistoryChain.linkTo(lines), HistoryChain.linkTo(lines.subList(0, lines.size() - 1)));
    }

    private static byte[] end(FileChannel channel, long size, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, size - length + bytes.position()) < 0) {
                throw new IOException("the history became shorter while it was read");
            }
        }
        return bytes.array();
    }
}
