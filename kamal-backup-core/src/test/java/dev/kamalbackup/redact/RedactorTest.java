package dev.kamalbackup.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    @Test
    void aSecretIsHiddenWhereverItStands() {
        assertThat(knowing("hunter22").redact("hunter22 and (hunter22)!")).isEqualTo("[REDACTED] and ([REDACTED])!");
    }

    @Test
    void aLongSecretLeavesNoTailWhenAShorterOneIsItsBeginning() {
        assertThat(knowing("swordfish", "swordfish-and-tail").redact("pw=swordfish-and-tail."))
                .isEqualTo("pw=[REDACTED].");
    }

    @Test
    void secretsThatOverlapLeaveNoEndOfEither() {
        assertThat(knowing("xxabcd", "abcdefgh").redact("<xxabcdefgh>")).isEqualTo("<[REDACTED]>");
        assertThat(knowing("abcdefgh", "efghijkl").redact("<abcdefghijkl>")).isEqualTo("<[REDACTED]>");
    }

    @Test
    void aSecretMadeOfRegexCharactersIsTakenLiterally() {
        String secret = "^(a|b)*$[x]{2}\\Q.\\E?+";
        assertThat(knowing(secret).redact("is " + secret + " ok")).isEqualTo("is [REDACTED] ok");
        assertThat(knowing("a.*b").redact("aXXb")).isEqualTo("aXXb");
    }

    @Test
    void aSecretMayHoldWhatReplacementsGiveAMeaningTo() {
        assertThat(knowing("pa$1\\2word").redact("pa$1\\2word")).isEqualTo("[REDACTED]");
    }

    @Test
    void shortValuesAreLeftAloneBecauseTheyOccurInOrdinaryText() {
        assertThat(knowing("dev").redact("developer")).isEqualTo("developer");
    }

    @Test
    void everyLineOfAKeyFileIsHiddenAlone() {
        String key = "-----BEGIN KEY-----\r\n  bGluZSBvbmU=\nbGluZSB0d28=\n-----END KEY-----\n";
        Redactor redactor = knowing(key);
        key.lines()
                .forEach(
                        line -> assertThat(redactor.redact("> " + line.strip())).isEqualTo("> [REDACTED]"));
        assertThat(redactor.redact(key)).doesNotContain("bGluZ", "BEGIN");
    }

    @Test
    void percentEscapesInEitherCaseAreHiddenAndLettersAreNotConfused() {
        Redactor redactor = knowing("Aa/b+C d@é");
        for (String form : List.of(
                "Aa%2Fb%2BC%20d%40%C3%A9",
                "Aa%2fb%2bC%20d%40%c3%a9", "Aa%2Fb%2BC+d%40%C3%A9", "Aa%2Fb+C%20d%40%C3%A9")) {
            assertThat(redactor.redact("u:" + form + "!")).isEqualTo("u:[REDACTED]!");
        }
        assertThat(redactor.redact("aa%2fb%2bc%20d")).isEqualTo("aa%2fb%2bc%20d");
    }

    @Test
    void quotedFormsOfJsonYamlAndTheShellAreHidden() {
        Redactor redactor = knowing("it's \"a\\b\"\tc\u0001/<d>");
        for (String form : List.of(
                "it's \\\"a\\\\b\\\"\\tc\\u0001/<d>",
                "it's \\\"a\\\\b\\\"\\tc\\u0001\\/<d>",
                "it's \\\"a\\\\b\\\"\\tc\\u0001/\\u003cd\\u003e",
                "it''s \"a\\b\"\tc\u0001/<d>",
                "it'\\''s \"a\\b\"\tc\u0001/<d>")) {
            assertThat(redactor.redact("[" + form + "]")).isEqualTo("[[REDACTED]]");
        }
        assertThat(knowing("one\ntwo\r!").redact("\"one\\ntwo\\r!\"")).isEqualTo("\"[REDACTED]\"");
    }

    @Test
    void thePasswordInsideASecretUrlIsHiddenAlone() {
        Redactor redactor = knowing("postgres://me@corp:p%40ss/w0rd@db:5432/app?sslpassword=keypass&x=a@b");
        for (String part : List.of("p%40ss/w0rd", "p@ss/w0rd", "keypass")) {
            assertThat(redactor.redact("failed with " + part)).isEqualTo("failed with [REDACTED]");
        }
    }

    @Test
    void aPasswordIsFoundThoughTheQueryHoldsAnAtSign() {
        assertThat(knowing("mysql://u:swordfish@db/app?mail=a@b").redact("swordfish"))
                .isEqualTo("[REDACTED]");
    }

    @ParameterizedTest
    @CsvSource({
        "rest:https://joe:pw@host/repo,rest:https://[REDACTED]@host/repo",
        "postgres://u:p@ss@db/app,postgres://[REDACTED]@db/app",
        "s3://h/b?secret_access_key=abc&region=x,s3://h/b?secret_access_key=[REDACTED]&region=x",
        "see https://host/path for a@b,see https://host/path for a@b",
    })
    void unknownSecretsInUrlsAreHidden(String text, String expected) {
        assertThat(Redactor.none().redact(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PGPASSWORD",
                "MYSQL_PWD",
                "API_TOKEN",
                "RAILS_MASTER_KEY",
                "AWS_ACCESS_KEY_ID",
                "SECRET_KEY_BASE",
                "AZURE_ACCOUNT_SAS",
                "DATADOG_APIKEY",
                "password",
                "Authorization"
            })
    void variablesThatSoundSecretAreSecret(String name) {
        assertThat(Redactor.knowing(List.of(), Map.of(name, "swordfish")).redact("swordfish"))
                .isEqualTo(Redactor.MARK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATH", "HOME", "PWD", "OLDPWD", "DISASTER_MODE", "MONKEY", "KAMAL_BACKUP_STATE_DIR"})
    void otherVariablesAreNot(String name) {
        assertThat(Redactor.knowing(List.of(), Map.of(name, "/app")).redact("/app/config"))
                .isEqualTo("/app/config");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "False", "none", "enabled"})
    void aSwitchUnderASecretNameDoesNotDamageOrdinaryText(String value) {
        assertThat(Redactor.knowing(List.of(), Map.of("USE_TOKEN", value)).redact("is " + value))
                .isEqualTo("is " + value);
    }

    @Test
    void aSecretNeverPrintsItself() {
        Secret secret = new Secret("swordfish");
        assertThat(secret).hasToString(Redactor.MARK).isEqualTo(new Secret("swordfish"));
        assertThat(secret).hasSameHashCodeAs(new Secret("other")).isNotEqualTo(new Secret("other"));
        assertThat(secret.reveal()).isEqualTo("swordfish");
    }

    @Test
    void percentDecodingKeepsWhatIsNoEscape() {
        assertThat(PercentEncoding.decode("a+b")).isEqualTo("a+b");
        assertThat(PercentEncoding.decode("100%")).isEqualTo("100%");
        assertThat(PercentEncoding.decode("%zz%4")).isEqualTo("%zz%4");
        String odd = "päß%+ /✓";
        assertThat(PercentEncoding.decode(
                        URLEncoder.encode(odd, StandardCharsets.UTF_8).replace("+", "%20")))
                .isEqualTo(odd);
    }

    private static Redactor knowing(String... secrets) {
        return Redactor.knowing(List.of(secrets).stream().map(Secret::new).toList(), Map.of());
    }
}
