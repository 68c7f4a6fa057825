package dev.kamalbackup.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real programs the tests talk to. One that is missing fails the test with the command that installs it. */
public final class Tools {
    private Tools() {}

    /** The restic that most tests use. */
    public static Path restic() {
        return restic("0.19");
    }

    /** A restic of this version: 0.14, 0.18 or 0.19. */
    public static Path restic(String version) {
        return require(folder().resolve("restic-" + version).resolve("restic"));
    }

    /** The restic REST server. */
    public static Path restServer() {
        return require(folder().resolve("rest-server").resolve("rest-server"));
    }

    /** The OpenSSH programs: sshd, ssh, ssh-keygen. */
    public static Path ssh(String program) {
        return require(folder().resolve("ssh-server/bin").resolve(program));
    }

    /** Kamal itself. */
    public static Path kamal() {
        return require(folder().resolve("kamal/bin/kamal"));
    }

    /** The class path of S3Proxy. */
    public static String s3Server() {
        Path folder = folder().resolve("s3-server");
        if (!Files.isDirectory(folder)) {
            throw new AssertionError(folder + " is missing; get it with: bin/setup");
        }
        return folder + "/*";
    }

    /** A folder of server or client programs as bin/setup names it: {@code mariadb-11.8/bin}. */
    public static Path programs(String name) {
        Path folder = folder().resolve(name);
        if (!Files.isDirectory(folder)) {
            throw new AssertionError(folder + " is missing; get it with: bin/setup --databases");
        }
        return folder;
    }

    private static Path folder() {
        String folder = System.getProperty("kamalbackup.tools");
        if (folder == null) {
            throw new AssertionError("the system property kamalbackup.tools is not set; run the tests with Maven");
        }
        return Path.of(folder);
    }

    private static Path require(Path program) {
        if (!Files.isExecutable(program)) {
            throw new AssertionError(program + " is missing; get it with: bin/setup");
        }
        return program;
    }
}
