package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.always;
import static dev.kamalbackup.cli.faults.Fault.once;

import java.util.List;

/**
 * A moment at which a program is struck: when it is started with certain arguments.
 *
 * @param program the program in front of which a script is put
 * @param arguments a pattern of bash for all its arguments in one line
 * @param command what kamal-backup is told to do
 * @param before what is done before
 */
record Strike(Phase phase, String where, String program, String arguments, List<String> command, Fault.Trial before) {
    static Strike at(Phase phase, String where, String program, String arguments, String... command) {
        return new Strike(phase, where, program, arguments, List.of(command), victim -> {});
    }

    Strike after(Fault.Trial preparation) {
        return new Strike(phase, where, program, arguments, command, preparation);
    }

    /** SIGKILL of kamal-backup at this moment. */
    Fault killed(boolean cheap, String name, String mustHold, Fault.Trial expected) {
        return fault(cheap, name, "SIGKILL of kamal-backup " + where, mustHold, victim -> {
            before.on(victim);
            victim.inFrontOf(
                    program, "[[ \"$ALL\" == " + arguments + " ]] && { touch $MARKS/moment; exec sleep 600; }");
            victim.start(command.toArray(String[]::new))
                    .when(victim.mark("moment"))
                    .kill()
                    .end();
            victim.mended(program);
            expected.on(victim);
        });
    }

    /** SIGTERM to kamal-backup at this moment, while the program that runs ignores its own. */
    Fault terminated(boolean cheap, String name, String mustHold, Fault.Trial expected) {
        return fault(cheap, name, "SIGTERM to kamal-backup " + where, mustHold, victim -> {
            before.on(victim);
            victim.inFrontOf(
                    program,
                    "[[ \"$ALL\" == " + arguments + " ]] && { trap '' TERM; touch $MARKS/moment; exec sleep 600; }");
            victim.start(command.toArray(String[]::new))
                    .when(victim.mark("moment"))
                    .terminate()
                    .end()
                    .with(143, "interrupted: SIGTERM received");
            victim.mended(program);
            expected.on(victim);
        });
    }

    /** The program itself is ended by a signal a moment after it began. */
    Fault ends(boolean cheap, String name, String signal, String mustHold, Ended expected) {
        return fault(cheap, name, "SIG" + signal + " to " + program + " " + where, mustHold, victim -> {
            before.on(victim);
            victim.inFrontOf(program, "[[ \"$ALL\" == " + arguments + " ]] && { sleep 0.2; kill -" + signal + " $$; }");
            Running.Ended ended = victim.run(command.toArray(String[]::new));
            victim.mended(program);
            expected.of(victim, ended);
        });
    }

    private Fault fault(boolean cheap, String name, String injected, String mustHold, Fault.Trial trial) {
        return cheap ? always(name, phase, injected, mustHold, trial) : once(name, phase, injected, mustHold, trial);
    }

    /** What is expected of a program's end. */
    interface Ended {
        void of(Victim victim, Running.Ended ended) throws Exception;
    }
}
