package dev.kamalbackup.cli.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kamalbackup.testing.LocalServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a REST server of restic and answers uploads of data in its place. */
final class AnsweringServer implements AutoCloseable {
    final int port;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int behind;
    private final int answer;
    private final AtomicInteger left;

    /**
     * @param answer the status that uploads get
     * @param times how many uploads get it; those that follow are passed on
     */
    AnsweringServer(int behind, int answer, int times) throws Exception {
        this.behind = behind;
        this.answer = answer;
        this.left = new AtomicInteger(times);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), LocalServer.freePort()), 50);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
        port = server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean upload = exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestURI().getPath().contains("/data/");
            if (upload && left.getAndDecrement() > 0) {
                exchange.sendResponseHeaders(answer, -1);
                return;
            }
            passOn(exchange, body);
        }
    }

    private void passOn(HttpExchange exchange, byte[] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + behind + exchange.getRequestURI())
                        .toURL()
                        .openConnection();
        connection.setRequestMethod(exchange.getRequestMethod());
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Host")) {
                values.forEach(value -> connection.addRequestProperty(name, value));
            }
        });
        if (exchange.getRequestMethod().equals("POST")) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body);
        }
        int status = connection.getResponseCode();
        InputStream from = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        byte[] answered = from == null ? new byte[0] : from.readAllBytes();
        connection.getHeaderFields().forEach((name, values) -> {
            if (name != null
                    && !name.equalsIgnoreCase("Content-Length")
                    && !name.equalsIgnoreCase("Transfer-Encoding")) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", connection.getHeaderField("Content-Length"));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, answered.length == 0 ? -1 : answered.length);
            exchange.getResponseBody().write(answered);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
