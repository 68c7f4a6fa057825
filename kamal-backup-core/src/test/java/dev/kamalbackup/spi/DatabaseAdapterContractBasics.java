package dev.kamalbackup.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What every adapter promises of itself: names, options, discovery; and what a test of one supplies. */
public abstract class DatabaseAdapterContractBasics {
    /**
     * The password that {@link #source()} and {@link #target()} must carry if the adapter has secret options. It must
     * never be seen.
     */
    public static final String CANARY = "canary-database-5e1d7b";

    DatabaseAdapterContractBasics() {}

    /** The adapter's class. */
    protected abstract Class<? extends DatabaseAdapter> adapterClass();

    /** A database with some content. */
    protected abstract DatabaseSettings source() throws Exception;

    /** Another database, which a restore replaces; best with content of its own, so that what stays behind shows. */
    protected abstract DatabaseSettings target() throws Exception;

    /** Settings of a database that does not exist. */
    protected abstract DatabaseSettings missing() throws Exception;

    /** Everything in a database as text that is equal if the content is equal. */
    protected abstract String content(DatabaseSettings database) throws Exception;

    @Test
    void namesFitIntoTagsAndFileNames() {
        AdapterDescription description = adapter().description();

        assertThat(description.id()).matches("[a-z][a-z0-9-]*");
        assertThat(description.aliases())
                .allSatisfy(alias -> assertThat(alias).matches("[a-z][a-z0-9-]*"))
                .doesNotContain(description.id());
        assertThat(description.dumpExtension()).matches("[a-z0-9]+");
        assertThat(description.answersTo(description.id().toUpperCase(java.util.Locale.ROOT)))
                .isTrue();
    }

    @Test
    void everyOptionIsExplainedAndEveryToolSaysHowToGetIt() {
        AdapterDescription description = adapter().description();

        assertThat(description.options())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(option.name()).matches("[a-z][a-z0-9_]*"))
                .allSatisfy(option -> assertThat(option.help()).isNotBlank())
                .extracting(OptionKey::name)
                .doesNotHaveDuplicates()
                .doesNotContain("name", "adapter");
        assertThat(description.tools())
                .allSatisfy(tool -> assertThat(tool.program()).isNotBlank())
                .allSatisfy(tool -> assertThat(tool.install()).isNotBlank())
                .allSatisfy(tool -> assertThat(tool.versionArguments()).isNotEmpty());
    }

    @Test
    void theClassIsPublicAndHasAPublicConstructorWithoutParameters() throws Exception {
        assertThat(Modifier.isPublic(adapterClass().getModifiers())).isTrue();
        assertThat(Modifier.isPublic(adapterClass().getDeclaredConstructor().getModifiers()))
                .isTrue();
    }

    @Test
    void serviceLoaderFindsItOnce() {
        assertThat(ServiceLoader.load(DatabaseAdapter.class).stream().map(ServiceLoader.Provider::type))
                .filteredOn(type -> type.equals(adapterClass()))
                .hasSize(1);
        assertThat(Adapters.discover().find(adapter().description().id()))
                .hasValueSatisfying(found -> assertThat(found).isInstanceOf(adapterClass()));
    }

    @Test
    void itHasNoFieldThatChanges() {
        for (Class<?> type = adapterClass(); type != null; type = type.getSuperclass()) {
            assertThat(type.getDeclaredFields())
                    .filteredOn(field -> !field.isSynthetic())
                    .extracting(Field::toGenericString)
                    .allSatisfy(field -> assertThat(field).contains(" final "));
        }
    }

    @Test
    void emptySettingsAreAProblemOfAnOptionTheAdapterKnows() {
        List<Problem> problems = adapter().check(empty());

        assertThat(problems).isNotEmpty();
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.message()).isNotBlank())
                .extracting(Problem::key)
                .isSubsetOf(adapter().description().options().stream()
                        .map(OptionKey::name)
                        .toList());
    }

    @Test
    void goodSettingsAreNoProblem() throws Exception {
        assertThat(adapter().check(source())).isEmpty();
    }

    @Test
    void liveFilesAreAbsoluteAndAlwaysTheSame() throws Exception {
        DatabaseSettings source = source();

        assertThat(adapter().liveFiles(source))
                .allSatisfy(file -> assertThat(file).isAbsolute())
                .doesNotHaveDuplicates()
                .isEqualTo(adapter().liveFiles(source));
        assertThat(adapter().liveFiles(empty())).isEmpty();
    }

    // --- for the tests of subclasses, too

    /** A new adapter, made as {@link ServiceLoader} makes it. */
    protected final DatabaseAdapter adapter() {
        try {
            return adapterClass().getConstructor().newInstance();
        } catch (ReflectiveOperationException notMade) {
            throw new LinkageError("the adapter needs a public constructor without parameters", notMade);
        }
    }

    /** Settings in which everything is missing. */
    static DatabaseSettings empty() {
        return DatabaseSettings.of("app", "any");
    }
}
