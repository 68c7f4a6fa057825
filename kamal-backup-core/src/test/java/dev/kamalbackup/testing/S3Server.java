package dev.kamalbackup.testing;

import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An S3 server on loopback that keeps its objects in a folder: S3Proxy. */
public final class S3Server implements AutoCloseable {
    private static final String KEY = "canary-s3-key-51c07e";

    private final LocalServer server;
    private final int port;

    private S3Server(LocalServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts one whose files lie in this folder. */
    public static S3Server start(Path folder) throws Exception {
        int port = LocalServer.freePort();
        Path objects = LocalServer.folder(folder.resolve("objects"));
        Path configuration = Files.writeString(
                folder.resolve("s3.properties"),
                String.join(
                        "\n",
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=shop",
                        "s3proxy.credential=" + KEY,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + objects,
                        ""));
        LocalServer server = LocalServer.start(
                folder.resolve("s3-server.log"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-DLOG_LEVEL=warn",
                        "-cp",
                        Tools.s3Server(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        configuration.toString()));
        LocalServer.awaitPort("the S3 server", port);
        return new S3Server(server, port);
    }

    /** Settings for a repository in a bucket that restic makes. */
    public ResticSettings settings() {
        return settings(KEY);
    }

    /** The same with another secret key. */
    public ResticSettings settings(String key) {
        return ResticSettings.of("s3:http://127.0.0.1:" + port + "/shop-backups", new Secret(TestRepository.PASSWORD))
                .withProgram(Tools.restic().toString())
                .withCredentials(
                        Map.of("AWS_ACCESS_KEY_ID", new Secret("shop"), "AWS_SECRET_ACCESS_KEY", new Secret(key)));
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
