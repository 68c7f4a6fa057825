/** The backup engine: plans a run, streams it into restic, lists runs, restores them. */
module dev.kamalbackup.core {
    requires transitive com.fasterxml.jackson.databind;
    requires com.cronutils;
    requires org.apache.commons.exec;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires static transitive org.jspecify;

    exports dev.kamalbackup;
    exports dev.kamalbackup.catalog;
    exports dev.kamalbackup.checkout;
    exports dev.kamalbackup.config;
    exports dev.kamalbackup.diagnosis;
    exports dev.kamalbackup.drill;
    exports dev.kamalbackup.error;
    exports dev.kamalbackup.event;
    exports dev.kamalbackup.evidence;
    exports dev.kamalbackup.notify;
    exports dev.kamalbackup.plan;
    exports dev.kamalbackup.process;
    exports dev.kamalbackup.rails;
    exports dev.kamalbackup.redact;
    exports dev.kamalbackup.report;
    exports dev.kamalbackup.restic;
    exports dev.kamalbackup.restore;
    exports dev.kamalbackup.retention;
    exports dev.kamalbackup.run;
    exports dev.kamalbackup.schedule;
    exports dev.kamalbackup.settings;
    exports dev.kamalbackup.spi;
    exports dev.kamalbackup.state;
    exports dev.kamalbackup.status;
    exports dev.kamalbackup.tag;
    exports dev.kamalbackup.upkeep;

    uses dev.kamalbackup.spi.DatabaseAdapter;
}
