package dev.kamalbackup.cli.kamal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A command runs on one host, and on several never by accident. */
class HostChoiceTest {
    private static final Optional<String> READING = Optional.empty();
    private static final Optional<String> PRUNE = Optional.of("prune");

    @Test
    void theOnlyHostNeedsNoChoice() {
        HostChoice choice = HostChoice.of(on("a"), List.of("a", "b"), List.of(), PRUNE);

        assertThat(choice).isEqualTo(new HostChoice("a", false, List.of(), true));
        assertThat(choice.arguments()).isEmpty();
    }

    @Test
    void readingTakesTheFirstOfSeveral() {
        HostChoice choice = HostChoice.of(on("a", "b"), List.of(), List.of(), READING);

        assertThat(choice).isEqualTo(new HostChoice("a", true, List.of("b"), true));
        assertThat(choice.arguments()).containsExactly("--hosts", "a");
    }

    @Test
    void destroyingWantsOne() {
        assertThatThrownBy(() -> HostChoice.of(on("a", "b"), List.of(), List.of(), PRUNE))
                .hasMessageContaining("prune needs one host, and it is on a, b");
        assertThat(HostChoice.of(on("a", "b"), List.of(), List.of("b"), PRUNE))
                .isEqualTo(new HostChoice("b", true, List.of(), false));
    }

    @Test
    void wildcardsAreKamals() {
        Accessory accessory = on("db1.example.org", "db2.example.org", "web.example.org");

        assertThat(HostChoice.of(accessory, List.of(), List.of("web*"), PRUNE).host())
                .isEqualTo("web.example.org");
        assertThat(HostChoice.of(accessory, List.of(), List.of("db*"), READING).others())
                .containsExactly("db2.example.org");
        assertThatThrownBy(() -> HostChoice.of(accessory, List.of(), List.of("db1xexample.org"), READING))
                .hasMessageContaining("it is not on db1xexample.org but on db1.example.org");
    }

    @Test
    void hostsOfARoleMustBeNamedUnlessThereIsOneHostAltogether() {
        Accessory role = new Accessory("backup", "x", "s", List.of(), true, Map.of(), Map.of());

        assertThatThrownBy(() -> HostChoice.of(role, List.of("a", "b"), List.of(), READING))
                .hasMessageContaining("come from a role");
        assertThat(HostChoice.of(role, List.of("a", "b"), List.of("b"), READING))
                .isEqualTo(new HostChoice("b", true, List.of(), false));
        assertThat(HostChoice.of(role, List.of("a"), List.of(), PRUNE).host()).isEqualTo("a");
    }

    private static Accessory on(String... hosts) {
        return new Accessory("backup", "x", "s", List.of(hosts), false, Map.of(), Map.of());
    }
}
