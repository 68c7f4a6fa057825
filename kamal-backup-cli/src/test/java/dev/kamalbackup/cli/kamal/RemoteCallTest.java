package dev.kamalbackup.cli.kamal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said here is heard there, and what is printed there is printed here, byte by byte. */
class RemoteCallTest {
    private static final String ODD = " '\"$`\\;&|<>()*?[]{}~#!%^\n\t\r\u0001éß\u2603\ud83d\ude00-=a";

    @Test
    void whatNeedsNoQuotingGoesAsItIs() {
        List<String> plain = List.of("restore", "production", "latest", "--confirm-production-restore");

        assertThat(new RemoteCall(plain, Optional.empty()).line()).isEqualTo(plain);
        assertThat(new RemoteCall(plain, Optional.of(new RemoteCall.Framing("0123456789abcdef", true))).line())
                .isEqualTo(Stream.concat(plain.stream(), Stream.of("--framed=0123456789abcdef,tied"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyArgumentsArriveAsTheyWereThroughWordsThatNoShellTouches(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> arguments = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                arguments.add(random.ints(random.nextInt(8), 0, ODD.codePointCount(0, ODD.length()))
                        .map(at -> ODD.codePoints().toArray()[at])
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
            }
            RemoteCall call = new RemoteCall(
                    arguments,
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(new RemoteCall.Framing("00112233", random.nextBoolean())));

            assertThat(call.line()).allMatch(word -> word.matches("[A-Za-z0-9_./:=@,+-]+"));
            assertThat(RemoteCall.read(call.line())).isEqualTo(call);
        }
    }

    /** As another version gets them: through the one shell on the host. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "two words",
                "it's",
                "say \"hi\"",
                "$HOME",
                "$(id)",
                "`id`",
                "a;b&&c|d>e",
                "two\nlines",
                "end\n",
                "\\",
                "a\\'b",
                "*",
                "~",
                "!!",
                "#no",
                "{a,b}",
                "ünïcödé \u2603",
                "-x",
                "--y=z w"
            })
    void aShellReadsQuotedArgumentsAsTheyWere(String argument) throws Exception {
        List<String> words = new RemoteCall(List.of("drill", argument, "last"), Optional.empty()).quoted();

        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + String.join(" ", words)).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("drill\0" + argument + "\0last\0");
        assertThat(shell.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "YQ", "LTEAYQ", "OQBh"})
    void whatNobodyEncodedIsRefused(String text) {
        assertThatThrownBy(() -> RemoteCall.read(List.of("remote-call", text)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAProperTokenAsksForFrames() {
        List<String> line = List.of("list", "--framed=NOT-A-TOKEN");

        assertThat(RemoteCall.read(line)).isEqualTo(new RemoteCall(line, Optional.empty()));
    }

    @Test
    void framesCarryBothStreamsAndTheExitCodeThroughKamalsOwnLines() throws IOException {
        byte[] bytes = new byte[20_000];
        new Random(7).nextBytes(bytes);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(new PrintStream(wire, true, StandardCharsets.UTF_8), "abcdef01");
        writer.err().println("working");
        PrintStream out = writer.out();
        out.write(bytes, 0, bytes.length);
        out.flush();
        writer.end(12);

        Heard heard = hear("Launching command…\nApp Host: h\ndocker stdout: "
                + wire.toString(StandardCharsets.UTF_8).replace("\n", "\r\n")
                + "kb1:00000000:o:aGVsbG8=\nkb1:abcdef01:o:!!!\n");

        assertThat(heard.out.toByteArray()).isEqualTo(bytes);
        assertThat(heard.err).isEqualTo("working\n");
        assertThat(heard.reader.exitCode()).hasValue(12);
        assertThat(heard.others)
                .containsExactly("Launching command…", "App Host: h", "kb1:00000000:o:aGVsbG8=", "kb1:abcdef01:o:!!!");
    }

    @Test
    void anEndThatWasNotHeardIsNone() throws IOException {
        Heard heard = hear("kb1:abcdef01:b:\n");

        assertThat(heard.reader.begun()).isTrue();
        assertThat(heard.reader.exitCode()).isEmpty();
    }

    private record Heard(FrameReader reader, ByteArrayOutputStream out, String err, List<String> others) {}

    private static Heard hear(String lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> others = new ArrayList<>();
        FrameReader reader = new FrameReader("abcdef01", out, err, others::add);
        for (String line : lines.stripTrailing().split("\n", -1)) {
            reader.line(line);
        }
        return new Heard(reader, out, err.toString(StandardCharsets.UTF_8), others);
    }
}
