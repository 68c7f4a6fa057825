package dev.kamalbackup.rails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.redact.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RailsAppTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/nowhere"));

    @BeforeEach
    void config() throws IOException {
        Files.createDirectory(folder.resolve("config"));
    }

    @Test
    void whatRailsGeneratesForPostgresIsRead() throws IOException {
        write("""
                # PostgreSQL. Versions 9.3 and up are supported.
                default: &default
                  adapter: postgresql
                  encoding: unicode
                  # For details on connection pooling, see Rails configuration guide
                  pool: <%= ENV.fetch("RAILS_MAX_THREADS") { 5 } %>

                development:
                  <<: *default
                  database: shop_development

                production:
                  <<: *default
                  database: shop_production
                  username: shop
                  password: <%= ENV["SHOP_DATABASE_PASSWORD"] %>
                """);
        environment.put("SHOP_DATABASE_PASSWORD", "p: #1");

        assertThat(databases("development")).singleElement().satisfies(database -> {
            assertThat(database.name()).isEqualTo("primary");
            assertThat(database.adapter()).isEqualTo("postgres");
            assertThat(database.value("database")).contains("shop_development");
            assertThat(database.value("pool")).contains("5");
            assertThat(database.value("password")).isEmpty();
        });
        assertThat(databases("production")).singleElement().satisfies(database -> {
            assertThat(database.value("password")).contains("p: #1");
            assertThat(database.toString()).doesNotContain("p: #1");
        });
        assertThat(databases("staging")).isEmpty();
    }

    @Test
    void severalDatabasesKeepTheirNamesAndOrder() throws IOException {
        write("""
                default: &default
                  adapter: sqlite3
                  database: storage/default.sqlite3
                production:
                  primary:
                    <<: *default
                    database: storage/production.sqlite3
                  queue:
                    <<: [*default]
                    migrations_paths: db/queue_migrate
                """);

        assertThat(databases("production"))
                .extracting(
                        RailsDatabase::name,
                        database -> database.value("database").orElseThrow())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("primary", "storage/production.sqlite3"),
                        org.assertj.core.groups.Tuple.tuple("queue", "storage/default.sqlite3"));
    }

    @Test
    void theAdapterIsToldByTheUrlToo() {
        assertThat(new RailsDatabase("primary", Map.of("url", "trilogy://u@h/d")).adapter())
                .isEqualTo("mysql");
        assertThat(new RailsDatabase("primary", Map.of("url", "postgres://h/d")).adapter())
                .isEqualTo("postgres");
        assertThat(new RailsDatabase("primary", Map.of("adapter", "oracle")).adapter())
                .isEqualTo("oracle");
    }

    @Test
    void rubyIsAskedOnlyForWhatIsNeededAndNotUnderstood() throws IOException {
        write("""
                development: {adapter: sqlite3, database: storage/development.sqlite3}
                production: {adapter: postgresql, password: "<%= Rails.application.credentials.password %>"}
                """);
        // A ruby that would be noticed.
        fakeRuby("touch '" + folder + "/asked'; exit 1");

        assertThat(databases("development")).hasSize(1);
        assertThat(folder.resolve("asked")).doesNotExist();
        assertThatThrownBy(() -> databases("production")).isInstanceOf(ConfigurationException.class);
        assertThat(folder.resolve("asked")).exists();
    }

    @Test
    void whatRubyEvaluatesIsRead() throws IOException {
        write("development:\n<% if true %>\n  adapter: sqlite3\n<% end %>\n  database: <%= 'a'.upcase %>\n");
        fakeRuby("test \"$1 $2\" = '-rerb -e' && test -f \"$4\" && test -z \"$RESTIC_PASSWORD\" && test \"$APP\" = shop"
                + " && echo 'development: {adapter: sqlite3, database: A}'");
        environment.put("RESTIC_PASSWORD", "correct horse");
        environment.put("APP", "shop");

        assertThat(databases("development"))
                .singleElement()
                .satisfies(database -> assertThat(database.value("database")).contains("A"));
    }

    @Test
    void withoutRubyTheLineIsNamed() throws IOException {
        write("a: 1\ndevelopment:\n  adapter: mysql2\n  password: <%= `cat secret` %>\n");

        assertThatThrownBy(() -> databases("development"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        problem -> assertThat(problem.lines())
                                .containsExactly(
                                        "config/database.yml:4: this ERB is not understood, and there is no ruby on the"
                                                + " PATH to evaluate it; write what is meant into config/kamal-backup.local.yml"));
        write("development:\n  adapter: [a\n");
        assertThatThrownBy(() -> databases("development"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        problem -> assertThat(problem.lines())
                                .singleElement()
                                .asString()
                                .endsWith("is not valid YAML"));
    }

    @Test
    void aBombOfAliasesIsRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + ", *a" + (i - 1) + ", *a" + (i - 1)
                    + "]\n");
        }
        write(bomb + "development: {adapter: sqlite3}\n");

        assertThatThrownBy(() -> databases("development")).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void kamalsFileTellsServiceHostVolumesAndAccessories() throws IOException {
        Files.writeString(folder.resolve("config/deploy.yml"), """
                service: shop
                image: me/shop
                servers:
                  web:
                    hosts:
                      - <%= ENV["WEB_HOST"] %>
                env:
                  clear:
                    DB_HOST: shop-db
                  secret:
                    - RAILS_MASTER_KEY
                volumes:
                  - "shop_storage:/rails/storage"
                accessories:
                  db: {image: "postgres:17"}
                  backup:
                    image: me/kamal-backup:1
                    env:
                      clear: {APP_NAME: shop}
                      secret: [RESTIC_PASSWORD, "DATABASE_PASSWORD:SHOP_DATABASE_PASSWORD"]
                    files: ["config/kamal-backup.yml:/app/config/kamal-backup.yml:ro"]
                    volumes: ["shop_storage:/data/storage"]
                """);

        KamalDeploy deploy =
                KamalDeploy.read(folder, name -> Optional.of("web1")).orElseThrow();

        assertThat(deploy.service()).isEqualTo("shop");
        assertThat(deploy.host()).isEqualTo("web1");
        assertThat(deploy.volumes()).containsExactly("shop_storage:/rails/storage");
        assertThat(deploy.clear()).containsExactly(Map.entry("DB_HOST", "shop-db"));
        KamalDeploy.Accessory backup = deploy.accessory(Optional.of("backup")).orElseThrow();
        assertThat(backup.secrets()).containsExactly("DATABASE_PASSWORD", "RESTIC_PASSWORD");
        assertThat(backup.clear()).containsExactly(Map.entry("APP_NAME", "shop"));
        assertThat(backup.mounts()).hasSize(2);
        assertThat(deploy.accessory(Optional.empty())).contains(backup);
        assertThat(deploy.accessory(Optional.of("other"))).isEmpty();
    }

    @Test
    void hostsMayBeAPlainListAndVariablesNotSplit() throws IOException {
        Files.writeString(
                folder.resolve("config/deploy.yml"),
                "servers: [10.0.0.1]\nenv: {A: b}\naccessories: {a: {image: x}}\n");

        KamalDeploy deploy = KamalDeploy.read(folder, name -> Optional.empty()).orElseThrow();

        assertThat(deploy.host()).isEqualTo("10.0.0.1");
        assertThat(deploy.clear()).containsEntry("A", "b");
        assertThat(deploy.accessory(Optional.empty())).isEmpty();
        Files.writeString(folder.resolve("config/deploy.yml"), "<% if x %>\nservice: a\n<% end %>\n");
        assertThat(KamalDeploy.read(folder, name -> Optional.empty())).isEmpty();
    }

    @Test
    void activeStorageIsOnDiskUnlessTheAppSaysOtherwise() throws IOException {
        assertThat(ActiveStorage.of(folder).isOnDisk()).isTrue();
        Files.createDirectory(folder.resolve("config/environments"));
        Files.writeString(folder.resolve("config/environments/production.rb"), """
                        Rails.application.configure do
                          # config.active_storage.service = :local
                          config.active_storage.service = :amazon
                        end
                        """);
        Files.writeString(
                folder.resolve("config/storage.yml"),
                "local: {service: Disk, root: \"<%= Rails.root.join('storage') %>\"}\namazon: {service: S3}\n");
        assertThat(ActiveStorage.of(folder)).isEqualTo(new ActiveStorage("amazon", "S3"));
        assertThat(ActiveStorage.of(folder).isOnDisk()).isFalse();
    }

    private List<RailsDatabase> databases(String name) {
        RubyProgram ruby = new RubyProgram(ExecLauncher.detect(Redactor.none(), environment), environment);
        return new RailsApp(folder, variable -> Optional.ofNullable(environment.get(variable)), Optional.of(ruby))
                .databases(name);
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("config/database.yml"), yaml);
    }

    private void fakeRuby(String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path ruby = Files.writeString(bin.resolve("ruby"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(ruby, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("PATH", bin + ":/usr/bin:/bin");
    }
}
