package dev.kamalbackup.process;

import java.util.ArrayList;
import java.util.List;

/**
 * A program, its arguments and its whole environment. Arguments go to the program as they are, through no shell; what
 * is secret belongs into the environment.
 *
 * @param program a name to be found on the environment's PATH, or a path
 * @param arguments the arguments, without the program's own name
 * @param environment everything the program may see
 */
public record Command(String program, List<String> arguments, ChildEnvironment environment) {
    public Command {
        if (program.isBlank()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        arguments = List.copyOf(arguments);
    }

    /** The program's name without its folder, for messages. */
    public String name() {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    /** Program and arguments. */
    public List<String> line() {
        List<String> line = new ArrayList<>();
        line.add(program);
        line.addAll(arguments);
        return List.copyOf(line);
    }
}
