package dev.kamalbackup.cli;

/** Options that name a file to be written: it would be written in the accessory, where nobody looks for it. */
final class RemoteFiles {
    private RemoteFiles() {}

    static void check(CommandCall call) {
        if (call.words().equals("evidence") && call.has("--html")) {
            throw call.misuse("--html writes its page where the command runs, and evidence runs in the accessory; make"
                    + " the page there, in the state folder: kamal accessory exec backup --reuse \"kamal-backup"
                    + " evidence --html /var/lib/kamal-backup/evidence.html\", and copy it from its volume");
        }
        if (call.words().equals("dump") && call.has("--output")) {
            throw call.misuse("--output writes where the command runs, and dump runs in the accessory; leave it out,"
                    + " and send standard output into a file: > FILE");
        }
    }
}
