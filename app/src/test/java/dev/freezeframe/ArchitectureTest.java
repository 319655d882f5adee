package dev.freezeframe;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

@AnalyzeClasses(packages = "dev.freezeframe", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Pattern CONCEPT =
      Pattern.compile("^dev\\.freezeframe\\.(restore\\.(ec2|plan|undo|view)|[a-z]+)");

  @ArchTest
  static final ArchRule onlyAdaptersNamedForTheirServiceKnowTheSdk =
      noClasses()
          .that()
          .haveNameNotMatching(
              ".*\\.(Ec2|Ssm|Dynamo|LedgerTable|AwsErrors)\\w*(\\$.*)?|.*\\.\\w*(Dependencies|Priming|Task|RestoreReader)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..")
          .because(
              "AWS is called by adapters; dependencies, tasks and a reader only hand clients to them");

  @ArchTest
  static final ArchRule onlyDependenciesMakeClients =
      noClasses()
          .that()
          .haveNameNotMatching("dev.freezeframe.task.(Aws|Stub)Dependencies")
          .should()
          .callMethodWhere(
              target(nameMatching("builder|create"))
                  .and(target(owner(nameMatching("software\\.amazon\\.awssdk\\..*Client")))))
          .because("their clients are shown to take every setting from the environment");

  @ArchTest
  static final ArchRule onlyTasksKnowTheLambdaInterfaces =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Task")
          .and()
          .haveSimpleNameNotStartingWith("Task")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazonaws.services.lambda..");

  @ArchTest
  static final ArchRule everyHandlerIsATask =
      classes()
          .that()
          .areAssignableTo(RequestStreamHandler.class)
          .should()
          .haveSimpleNameEndingWith("Task")
          .andShould()
          .resideInAPackage("dev.freezeframe.task..");

  /** The ledger keeps what a restore has to know; a plan is made of what the ledger keeps. */
  private static final SliceAssignment CONCEPTS =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          Matcher concept = CONCEPT.matcher(type.getPackageName());
          return concept.find() ? SliceIdentifier.of(concept.group(1)) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "concepts";
        }
      };

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      slices().assignedFrom(CONCEPTS).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("policy")
          .definedBy("dev.freezeframe.policy..")
          .layer("inventory")
          .definedBy("dev.freezeframe.inventory..")
          .layer("consistency")
          .definedBy("dev.freezeframe.consistency..")
          .layer("snapshot")
          .definedBy("dev.freezeframe.snapshot..")
          .layer("slot")
          .definedBy("dev.freezeframe.slot..")
          .layer("ledger")
          .definedBy("dev.freezeframe.ledger..")
          .layer("retention")
          .definedBy("dev.freezeframe.retention..")
          .layer("restore plan")
          .definedBy("dev.freezeframe.restore.plan..")
          .layer("task")
          .definedBy("dev.freezeframe.task..")
          .whereLayer("task")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("retention")
          .mayOnlyBeAccessedByLayers("task")
          .whereLayer("restore plan")
          .mayOnlyBeAccessedByLayers("task")
          .whereLayer("ledger")
          .mayOnlyBeAccessedByLayers("task", "retention", "restore plan")
          .whereLayer("slot")
          .mayOnlyBeAccessedByLayers("task", "ledger", "restore plan")
          .whereLayer("snapshot")
          .mayOnlyBeAccessedByLayers("task", "retention", "ledger", "slot", "restore plan")
          .whereLayer("consistency")
          .mayOnlyBeAccessedByLayers(
              "task", "retention", "ledger", "slot", "snapshot", "restore plan");

  @ArchTest
  static final ArchRule onlyTheLedgerCallsItsTable =
      classes()
          .that()
          .resideInAPackage("dev.freezeframe.ledger.dynamo.table")
          .and()
          .haveNameNotMatching(".*\\.LedgerTable(\\$.*)?")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAPackage("dev.freezeframe.ledger.dynamo..")
          .because("every write has its condition, which the interfaces of the ledger know");

  @ArchTest
  static final ArchRule nothingScans =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveSimpleNameStartingWith("ScanRequest")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleNameStartingWith("ScanIterable")
          .because("what a scan costs grows with all that was ever kept");
}
