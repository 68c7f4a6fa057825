package dev.kamalbackup.cli.kamal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A call of this program that has come, or is to go, through Kamal, ssh, a shell and docker. Arguments that all of these
 * leave alone go as they are, all others in one argument that needs no quoting anywhere (docs/adr/0004).
 *
 * @param arguments the arguments as they were given
 * @param framing how the answer is wanted; empty for plain output
 */
public record RemoteCall(List<String> arguments, Optional<Framing> framing) {
    private static final String WORD = "remote-call";
    private static final String FRAMED = "--framed=";
    private static final String TIED = ",tied";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@,+-]+");
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{8,64}");

    public RemoteCall {
        arguments = List.copyOf(arguments);
    }

    /**
     * How output is framed.
     *
     * @param token what tells a frame from all else: lower case hexadecimal digits, of which nobody knows in advance
     * @param tied whether the end of standard input means that the caller has gone
     */
    public record Framing(String token, boolean tied) {}

    /** The arguments of the far side. */
    public List<String> line() {
        List<String> line = new ArrayList<>();
        if (!arguments.isEmpty()
                && arguments.stream()
                        .allMatch(argument -> PLAIN.matcher(argument).matches())) {
            line.addAll(arguments);
        } else {
            line.addAll(List.of(WORD, encoded(arguments)));
        }
        framing.ifPresent(how -> line.add(FRAMED + how.token() + (how.tied() ? TIED : "")));
        return List.copyOf(line);
    }

    /**
     * What the far side was given.
     *
     * @throws IllegalArgumentException if it was encoded by somebody else
     */
    public static RemoteCall read(List<String> line) {
        Optional<Framing> framing = line.isEmpty() ? Optional.empty() : framing(line.get(line.size() - 1));
        List<String> rest = framing.isPresent() ? line.subList(0, line.size() - 1) : line;
        boolean encoded = rest.size() == 2 && rest.get(0).equals(WORD);
        return new RemoteCall(encoded ? decoded(rest.get(1)) : rest, framing);
    }

    private static Optional<Framing> framing(String last) {
        if (!last.startsWith(FRAMED)) {
            return Optional.empty();
        }
        boolean tied = last.endsWith(TIED);
        String token = last.substring(FRAMED.length(), last.length() - (tied ? TIED.length() : 0));
        return TOKEN.matcher(token).matches() ? Optional.of(new Framing(token, tied)) : Optional.empty();
    }

    private static String encoded(List<String> arguments) {
        // A count in front tells no argument from an empty one.
        String joined = arguments.size() + "\0" + String.join("\0", arguments);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> decoded(String text) {
        String joined = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        String[] parts = joined.split("\0", -1);
        List<String> arguments = List.of(parts).subList(1, parts.length);
        int count = Integer.parseInt(parts[0]);
        if (count == 0 ? !arguments.equals(List.of("")) : count != arguments.size()) {
            throw new IllegalArgumentException("it says it has " + count + " arguments");
        }
        return count == 0 ? List.of() : arguments;
    }
}
