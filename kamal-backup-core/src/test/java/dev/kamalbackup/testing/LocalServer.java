package dev.kamalbackup.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A database server that a test starts on loopback, as a user who is not root, and ends with the test. */
public final class LocalServer implements AutoCloseable {
    private final Process process;

    private LocalServer(Process process) {
        this.process = process;
    }

    /** Starts the server; everything it prints goes into the log file. */
    public static LocalServer start(Path log, List<String> command) throws Exception {
        return new LocalServer(new ProcessBuilder(unprivileged(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    /** Starts a server that has to be what the test is: root, as sshd must be to let somebody in. */
    public static LocalServer startAsIs(Path log, List<String> command) throws Exception {
        return new LocalServer(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    /** Waits until something listens on this port of loopback. */
    public static void awaitPort(String what, int port) throws Exception {
        await(what, () -> {
            try (java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (java.net.ConnectException notYet) {
                return false;
            }
        });
    }

    /** Runs a program as the servers' user and expects it to end well. */
    public static String run(List<String> command) throws Exception {
        return run(command, "");
    }

    /** Runs a program as the servers' user, gives it this text to read, and expects it to end well. */
    public static String run(List<String> command, String input) throws Exception {
        Path text = Files.writeString(Files.createTempFile("input", ".txt"), input);
        Process process = new ProcessBuilder(unprivileged(command))
                .redirectErrorStream(true)
                .redirectInput(text.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int exit = process.waitFor();
        Files.delete(text);
        if (exit != 0) {
            throw new AssertionError(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }

    /** A folder that the servers' user owns. */
    public static Path folder(Path folder) throws Exception {
        Files.createDirectories(folder);
        Path top = folder.toAbsolutePath();
        for (Path above = top.getParent();
                above.startsWith(System.getProperty("java.io.tmpdir"));
                above = above.getParent()) {
            new File(above.toString()).setExecutable(true, false);
        }
        if (new ProcessBuilder("chown", "65534:65534", folder.toString())
                        .start()
                        .waitFor()
                != 0) {
            throw new AssertionError("cannot give " + folder + " to the servers' user; this test needs root");
        }
        return folder;
    }

    /** A free port below the range from which the system gives out its own. */
    public static int freePort() throws Exception {
        java.net.BindException lastTaken = null;
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (java.net.ServerSocket socket =
                    new java.net.ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (java.net.BindException taken) {
                lastTaken = taken;
            }
        }
        throw new AssertionError("no free port found", lastTaken);
    }

    /** Waits until the question is answered well. */
    public static void await(String what, java.util.concurrent.Callable<Boolean> question) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!question.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + " did not answer within 60 s");
            }
            Thread.sleep(100);
        }
    }

    /** Ends it as a crash does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends a signal to it and to all that it started. */
    public void signal(String signal) throws Exception {
        List<String> line = new ArrayList<>(List.of("kill", "-" + signal, Long.toString(process.pid())));
        process.descendants().map(each -> Long.toString(each.pid())).forEach(line::add);
        if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
            throw new AssertionError(line + " failed");
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> unprivileged(List<String> command) {
        List<String> line = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        if (!open(Path.of(command.get(0)))) {
            // Somebody keeps this checkout to himself; the user who runs the server has to get past that.
            line.addAll(List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
        }
        line.addAll(List.of("env", "HOME=/tmp", "LC_ALL=C.UTF-8"));
        line.addAll(command);
        return line;
    }

    /** Whether everybody may reach this program. */
    private static boolean open(Path program) {
        for (Path folder = program.getParent(); folder != null; folder = folder.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot look at " + folder, unreadable);
            }
        }
        return true;
    }
}
