package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.plan.DumpScan;
import dev.kamalbackup.restore.DumpScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinedObjectsTest {
    private static final String OTHERS_VIEW = "/*!50013 DEFINER=`app`@`%` SQL SECURITY DEFINER */";
    private static final String OTHERS_TRIGGER =
            "/*!50003 CREATE*/ /*!50017 DEFINER=`app`@`%`*/ /*!50003 TRIGGER noted AFTER INSERT ON users";
    private static final String OTHERS_EVENT =
            "/*!50106 CREATE*/ /*!50117 DEFINER=`app`@`%`*/ /*!50106 EVENT `nightly` ON SCHEDULE EVERY 1 DAY";
    private static final String OWN_FUNCTION = "CREATE DEFINER=`me`@`localhost` FUNCTION `twice`(x int) RETURNS int";
    private static final String OWN_TRIGGER =
            "/*!50003 CREATE*/ /*!50017 DEFINER=`me`@`localhost`*/ /*!50003 TRIGGER noted AFTER INSERT ON users";

    @TempDir
    private Path folder;

    private final List<String> all = List.of("GRANT ALL PRIVILEGES ON *.* TO `me`@`localhost`");
    private final List<String> onShop = List.of("GRANT ALL PRIVILEGES ON `shop`.* TO `me`@`localhost`");

    @Test
    void whatSomebodyElseDefinedNeedsAnAdministrator() throws Exception {
        for (String line : List.of(OTHERS_VIEW, OTHERS_TRIGGER, OTHERS_EVENT)) {
            assertThat(flaw(rights(onShop, true, Optional.empty(), false), line))
                    .as(line)
                    .hasValueSatisfying(flaw -> assertThat(flaw)
                            .contains(
                                    "defined by `app`@`%`", "`me`@`localhost` may not create that", "GRANT SET USER"));
        }
        assertThat(flaw(rights(onShop, false, Optional.empty(), false), OTHERS_VIEW))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("SET_ANY_DEFINER", "SET_USER_ID"));
        assertThat(flaw(rights(all, true, Optional.empty(), false), OTHERS_VIEW))
                .isEmpty();
        assertThat(flaw(
                        rights(
                                List.of("GRANT SET USER ON *.* TO `me`@`localhost`", onShop.get(0)),
                                true,
                                Optional.empty(),
                                false),
                        OTHERS_VIEW))
                .isEmpty();
    }

    @Test
    void aDefinerWhomTheServerDoesNotKnowIsNamed() throws Exception {
        Optional<Set<String>> users = Optional.of(Set.of("`me`@`localhost`"));

        assertThat(flaw(rights(all, true, users, false), OTHERS_EVENT))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("EVENT", "CREATE USER `app`@`%`"));
        assertThat(flaw(rights(all, true, users, false), "CREATE DEFINER=`ro``le` PROCEDURE `p`()"))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("CREATE USER `ro``le`@``"));
        assertThat(flaw(rights(all, true, users, false), OWN_FUNCTION)).isEmpty();
    }

    @Test
    void namesAreUtf8() throws Exception {
        assertThat(flaw(
                        rights(all, true, Optional.of(Set.of("`ü`@`%`")), false),
                        "CREATE DEFINER=`ü`@`%` PROCEDURE `p`()"))
                .isEmpty();
    }

    @Test
    void whatADumpHoldsMustBeAllowedToBeMade() throws Exception {
        List<String> few = List.of("GRANT CREATE, DROP, ALTER, INSERT, CREATE ROUTINE ON `shop`.* TO `me`@`localhost`");

        assertThat(flaw(rights(few, true, Optional.empty(), false), OWN_TRIGGER))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("lacks TRIGGER"));
        assertThat(flaw(rights(few, true, Optional.empty(), false), OWN_FUNCTION))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("lacks ALTER ROUTINE"));
        assertThat(flaw(
                        rights(List.of("GRANT `a role`@`%` TO `me`@`localhost`"), true, Optional.empty(), true),
                        OWN_TRIGGER))
                .as("what a role brings is not told")
                .isEmpty();
    }

    @Test
    void aGuardedBinaryLogTakesTriggersFromAdministratorsOnly() throws Exception {
        assertThat(flaw(rights(onShop, false, Optional.empty(), true), OWN_TRIGGER))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("log_bin_trust_function_creators"));
        assertThat(flaw(rights(all, false, Optional.empty(), true), OWN_TRIGGER))
                .isEmpty();
    }

    @Test
    void foreignKeysNeedARightOfTheirOwnOnMysqlOnly() throws Exception {
        List<String> few = List.of("GRANT CREATE, DROP, ALTER, INSERT ON `shop`.* TO `me`@`localhost`");
        String key = "  CONSTRAINT `or``der` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)";

        assertThat(flaw(rights(few, false, Optional.empty(), false), key))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("a FOREIGN KEY", "lacks REFERENCES"));
        assertThat(flaw(rights(few, true, Optional.empty(), false), key)).isEmpty();
        assertThat(flaw(rights(onShop, false, Optional.empty(), false), key)).isEmpty();
        assertThat(flaw(rights(few, false, Optional.empty(), false), "FOREIGN KEY in somebody's prose"))
                .isEmpty();
    }

    @Test
    void rowsAreNoDefinitions() throws Exception {
        assertThat(flaw(
                        rights(onShop, true, Optional.empty(), false),
                        "INSERT INTO `t` VALUES ('CREATE DEFINER=`app`@`%` PROCEDURE p()');",
                        "x".repeat(5000) + OTHERS_VIEW))
                .isEmpty();
    }

    private Optional<String> flaw(TargetRights rights, String... lines) throws Exception {
        DumpScan scan = new DefinedObjects(rights).scan();
        Path dump = Files.writeString(folder.resolve("dump.sql"), "-- a dump\n" + String.join("\n", lines));
        return DumpScanner.flaw(scan, dump);
    }

    private static TargetRights rights(
            List<String> grants, boolean mariaDb, Optional<Set<String>> users, boolean guardedBinaryLog) {
        return new TargetRights("`me`@`localhost`", new Grants(grants), "shop", mariaDb, users, guardedBinaryLog);
    }
}
