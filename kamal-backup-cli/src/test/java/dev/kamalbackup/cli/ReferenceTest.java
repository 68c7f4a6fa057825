package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.kamalbackup.settings.ConfigSchema;
import dev.kamalbackup.settings.ReferencePage;
import dev.kamalbackup.spi.Adapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The page and the schema that are made from the definitions of the keys are those in {@code docs}. */
class ReferenceTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path MADE = Path.of("target/reference");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(ConfigSchema.of(Adapters.discover()));

    @Test
    void thePageIsTheOneTheDefinitionsMake() throws IOException {
        sameAsInDocs("configuration.md", ReferencePage.of(Adapters.discover()));
    }

    @Test
    void theSchemaIsTheOneTheDefinitionsMake() throws IOException {
        sameAsInDocs(
                "config.schema.json",
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(ConfigSchema.of(Adapters.discover())) + "\n");
    }

    /** Whatever the program takes, an editor must not underline. */
    @ParameterizedTest
    @MethodSource("dev.kamalbackup.cli.ConfigurationSnippets#whole")
    void theSchemaTakesEveryConfigurationInTheDocs(ConfigurationSnippets.Snippet snippet) throws IOException {
        assertThat(problems(snippet.yaml())).as(snippet.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "databse: []",
                "restic: {retention: {keep_weakly: 1}}",
                "restic: /backups",
                "backup: {schedule: 1.5d}",
                "backup: {enabled: nope}",
                "restic: {retention: {keep_daily: -1}}",
                "databases: [{name: a, adapter: oracle}]",
                "databases: [{adapter: sqlite, path: /a}]",
                "databases: [{name: a, adapter: sqlite, pth: /a}]",
                "databases: []",
                "paths: [{path: /a, exlude: [x]}]",
                "paths: [{exclude: [x]}]",
                "restic: {password: {secrt: X}}",
                "restic: {check_read_data_subset: some}",
                "restic_keep_daily: many",
            })
    void theSchemaUnderlinesWhatTheProgramRefuses(String yaml) throws IOException {
        assertThat(problems(yaml)).isNotEmpty();
    }

    private Set<ValidationMessage> problems(String yaml) throws IOException {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        JsonNode node = JSON.valueToTree(tree);
        return schema.validate(node);
    }

    private static void sameAsInDocs(String name, String made) throws IOException {
        Files.createDirectories(MADE);
        Path file = Files.writeString(MADE.resolve(name), made);
        assertThat(DOCS.resolve(name))
                .as("docs/%s is not what the definitions make; replace it: cp kamal-backup-cli/%s docs/", name, file)
                .exists()
                .content()
                .isEqualTo(made);
    }
}
