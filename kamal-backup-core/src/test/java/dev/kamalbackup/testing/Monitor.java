package dev.kamalbackup.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A monitor on loopback that is told how backups went. */
public final class Monitor implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Told> told = new CopyOnWriteArrayList<>();

    /**
     * What it was told.
     *
     * @param path the address after the host
     * @param document the body
     */
    public record Told(String path, JsonNode document) {}

    private Monitor(HttpServer server) {
        this.server = server;
    }

    /** One that takes what it is told with this status. */
    public static Monitor answering(int status) throws IOException {
        Monitor monitor = new Monitor(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        return monitor.serve(exchange -> {
            if (status / 100 == 3) {
                exchange.getResponseHeaders().putAll(Map.of("Location", List.of(monitor.address("/elsewhere"))));
            }
            exchange.sendResponseHeaders(status, -1);
        });
    }

    /** One that listens and never answers. */
    public static Monitor silent() throws IOException {
        Monitor monitor = new Monitor(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        return monitor.serve(exchange -> {
            try {
                monitor.closing.await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Monitor serve(Answer answer) {
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            JsonNode document = new ObjectMapper().readTree(exchange.getRequestBody());
            told.add(new Told(exchange.getRequestURI().toString(), document));
            answer.to(exchange);
            exchange.close();
        });
        server.start();
        return this;
    }

    /** Its address with this path. */
    public String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Everything it was told. */
    public List<Told> told() {
        return List.copyOf(told);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }
}
