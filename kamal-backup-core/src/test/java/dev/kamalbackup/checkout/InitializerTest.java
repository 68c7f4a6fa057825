package dev.kamalbackup.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitializerTest {
    private static final String DEPLOY = """
            service: shop
            servers: {web: [203.0.113.7]}
            env: {clear: {DB_HOST: shop-db}, secret: [SHOP_DATABASE_PASSWORD]}
            volumes: ["shop_storage:/rails/storage"]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void config() throws IOException {
        Files.createDirectories(folder.resolve("config/environments"));
    }

    @Test
    void anAppOnPostgresGetsItsDatabaseItsSecretAndItsVolume() throws IOException {
        write("deploy.yml", DEPLOY);
        write("database.yml", """
                default: &default {adapter: postgresql, host: <%= ENV["DB_HOST"] %>}
                production:
                  <<: *default
                  database: shop_production
                  username: shop
                  password: <%= ENV["SHOP_DATABASE_PASSWORD"] %>
                """);

        Initializer.Result result = new Initializer(folder).run();

        assertThat(result.created()).isTrue();
        assertThat(read()).contains("""
                app: shop
                accessory: backup

                databases:
                  # production of config/database.yml
                  - name: app
                    adapter: postgres
                    host: shop-db
                    user: shop
                    database: shop_production
                    password: { secret: SHOP_DATABASE_PASSWORD }
                """).contains("paths:\n  - /data/storage\n");
        assertThat(result.accessory()).isEqualTo("""
                accessories:
                  backup:
                    image: your-registry/kamal-backup:latest
                    host: 203.0.113.7
                    files:
                      - config/kamal-backup.yml:/app/config/kamal-backup.yml:ro
                    env:
                      secret:
                        - AWS_ACCESS_KEY_ID
                        - AWS_SECRET_ACCESS_KEY
                        - RESTIC_PASSWORD
                        - SHOP_DATABASE_PASSWORD
                    volumes:
                      - "shop_storage:/data/storage"
                      - "shop_backup_state:/var/lib/kamal-backup"
                """);
    }

    @Test
    void anAppOnRails8sSqliteDatabasesLeavesOutWhatCanBeMadeAnew() throws IOException {
        write("deploy.yml", DEPLOY);
        write("database.yml", """
                default: &default {adapter: sqlite3, pool: <%= ENV.fetch("RAILS_MAX_THREADS") { 5 } %>}
                production:
                  primary: {<<: *default, database: storage/production.sqlite3}
                  cache: {<<: *default, database: storage/production_cache.sqlite3}
                  queue: {<<: *default, database: storage/production_queue.sqlite3}
                """);

        Initializer.Result result = new Initializer(folder).run();

        assertThat(read()).contains("""
                  - name: primary
                    adapter: sqlite
                    path: /data/storage/production.sqlite3
                  # cache is left out: it can be made anew
                  - name: queue
                    adapter: sqlite
                    path: /data/storage/production_queue.sqlite3
                """);
        assertThat(result.accessory()).contains("""
                    volumes:
                      - "shop_storage:/data/storage"
                      - "shop_backup_state:/var/lib/kamal-backup"
                """);
    }

    @Test
    void urlsKeepTheirPasswordsInSecrets() throws IOException {
        write("database.yml", """
                production:
                  primary: {url: "mysql2://shop:<%= ENV['PW'] %>@db:3306/shop"}
                  queue: {url: <%= ENV["QUEUE_URL"] %>, adapter: mysql2}
                  audit: {adapter: postgresql, url: <%= Rails.application.credentials.audit_url %>}
                  typed: {adapter: postgresql, database: t, password: swordfish}
                """);

        new Initializer(folder).run();

        assertThat(read()).contains("""
                  - name: primary
                    adapter: mysql
                    url: mysql2://shop@db:3306/shop
                    password: { secret: PW }
                  - name: queue
                    adapter: mysql
                    url: { secret: QUEUE_URL }
                  - name: audit
                    adapter: postgres
                    # config/database.yml does not say where it is without being run
                    url: { secret: DATABASE_URL }
                  - name: typed
                    adapter: postgres
                    database: t
                    password: { secret: DATABASE_PASSWORD }
                """).doesNotContain("swordfish");
    }

    @Test
    void filesThatLieInABucketAreNotGivenAPath() throws IOException {
        write("environments/production.rb", "config.active_storage.service = :amazon\n");
        write("storage.yml", "amazon: {service: S3}\n");

        Initializer.Result result = new Initializer(folder).run();

        assertThat(read()).contains("paths: []").contains("amazon (S3)");
        assertThat(result.accessory()).doesNotContain("/data");
    }

    @Test
    void aFolderThatTellsNothingGetsATemplate() throws IOException {
        write("database.yml", "<% if x %>\nproduction: {adapter: mysql2}\n<% end %>\n");

        Initializer.Result result = new Initializer(folder).run();

        assertThat(read()).contains("  - name: app\n    adapter: postgres\n    url: { secret: DATABASE_URL }\n");
        assertThat(result.accessory()).contains("- DATABASE_URL\n").contains("\"app_storage:/data/storage\"");
    }

    @Test
    void nothingIsOverwrittenAndTheBlockFitsWhatIsThere() throws IOException {
        write("kamal-backup.yml", """
                app: shop
                accessory: vault
                databases: [{name: a, adapter: sqlite, path: /srv/db/a.sqlite3}]
                paths: [{path: /data/uploads, exclude: [x]}]
                restic: {repository: "b2:bucket", password: {file: /run/p}}
                state: {path: /state}
                """);
        String before = read();

        Initializer.Result result = new Initializer(folder).run();

        assertThat(result.created()).isFalse();
        assertThat(read()).isEqualTo(before);
        assertThat(result.accessory())
                .contains("  vault:\n")
                .contains("- B2_ACCOUNT_ID\n        - B2_ACCOUNT_KEY\n")
                .contains("\"app_uploads:/data/uploads\"", "\"app_db:/srv/db\"", ":/state\"")
                .doesNotContain("RESTIC_PASSWORD");
    }

    @Test
    void aFolderThatCannotBeWrittenIsExplained() throws IOException {
        Files.delete(folder.resolve("config/environments"));
        Files.delete(folder.resolve("config"));
        Files.writeString(folder.resolve("config"), "");

        assertThatThrownBy(() -> new Initializer(folder).run())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("config/kamal-backup.yml");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("config").resolve(name), text);
    }

    private String read() throws IOException {
        return Files.readString(folder.resolve(Initializer.FILE));
    }
}
