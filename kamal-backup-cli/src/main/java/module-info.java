/** The command line. */
module dev.kamalbackup.cli {
    requires ch.qos.logback.classic;
    requires com.fasterxml.jackson.databind;
    requires dev.kamalbackup.core;
    requires info.picocli;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    opens dev.kamalbackup.cli to
            info.picocli;

    uses dev.kamalbackup.spi.DatabaseAdapter;
}
