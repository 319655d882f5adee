package dev.freezeframe.drill;

import static dev.freezeframe.drill.Drills.EIGHT;
import static dev.freezeframe.drill.Drills.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freezeframe.drill.DrillPlan.Member;
import dev.freezeframe.drill.DrillPlanner.Planned;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.VolumeSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillPlannerTest {
  private static final Optional<DrillHost> DEPLOYED =
      Optional.of(new DrillHost(List.of("subnet-00000001"), List.of("sg-00000001"), "drills"));

  private static Planned plan(Drill drill, Optional<RestoreFacts> facts) {
    return DrillPlanner.plan(drill, EIGHT, facts, Optional.of(Drills.document("ab")), DEPLOYED);
  }

  private static DrillPlan planned(RestoreFacts facts) {
    return ((Planned.Plan) plan(Drills.drill(), Optional.of(facts))).plan();
  }

  private static String skipped(Planned planned) {
    return ((Planned.Skipped) planned).reason();
  }

  @Test
  void dataVolumesAreMappedUnderDevicesOfTheirOwnAndTheRootIsNot() {
    DrillPlan plan = planned(Drills.facts(1, 2, 100));

    assertThat(plan.members())
        .extracting(Member::snapshot, Member::device)
        .containsExactly(tuple(snapshot(101), "/dev/sdf"), tuple(snapshot(102), "/dev/sdg"));
    assertThat(plan.excluded())
        .containsExactly(
            "%s of %s boots its instance, and is not drilled"
                .formatted(snapshot(100), Drills.volume(100)));
  }

  @Test
  void aVolumeOfWhichNobodyKnowsWhetherItBootsIsLeftOut() {
    RestoreFacts known = Drills.facts(1, 1, 8);
    RestoreFacts unknown =
        new RestoreFacts(known.set(), known.instance(), EIGHT, Optional.empty(), known.volumes());

    assertThat(DrillMembers.of(unknown).mapped()).isEmpty();
    assertThat(skipped(plan(Drills.drill(), Optional.of(unknown))))
        .contains("nobody knows whether it boots");
    assertThat(skipped(plan(Drills.drill(), Optional.empty()))).contains("which volume boots");
  }

  /** Whatever the facts say: what boots, or may, is never mapped. */
  @Test
  void noRootIsEverMappedAtALaunch() {
    Random random = new Random(11);
    for (int round = 0; round < 2000; round++) {
      Optional<String> root = random.nextInt(4) == 0 ? Optional.empty() : Optional.of("/dev/xvda");
      List<VolumeSettings> volumes = new ArrayList<>();
      Set<Object> boots = new HashSet<>();
      for (int volume = 0; volume < random.nextInt(40); volume++) {
        Optional<String> device =
            random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(random.nextInt(6) == 0 ? "/dev/xvda" : "/dev/sd" + volume);
        boolean boot = device.isPresent() && device.equals(root);
        VolumeSettings settings = Drills.settings(volume, device, boot, 8);
        volumes.add(settings);
        if (boot || device.isEmpty() || root.isEmpty()) {
          boots.add(settings.snapshot());
        }
      }
      DrillMembers members =
          DrillMembers.of(
              new RestoreFacts(
                  Drills.set(1),
                  Drills.instance(1),
                  EIGHT,
                  Optional.of(Drills.settings(root, "arm64")),
                  volumes));
      assertThat(members.mapped())
          .hasSizeLessThanOrEqualTo(DrillMembers.MAX)
          .allSatisfy(member -> assertThat(boots).doesNotContain(member.snapshot()));
      assertThat(members.mapped()).extracting(Member::device).doesNotHaveDuplicates();
      assertThat(members.mapped().size() + members.excluded().size()).isEqualTo(volumes.size());
    }
  }

  @Test
  void aSetThatIsTooLargeOrHasNowhereToGoIsSkippedAndSaysSo() {
    assertThat(skipped(plan(Drills.drill(), Optional.of(Drills.facts(1, 3, 900)))))
        .isEqualTo("its volumes have 2,700 GiB, expected 2,000 at most");
    assertThat(
            skipped(
                DrillPlanner.plan(
                    Drills.drill(),
                    EIGHT,
                    Optional.of(Drills.facts(1, 1, 8)),
                    Optional.empty(),
                    Optional.empty())))
        .contains("instance profile");
    assertThat(
            skipped(
                DrillPlanner.plan(
                    Drills.drill(),
                    EIGHT,
                    Optional.of(Drills.facts(1, 1, 8)),
                    Optional.empty(),
                    Optional.of(new DrillHost(List.of(), List.of(), "drills")))))
        .contains("drill.subnets");
  }

  @Test
  void theInstanceIsASmallOneOfTheArchitectureOfTheSet() {
    RestoreFacts intel = Drills.facts(1, 1, 8);
    RestoreFacts arm =
        new RestoreFacts(
            intel.set(),
            intel.instance(),
            EIGHT,
            Optional.of(Drills.settings(Optional.of("/dev/xvda"), "arm64")),
            intel.volumes());

    assertThat(planned(intel).host().orElseThrow().instanceType()).isEqualTo("t3.small");
    assertThat(planned(intel).host().orElseThrow().image()).endsWith("default-x86_64");
    assertThat(planned(arm).host().orElseThrow().instanceType()).isEqualTo("t4g.small");
    assertThat(planned(arm).host().orElseThrow().image()).endsWith("default-arm64");
  }

  @ParameterizedTest
  @CsvSource({
    "t3.small, x86_64", "t4g.small, arm64", "m7gd.large, arm64", "c6gn.xlarge, arm64",
    "g4dn.xlarge, x86_64", "g5g.xlarge, arm64", "im4gn.large, arm64", "is4gen.medium, arm64",
    "a1.medium, arm64", "m6i.large, x86_64", "m6a.large, x86_64", "x2gd.large, arm64",
    "u-6tb1.metal, x86_64", "r7iz.large, x86_64", "g6.xlarge, x86_64", "hpc7g.4xlarge, arm64",
  })
  void theArchitectureOfATypeIsInItsName(String type, String architecture) {
    assertThat(DrillPlanner.architecture(type)).isEqualTo(architecture);
  }

  @Test
  void theLowestLevelLaunchesNothingAndCostsNothing() {
    Drill complete = Drills.drill(Drill.Level.L0, Optional.empty(), Optional.empty());

    DrillPlan plan = ((Planned.Plan) plan(complete, Optional.empty())).plan();

    assertThat(plan.host()).isEmpty();
    assertThat(plan.cost()).isEqualTo(DrillCost.NONE);
  }
}
