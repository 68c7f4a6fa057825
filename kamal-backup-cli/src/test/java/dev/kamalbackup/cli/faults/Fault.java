package dev.kamalbackup.cli.faults;

/**
 * One thing that goes wrong, on purpose.
 *
 * @param always whether it is cheap enough for every run of all tests
 * @param mustHold what is special; what {@link Aftermath} looks at must hold after each
 */
record Fault(String name, Phase phase, boolean always, String injected, String mustHold, Trial trial) {
    /** Makes it go wrong, looks at how that was told, and takes the cause away again. */
    interface Trial {
        void on(Victim victim) throws Exception;
    }

    static Fault always(String name, Phase phase, String injected, String mustHold, Trial trial) {
        return new Fault(name, phase, true, injected, mustHold, trial);
    }

    static Fault once(String name, Phase phase, String injected, String mustHold, Trial trial) {
        return new Fault(name, phase, false, injected, mustHold, trial);
    }
}
