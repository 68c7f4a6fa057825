package dev.kamalbackup.cli.faults;

import java.util.List;
import java.util.stream.Stream;

/** All faults there are, and the choice among them. */
final class Campaign {
    static final List<Fault> FAULTS = Stream.of(
                    FaultsOfTheDump.all(),
                    FaultsOfRestic.all(),
                    FaultsOfTheRepository.all(),
                    FaultsOfTheNetwork.all(),
                    FaultsOfTheCable.all(),
                    FaultsOfSftp.all(),
                    FaultsOfPermission.all(),
                    FaultsOfTheClock.all(),
                    FaultsOfFiles.all(),
                    FaultsOfRestore.all(),
                    FaultsOfTheState.all(),
                    FaultsOfNotification.all(),
                    FaultsFromOutside.all())
            .flatMap(List::stream)
            .toList();

    private Campaign() {}

    /** Those that are asked for: {@code always}, {@code all}, {@code phase:PHASE} or names with commas between them. */
    static List<Fault> chosen(String choice) {
        List<Fault> chosen = choice.equals("all")
                ? FAULTS
                : Stream.of(choice.split(",", -1)).flatMap(Campaign::one).toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("there is no fault for which " + choice + " stands");
        }
        return chosen;
    }

    private static Stream<Fault> one(String choice) {
        List<Fault> found = FAULTS.stream()
                .filter(fault -> choice.equals("always")
                        ? fault.always()
                        : choice.equals("phase:" + fault.phase().word()) || choice.equals(fault.name()))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no fault or phase " + choice);
        }
        return found.stream();
    }

    /** The table that docs/reliability.md holds. */
    static String table() {
        StringBuilder table =
                new StringBuilder("| fault | phase | what is injected | what must hold |\n|---|---|---|---|\n");
        for (Fault fault : FAULTS) {
            table.append("| `%s`%s | %s | %s | %s |%n"
                    .formatted(
                            fault.name(),
                            fault.always() ? " *" : "",
                            fault.phase().word(),
                            fault.injected(),
                            fault.mustHold()));
        }
        return table.toString();
    }
}
