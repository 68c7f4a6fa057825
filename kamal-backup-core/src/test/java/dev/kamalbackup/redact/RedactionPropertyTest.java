package dev.kamalbackup.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for any secret, tried on thousands of random ones; a failure names the seed that repeats it. */
class RedactionPropertyTest {
    private static final String ALPHABET = "abAB01.*+?^$()[]{}|\\/'\"%@:&=# \täß✓";

    /** Never part of a secret, so what surrounds one must come through untouched. */
    private static final String FILLER = "-_-~XYZ";

    @Test
    void noSecretSurvivesInAnySpellingHoweverSecretsLieInOneAnother() {
        List<UnaryOperator<String>> spellings = List.of(
                text -> text,
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8),
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"),
                text -> text.replace("'", "'\\''"),
                text -> text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t"));
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            List<String> secrets = relatedSecrets(random);
            Redactor redactor = knowing(secrets);
            String secret = secrets.get(random.nextInt(secrets.size()));
            String shown = spellings.get(random.nextInt(spellings.size())).apply(secret);
            assertThat(redactor.redact(FILLER + shown + FILLER))
                    .as("seed %d", seed)
                    .isEqualTo(FILLER + Redactor.MARK + FILLER);
        }
    }

    @Test
    void chunksOfAnySizeGiveWhatTheWholeTextGives() {
        for (long seed = 1; seed <= 1_000; seed++) {
            Random random = new Random(seed);
            List<String> secrets = relatedSecrets(random);
            Redactor redactor = knowing(secrets);
            String text = randomText(random, secrets, 12);
            String expected = text.lines().map(redactor::redact).collect(Collectors.joining("\n"));
            assertThat(String.join("\n", inChunks(redactor, text, random, 9)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aLineWithoutEndIsPassedOnInPiecesAndLeaksNothing() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            String secret = "S3cret" + random.nextInt(1_000_000) + "-tail";
            StringBuilder text = new StringBuilder();
            while (text.length() < 200_000) {
                text.append("x".repeat(random.nextInt(40))).append(random.nextInt(8) == 0 ? " " : secret);
            }
            List<String> pieces = inChunks(knowing(List.of(secret)), text.toString(), random, 5_000);
            assertThat(pieces).as("seed %d", seed).hasSizeGreaterThan(3);
            assertThat(String.join("", pieces))
                    .as("seed %d", seed)
                    .isEqualTo(text.toString().replace(secret, Redactor.MARK));
        }
    }

    @Test
    void secretsThatOverlapWithoutEndAreCutSomewhereAndDoNotFillTheMemory() {
        List<String> pieces = inChunks(knowing(List.of("aaaaaa")), "a".repeat(100_000), new Random(1), 999);
        assertThat(pieces).hasSizeGreaterThan(1).allMatch(piece -> piece.equals(Redactor.MARK));
    }

    @Test
    void anUnknownUserInAUrlIsNotCutInTwo() {
        String url = "https://joe:swordfish@host/";
        String text = ("word " + url + " ").repeat(3_000);
        assertThat(String.join("", inChunks(Redactor.none(), text, new Random(7), 4_000)))
                .doesNotContain("swordfish")
                .contains("https://[REDACTED]@host/");
    }

    private static List<String> inChunks(Redactor redactor, String text, Random random, int longestChunk) {
        List<String> lines = new ArrayList<>();
        RedactingText redacting = new RedactingText(redactor, lines::add);
        int done = 0;
        while (done < text.length()) {
            int end = Math.min(text.length(), done + 1 + random.nextInt(longestChunk));
            redacting.append(text.substring(done, end));
            done = end;
        }
        redacting.end();
        return lines;
    }

    /** A secret, its parts, and others that begin or end inside it. */
    private static List<String> relatedSecrets(Random random) {
        String whole = random(random, 8 + random.nextInt(16));
        List<String> secrets = new ArrayList<>(List.of(whole));
        secrets.add(whole.substring(0, 5));
        secrets.add(whole.substring(3));
        secrets.add(random(random, 4) + whole.substring(0, 4));
        secrets.add(whole.substring(whole.length() - 4) + random(random, 4));
        return secrets;
    }

    /** Begins and ends with a visible character: blanks at the edges are not told from those around the secret. */
    private static String random(Random random, int length) {
        StringBuilder text = new StringBuilder("s");
        while (text.length() < length - 1) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.append('e').toString();
    }

    private static String randomText(Random random, List<String> secrets, int words) {
        StringBuilder text = new StringBuilder("begin");
        for (int i = 0; i < words; i++) {
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "\n";
                        case 1 -> secrets.get(random.nextInt(secrets.size()));
                        case 2 -> "\r\n";
                        default -> FILLER;
                    });
        }
        return text.append("end").toString();
    }

    private static Redactor knowing(List<String> secrets) {
        return Redactor.knowing(secrets.stream().map(Secret::new).toList(), Map.of());
    }
}
