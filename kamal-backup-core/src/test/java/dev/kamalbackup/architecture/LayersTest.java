package dev.kamalbackup.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies flow one way. A new package must be put into a layer here before it compiles away unnoticed. */
class LayersTest {
    private static final String ROOT = "dev.kamalbackup";

    private final JavaClasses core = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void dependenciesFlowFromTheFacadeDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("facade")
                .definedBy(ROOT)
                .layer("report")
                .definedBy(ROOT + ".report")
                .layer("operations")
                .definedBy(
                        ROOT + ".run",
                        ROOT + ".restore",
                        ROOT + ".drill",
                        ROOT + ".retention",
                        ROOT + ".upkeep",
                        ROOT + ".schedule",
                        ROOT + ".notify",
                        ROOT + ".status",
                        ROOT + ".diagnosis",
                        ROOT + ".evidence",
                        ROOT + ".checkout")
                .layer("repository")
                .definedBy(ROOT + ".restic", ROOT + ".catalog")
                .layer("settings")
                .definedBy(ROOT + ".settings")
                .layer("app files")
                .definedBy(ROOT + ".rails")
                .layer("adapters")
                .definedBy(ROOT + ".spi")
                .layer("state")
                .definedBy(ROOT + ".state")
                .layer("plan")
                .definedBy(ROOT + ".plan")
                .layer("config")
                .definedBy(ROOT + ".config")
                .layer("names")
                .definedBy(ROOT + ".tag")
                .layer("process")
                .definedBy(ROOT + ".process")
                .layer("event")
                .definedBy(ROOT + ".event")
                .layer("ground")
                .definedBy(ROOT + ".redact", ROOT + ".error")
                .whereLayer("facade")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("operations")
                .mayOnlyBeAccessedByLayers("facade", "report")
                .whereLayer("repository")
                .mayOnlyBeAccessedByLayers("facade", "report", "operations")
                .whereLayer("app files")
                .mayOnlyBeAccessedByLayers("operations", "settings")
                .whereLayer("state")
                .mayOnlyBeAccessedByLayers("facade", "report", "operations")
                .whereLayer("process")
                .mayOnlyBeAccessedByLayers(
                        "facade",
                        "report",
                        "operations",
                        "repository",
                        "adapters",
                        "settings",
                        "app files",
                        "plan",
                        "config")
                .check(core);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(core);
    }

    @Test
    void namesAreTermsOfTheField() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Helper|Utils?)$")
                .check(core);
    }

    @Test
    void nothingEndsTheProgramNorPrintsNorStartsProcessesPastTheLauncher() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(core);
    }
}
