package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.plan.DumpSample;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlProofTest {
    private static final String BODY = "-- MariaDB dump 10.19\nINSERT INTO `t` VALUES\n(1,'-- Dump completed\\n');\n";
    private static final String LAST_STATEMENT = "/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                BODY + "\n-- Dump completed\n",
                BODY + "\n-- Dump completed on 2026-01-02  3:04:05\n",
                "/*M!999999\\- enable the sandbox mode */ \n" + BODY + "-- Dump completed\n\n"
            })
    void aDumpWithItsTrailerIsWhole(String dump) {
        assertThat(flaw(SqlProof.ofNewDump(), dump)).isEmpty();
        assertThat(flaw(SqlProof.ofAnyDump(), dump)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                BODY,
                BODY + "-- Dump comple",
                BODY + "-- Dump completed",
                "INSERT\n-- Dump completed\n"
            })
    void anythingElseIsNot(String dump) {
        assertThat(flaw(SqlProof.ofNewDump(), dump)).isPresent();
        assertThat(flaw(SqlProof.ofAnyDump(), dump)).isPresent();
    }

    @Test
    void aDumpWithoutCommentsIsTakenFromThePredecessorAlone() {
        String dump = "\n/*!40101 SET NAMES utf8mb4 */;\n" + BODY + LAST_STATEMENT;

        assertThat(flaw(SqlProof.ofNewDump(), dump))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("cut off"));
        assertThat(flaw(SqlProof.ofAnyDump(), dump + "\n")).isEmpty();
        assertThat(flaw(SqlProof.ofAnyDump(), dump.substring(0, dump.length() - LAST_STATEMENT.length())))
                .isPresent();
    }

    private static Optional<String> flaw(SqlProof proof, String dump) {
        byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
        return proof.flaw(new DumpSample(bytes, bytes, bytes.length));
    }
}
