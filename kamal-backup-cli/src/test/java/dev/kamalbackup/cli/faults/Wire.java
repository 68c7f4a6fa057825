package dev.kamalbackup.cli.faults;

import dev.kamalbackup.testing.LocalServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A stretch of network on loopback, between a client and a server, which can be cut or frozen. */
final class Wire implements AutoCloseable {
    final int port;
    private final int serverPort;
    private final ServerSocket entry;
    private final List<Closeable> open = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private volatile boolean frozen;
    private final AtomicLong passed = new AtomicLong();

    Wire(int serverPort) throws Exception {
        this.serverPort = serverPort;
        this.entry = new ServerSocket(LocalServer.freePort(), 50, InetAddress.getLoopbackAddress());
        this.port = entry.getLocalPort();
        daemon("wire", this::accept);
    }

    /** Every connection breaks, and so does every new one. */
    void cut() {
        cut = true;
        open.forEach(Wire::drop);
        open.clear();
    }

    /** Connections stay, and nothing comes through. */
    void freeze() {
        frozen = true;
    }

    void mend() {
        cut = false;
        frozen = false;
    }

    /** How many bytes came through. */
    long passed() {
        return passed.get();
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                Socket client = entry.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                Socket server = server(client);
                open.add(client);
                open.add(server);
                daemon("to server", () -> pass(client, server));
                daemon("to client", () -> pass(server, client));
            } catch (IOException closedOrRefused) {
                // The client notices by itself.
                Thread.onSpinWait();
            }
        }
    }

    private Socket server(Socket client) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (IOException gone) {
            client.close();
            throw gone;
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                while (frozen) {
                    Thread.sleep(50);
                }
                out.write(buffer, 0, read);
                out.flush();
                passed.addAndGet(read);
            }
        } catch (IOException broken) {
            // That is what it is for; both ends are closed.
            return;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void drop(Closeable end) {
        try {
            end.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        entry.close();
        cut();
    }
}
