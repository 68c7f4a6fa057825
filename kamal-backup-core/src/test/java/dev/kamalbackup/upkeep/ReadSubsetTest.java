package dev.kamalbackup.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadSubsetTest {
    @ParameterizedTest
    @CsvSource({
        "1/10, ok, 1/10, 2/10",
        "1/10, ok, 9/10, 10/10",
        "1/10, ok, 10/10, 1/10",
        "3/10, ok, 7/5, 3/10",
        "1/10, failed, 4/10, 4/10",
        "5%, ok, 5%, 5%",
        "500M, ok, 1/10, 500M",
    })
    void eachCheckReadsTheNextPart(String configured, String status, String last, String next) {
        ObjectNode record =
                JsonNodeFactory.instance.objectNode().put("status", status).put("subset", last);

        assertThat(ReadSubset.next(configured, Optional.of(record))).isEqualTo(next);
    }

    @Test
    void theFirstCheckReadsWhatIsConfigured() {
        assertThat(ReadSubset.next("1/10", Optional.empty())).isEqualTo("1/10");
        assertThat(ReadSubset.next("", Optional.empty())).isEmpty();
    }
}
