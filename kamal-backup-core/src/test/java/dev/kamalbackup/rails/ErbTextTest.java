package dev.kamalbackup.rails;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErbTextTest {
    private static final Variables VARIABLES = name -> Optional.ofNullable(
            Map.of("HOST", "db", "EMPTY", "", "ODD", "a: \"b\" # c\nd").get(name));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ENV[\"HOST\"]|db",
                "ENV['HOST']|db",
                "ENV[ 'HOST' ]|db",
                "ENV['NOPE']|",
                "ENV['EMPTY'] || 'x'|",
                "ENV['NOPE'] || 'x'|x",
                "ENV['NOPE'] || ENV['HOST']|db",
                "ENV['NOPE'] || ENV['NEITHER'] || 5432|5432",
                "ENV.fetch(\"HOST\")|db",
                "ENV.fetch 'HOST'|db",
                "ENV.fetch('NOPE', 'x')|x",
                "ENV.fetch(\"NOPE\", 5_432)|5432",
                "ENV.fetch('NOPE', nil)|",
                "ENV.fetch(\"RAILS_MAX_THREADS\") { 5 }|5",
                "ENV.fetch('HOST') { 'x' }|db",
                "ENV.fetch('NOPE', 3).to_i|3",
                "'text'|text",
                "nil|",
            })
    void whatConfigurationFilesUseIsUnderstood(String code, String value) {
        ErbText erb = ErbText.read("a: <%= " + code + " %>", VARIABLES);
        assertThat(erb.filled(erb.text())).isEqualTo("a: " + (value == null ? "" : value));
        assertThat(erb.unknownIn(erb.text())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Rails.application.credentials.password",
                "ENV.fetch('NOPE')",
                "ENV['HOST'].upcase",
                "\"#{ENV['HOST']}-x\"",
                "`cat /etc/passwd`",
                "ENV['NOPE'] || secret()",
                "1 + 1",
                "File.read('x')",
            })
    void anythingElseIsNotGuessed(String code) {
        ErbText erb = ErbText.read("a: 1\n\nb: <%= " + code + " %>\n", VARIABLES);
        assertThat(erb.unknownIn(erb.text())).hasValueSatisfying(unknown -> {
            assertThat(unknown.line()).isEqualTo(3);
            assertThat(unknown.code()).isEqualTo(code);
        });
        assertThat(erb.unknownIn("a: 1")).isEmpty();
    }

    @Test
    void valuesCannotChangeTheFileAroundThem() {
        ErbText erb = ErbText.read("a: <%= ENV['ODD'] %>\n", VARIABLES);
        String mark = AppNode.parse(erb.text()).at("a").text().orElseThrow();
        assertThat(erb.filled(mark)).isEqualTo("a: \"b\" # c\nd");
    }

    @Test
    void commentsGoEscapesStayAndStatementsAreTold() {
        ErbText erb =
                ErbText.read("<%# a\n comment %>\na: <%%= x %>\n<% if true %>\nb: 1\n<% end -%>\nc: 2\n", VARIABLES);
        assertThat(erb.text()).isEqualTo("\na: <%= x %>\n\nb: 1\nc: 2\n");
        assertThat(erb.statement()).isEqualTo(4);
        assertThat(ErbText.read("a: <%= 1 -%>\nb", VARIABLES).text()).isEqualTo("a: __ERB_0__b");
    }
}
