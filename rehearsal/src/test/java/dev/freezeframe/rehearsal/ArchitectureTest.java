package dev.freezeframe.rehearsal;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

@AnalyzeClasses(
    packages = "dev.freezeframe.rehearsal",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** An invariant reads how a simulation ended, and a simulation checks every invariant. */
  private static final String SIMULATION = "dev.freezeframe.rehearsal.simulation";

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                  String name = javaClass.getPackageName();
                  return SliceIdentifier.of(name.startsWith(SIMULATION) ? SIMULATION : name);
                }

                @Override
                public String getDescription() {
                  return "packages, and simulation with those below it";
                }
              })
          .should()
          .beFreeOfCycles();
}
