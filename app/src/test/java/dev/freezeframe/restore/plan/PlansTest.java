package dev.freezeframe.restore.plan;

import static dev.freezeframe.restore.plan.RestoreCase.attached;
import static dev.freezeframe.restore.plan.RestoreCase.snap;
import static dev.freezeframe.restore.plan.RestoreCase.vol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.freezeframe.common.Json;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestorePlan.Replacement;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.plan.RestoreCase.M;
import dev.freezeframe.restore.view.TargetView.StopView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlansTest {

  private static Planned.Plan planned(RestoreCase one) {
    Planned planned = one.plan();
    assertThat(planned).as(planned.toString()).isInstanceOf(Planned.Plan.class);
    return (Planned.Plan) planned;
  }

  private static RestorePlan plan(RestoreCase one) {
    return planned(one).plan();
  }

  private static List<String> devices(RestorePlan plan) {
    return plan.volumes().stream().map(volume -> volume.device().orElse("none")).toList();
  }

  @Test
  void aCopyIsSetAsItsOriginalWasWhenItWasTaken() {
    RestorePlan plan = plan(RestoreCase.to(Destination.VOLUMES));
    assertThat(plan.zone()).isEqualTo("eu-central-1a");
    assertThat(plan.volumes())
        .first()
        .isEqualTo(
            new Creation(
                snap(1),
                vol(1),
                Optional.empty(),
                "gp3",
                OptionalInt.of(4_000),
                OptionalInt.of(250),
                100,
                Optional.of("arn:aws:kms:eu-central-1:123456789012:key/k"),
                true,
                false,
                Map.of("Name", "data")));
  }

  @Test
  void figuresThatATypeDoesNotTakeAreNotNamed() {
    RestoreCase one = RestoreCase.to(Destination.VOLUMES);
    one.first().type = "gp2";
    one.second().type = "io2";
    assertThat(plan(one).volumes())
        .extracting(Creation::iops, Creation::throughput)
        .containsExactly(
            tuple(OptionalInt.empty(), OptionalInt.empty()),
            tuple(OptionalInt.of(4_000), OptionalInt.empty()));
  }

  @Test
  void whatIsNotOnRecordIsTakenFromTheVolumeOfNow() {
    RestoreCase one = RestoreCase.to(Destination.VOLUMES);
    one.facts = false;
    assertThat(plan(one).volumes())
        .allSatisfy(
            volume -> {
              assertThat(volume.type()).isEqualTo("io2");
              assertThat(volume.iops()).hasValue(9_000);
              assertThat(volume.tags()).containsEntry("Name", "now");
            });
  }

  @Test
  void provisionedIopsThatAreNotOnRecordAreThoseOfNowOrTheTypeIsAnother() {
    RestoreCase one = RestoreCase.to(Destination.VOLUMES);
    one.first().type = "io1";
    one.first().iops = OptionalInt.empty();
    assertThat(plan(one).volumes())
        .first()
        .extracting(Creation::type, Creation::iops)
        .containsExactly("io2", OptionalInt.of(9_000));
    one.originalsThere = false;
    assertThat(plan(one).volumes()).first().extracting(Creation::type).isEqualTo("gp3");
    assertThat(planned(one).warnings())
        .anyMatch(words -> words.startsWith("type, IOPS and throughput of vol-00000000000000001"));
  }

  @Test
  void whatNobodyKnowsIsSaid() {
    RestoreCase one = RestoreCase.to(Destination.VOLUMES);
    one.facts = false;
    one.originalsThere = false;
    one.zone = Optional.of("eu-central-1b");
    Planned.Plan planned = planned(one);
    assertThat(planned.plan().volumes()).allMatch(volume -> volume.type().equals("gp3"));
    assertThat(planned.warnings())
        .anyMatch(words -> words.contains("the copy is gp3 with its defaults"))
        .anyMatch(words -> words.contains("the copy gets no tags of it"));
  }

  @Test
  void tagsThatDidNotFitAreSaid() {
    RestoreCase one = RestoreCase.to(Destination.VOLUMES);
    one.tagsLeftOut.put(vol(1).value(), 3);
    assertThat(planned(one).warnings())
        .anyMatch(words -> words.startsWith("3 tags of vol-00000000000000001 are not on record"));
  }

  @Test
  void tagsOfAwsAndOursAndThoseThatAreNamedAreNotCopied() {
    RestoreCase one = RestoreCase.to(Destination.VOLUMES);
    one.first().tags =
        Map.of("freezeframe:replaced-by", "x", "aws:x", "1", "snapshot", "snapshot", "Name", "n");
    one.withoutTags.add("snapshot");
    assertThat(plan(one).volumes().get(0).tags()).isEqualTo(Map.of("Name", "n"));
  }

  @Test
  void besideOthersACopyKeepsItsDeviceOrGetsTheNextThatIsFree() {
    RestoreCase one = RestoreCase.to(Destination.INSTANCE);
    one.attached.add(attached(vol(8), "xvdf"));
    assertThat(devices(plan(one))).containsExactly("/dev/sdh", "/dev/sdg");
    assertThat(planned(one).warnings())
        .anyMatch(
            words -> words.contains("is attached as /dev/sdh, since /dev/sdf is taken there"));
  }

  @Test
  void aRootNeverGetsTheRootsDeviceOfAnother() {
    RestoreCase one = RestoreCase.to(Destination.INSTANCE).withRoot();
    RestorePlan plan = plan(one);
    assertThat(plan.volumes().get(0).root()).isTrue();
    assertThat(devices(plan)).containsExactly("/dev/sdh", "/dev/sdf", "/dev/sdg");
  }

  @Test
  void inPlaceEachCopyTakesThePlaceOfItsOriginal() {
    RestorePlan plan = plan(RestoreCase.to(Destination.IN_PLACE));
    assertThat(plan.replaced())
        .containsExactly(
            new Replacement(vol(1), "/dev/sdf", true), new Replacement(vol(2), "/dev/sdg", true));
    assertThat(devices(plan)).containsExactly("/dev/sdf", "/dev/sdg");
    assertThat(plan.running()).isTrue();
  }

  @Test
  void aCopyOfAnEarlierRestoreIsReplacedLikeItsOriginal() {
    RestoreCase one = RestoreCase.to(Destination.IN_PLACE);
    one.attached.set(
        1,
        attached(
            vol(31),
            "/dev/sdf",
            "attached",
            List.of(),
            Optional.of(RestoreCase.row(snap(40), vol(1), RestoreCase.INSTANCE, "/dev/sdf"))));
    one.attached.set(
        2,
        attached(
            vol(32),
            "/dev/sdg",
            "attached",
            List.of(),
            Optional.of(RestoreCase.row(snap(41), vol(22), RestoreCase.INSTANCE, "/dev/sdg"))));
    assertThat(plan(one).replaced())
        .extracting(Replacement::volume)
        .containsExactly(vol(31), vol(32));
  }

  @Test
  void aVolumeThatWasDetachedSinceComesBackUnderItsDevice() {
    RestoreCase one = RestoreCase.to(Destination.IN_PLACE);
    one.attached.remove(2);
    RestorePlan plan = plan(one);
    assertThat(plan.replaced()).hasSize(1);
    assertThat(devices(plan)).containsExactly("/dev/sdf", "/dev/sdg");
  }

  @Test
  void aVolumeThatIsLeftIsSaid() {
    RestoreCase one = RestoreCase.to(Destination.IN_PLACE);
    one.attached.add(attached(vol(5), "/dev/sdh"));
    one.leave.add(vol(5));
    assertThat(planned(one).warnings())
        .anyMatch(
            words ->
                words.equals(
                    "vol-00000000000000005 (/dev/sdh) stays as it is beside volumes of another time"));
  }

  @Test
  void whatAStopTakesAwayIsSaid() {
    RestoreCase one = RestoreCase.to(Destination.IN_PLACE);
    one.stop = new StopView(false, "stop", true, Optional.of("203.0.113.7"));
    assertThat(planned(one).warnings())
        .anyMatch(words -> words.contains("erases the instance store volumes"))
        .anyMatch(words -> words.contains("203.0.113.7 is not an Elastic IP"));
    one.state = "stopped";
    assertThat(planned(one).warnings()).noneMatch(words -> words.contains("Elastic"));
  }

  @Test
  void stopProtectionMattersToNoInstanceThatIsStopped() {
    RestoreCase one = RestoreCase.to(Destination.IN_PLACE);
    one.state = "stopped";
    one.stop = new StopView(true, "terminate", false, Optional.empty());
    assertThat(plan(one).running()).isFalse();
  }

  @Test
  void theRootAloneIsReplacedByOneOfTheTypeThatItHas() {
    RestorePlan plan = plan(RestoreCase.to(Destination.ROOT));
    assertThat(plan.volumes())
        .singleElement()
        .satisfies(
            root -> {
              assertThat(root.device()).contains("/dev/xvda");
              assertThat(root.iops()).hasValue(3_000);
              assertThat(root.deleteOnTermination()).isTrue();
            });
    assertThat(plan.replaced()).extracting(Replacement::volume).containsExactly(vol(9));
  }

  @Test
  void aNewInstanceBootsTheRecordedImage() {
    RestorePlan plan = plan(RestoreCase.to(Destination.NEW));
    assertThat(plan.launch().orElseThrow().image()).contains("ami-0aaa");
    assertThat(plan.launch().orElseThrow().tags())
        .isEqualTo(Map.of("Name", "web restored to 2026-11-28T02:00:00Z"));
    assertThat(devices(plan)).containsExactly("/dev/sdf", "/dev/sdg");
  }

  @Test
  void aNewInstanceBootsTheRootOfTheSetIfItHasOne() {
    RestoreCase one = RestoreCase.to(Destination.NEW).withRoot();
    one.launchImage = Optional.empty();
    RestorePlan plan = plan(one);
    assertThat(plan.launch().orElseThrow().image()).isEmpty();
    assertThat(devices(plan)).containsExactly("/dev/xvda", "/dev/sdf", "/dev/sdg");
  }

  @Test
  void aNewInstanceBesideTheOldOneIsSaid() {
    RestoreCase one = RestoreCase.to(Destination.NEW);
    one.original = Optional.of("running");
    assertThat(planned(one).warnings())
        .anyMatch(words -> words.startsWith("i-0aaa0000000000001 is running: the new instance"));
  }

  @Test
  void anAcceptedVerdictIsSaid() {
    RestoreCase one = RestoreCase.to(Destination.VOLUMES);
    one.verdict = Optional.of(Consistency.UNKNOWN);
    one.accept.add(Consistency.UNKNOWN);
    assertThat(planned(one).warnings()).anyMatch(words -> words.startsWith("nothing proves"));
    RestoreCase claimed = RestoreCase.to(Destination.VOLUMES);
    claimed.proof = Proof.CLAIMED;
    assertThat(planned(claimed).warnings()).anyMatch(words -> words.contains("exit codes alone"));
  }

  @ParameterizedTest
  @EnumSource
  void theSamePlanHasTheSameHashAndSurvivesJson(Destination to) throws Exception {
    Planned.Plan first = planned(RestoreCase.to(to));
    Planned.Plan second = planned(RestoreCase.to(to));
    assertThat(first.hash()).matches("[0-9a-f]{16}").isEqualTo(second.hash());
    String json = Json.mapper().writeValueAsString(first.plan());
    assertThat(PlanHash.of(Json.mapper().readValue(json, RestorePlan.class)))
        .isEqualTo(first.hash());
    String request = Json.mapper().writeValueAsString(first.plan().request());
    assertThat(Json.mapper().readValue(request, RestoreRequest.class))
        .isEqualTo(first.plan().request());
  }

  @Test
  void anotherPlanHasAnotherHash() {
    Set<String> hashes = new HashSet<>();
    for (Destination to : Destination.values()) {
      hashes.add(planned(RestoreCase.to(to)).hash());
    }
    RestoreCase stopped = RestoreCase.to(Destination.IN_PLACE);
    stopped.state = "stopped";
    hashes.add(planned(stopped).hash());
    RestoreCase tagged = RestoreCase.to(Destination.VOLUMES);
    tagged.first().tags = Map.of("Name", "other");
    hashes.add(planned(tagged).hash());
    assertThat(hashes).hasSize(Destination.values().length + 2);
  }

  /**
   * Whatever is attached and missing: a plan takes all members, each once, on devices of its own.
   */
  @Test
  void noPlanIsHalf() {
    Random random = new Random(1);
    int plans = 0;
    for (int round = 0; round < 2_000; round++) {
      RestoreCase one = RestoreCase.to(List.of(Destination.values()).get(random.nextInt(5)));
      IntStream.range(3, 3 + random.nextInt(5))
          .forEach(
              number ->
                  one.members.add(new M(number, "/dev/sd" + (char) ('a' + random.nextInt(26)))));
      one.size = OptionalInt.of(one.members.size() + (random.nextInt(4) == 0 ? 1 : 0));
      IntStream.range(0, random.nextInt(3))
          .forEach(
              number ->
                  one.attached.add(
                      attached(vol(50 + number), "/dev/sd" + (char) ('a' + random.nextInt(26)))));
      one.members.get(random.nextInt(one.members.size())).inEc2 = random.nextInt(5) > 0;
      if (random.nextBoolean()) {
        one.attached.stream().skip(1).forEach(volume -> one.leave.add(volume.volume()));
      }
      if (one.plan() instanceof Planned.Plan planned) {
        plans++;
        check(one, planned.plan());
      }
    }
    assertThat(plans).isGreaterThan(200);
  }

  private static void check(RestoreCase one, RestorePlan plan) {
    assertThat(one.members).allMatch(member -> member.inEc2);
    assertThat(one.size).hasValue(one.members.size());
    if (one.to != Destination.ROOT) {
      assertThat(plan.volumes())
          .extracting(Creation::snapshot)
          .containsExactlyInAnyOrderElementsOf(one.members.stream().map(M::snapshot).toList());
    }
    if (one.to == Destination.VOLUMES) {
      return;
    }
    assertThat(devices(plan)).doesNotContain("none").doesNotHaveDuplicates();
    Set<String> staying = new HashSet<>();
    if (one.to != Destination.NEW) {
      one.attached.forEach(volume -> staying.add(volume.device()));
    }
    plan.replaced().forEach(old -> staying.remove(old.device()));
    assertThat(devices(plan)).noneMatch(staying::contains);
  }
}
