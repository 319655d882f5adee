package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
  private static final String TWO_DAYS =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      retention: {days: 2}
      """;

  private static Scene days(int days) {
    List<Instant> firings =
        IntStream.range(0, days).mapToObj(day -> Scene.DUE.plus(Duration.ofDays(day))).toList();
    return Scene.of(Fleets.one(1, 3))
        .policy(TWO_DAYS)
        .firings(firings)
        .besides(
            cloud ->
                cloud.scheduleExpiry(firings.stream().map(at -> at.plusSeconds(14_400)).toList()));
  }

  /** Someone does something at an instant. */
  private static void at(EmbeddedCloud cloud, String instant, Runnable deed) {
    VirtualTime time = cloud.time();
    time.after(Duration.between(time.instant(), Instant.parse(instant)), deed);
  }

  private static String oldest(EmbeddedCloud cloud) {
    return cloud.ec2().snapshots().stream()
        .sorted(java.util.Comparator.comparing(SnapshotView::startTime))
        .map(SnapshotView::snapshotId)
        .findFirst()
        .orElseThrow();
  }

  private static List<ExecutionStatus> ends(Result result) {
    return result.expiries().stream().map(Execution::status).distinct().toList();
  }

  @Test
  void whatIsOverIsDeletedAndTheLedgerSaysWhy() {
    Result result = days(5).play();

    assertThat(ends(result)).containsExactly(ExecutionStatus.SUCCEEDED);
    assertThat(result.deletions()).hasSize(9);
    assertThat(result.deletions().get(0).deletion().orElseThrow().reason())
        .startsWith("its age ended at 2026-11-24T02:0")
        .endsWith("the policy says 2 days");
    assertThat(result.snapshots()).hasSize(6);
    assertThat(result.kept()).hasSize(2);
    assertThat(result.kept().get(0).reasons().get(0)).startsWith("age until 2026-11-28T02:0");
    assertThat(result.good()).isTrue();
  }

  @Test
  void whatIsLockedUsedOrPinnedStaysAndIsNamed() {
    Result result =
        days(5)
            .alsoBesides(
                cloud -> at(cloud, "2026-11-22T12:00:00Z", () -> cloud.ec2().lock(oldest(cloud))))
            .alsoBesides(
                cloud ->
                    at(
                        cloud,
                        "2026-11-23T12:00:00Z",
                        () ->
                            cloud.ec2().snapshots().stream()
                                .filter(
                                    view -> view.startTime().toString().startsWith("2026-11-23"))
                                .findFirst()
                                .ifPresent(
                                    view -> cloud.ec2().useForImage(view.snapshotId(), "ami-1"))))
            .play();

    assertThat(ends(result)).containsExactly(ExecutionStatus.SUCCEEDED);
    assertThat(result.deletions()).hasSize(3);
    assertThat(result.snapshots()).hasSize(12);
    assertThat(result.lives().values())
        .extracting(SnapshotHistory::held)
        .filteredOn(held -> held.isPresent())
        .extracting(held -> held.get().replaceAll("snap-[0-9a-f]+", "it"))
        .contains("it is locked (governance)", "it is used by ami-1");
  }

  @Test
  void anImageThatIsDisabledKeepsItsSetStill() {
    Result result =
        days(5)
            .alsoBesides(
                cloud ->
                    at(
                        cloud,
                        "2026-11-22T12:00:00Z",
                        () -> {
                          cloud.ec2().useForImage(oldest(cloud), "ami-1");
                          cloud.ec2().disableImage("ami-1");
                        }))
            .play();

    assertThat(ends(result)).containsExactly(ExecutionStatus.SUCCEEDED);
    assertThat(result.deletions()).hasSize(6);
    assertThat(result.snapshots()).hasSize(9);
    assertThat(result.lives().values())
        .filteredOn(life -> life.held().isPresent())
        .hasSize(3)
        .allSatisfy(life -> assertThat(life.held().orElseThrow()).endsWith("is used by ami-1"));
    assertThat(
            result.log().stream()
                .filter(call -> call.action().equals("ec2:DeleteSnapshot"))
                .count())
        .isEqualTo(6);
  }

  /** Each from the middle of the second day on: the third night finds nothing to back up. */
  @ParameterizedTest
  @ValueSource(strings = {"instance", "volumes", "tag"})
  void theSetsOfWhatIsGoneEndByWhatWasRecordedWithThem(String gone) {
    String instance = Fleets.instanceId(1);
    Result result =
        days(6)
            .alsoBesides(
                cloud ->
                    at(
                        cloud,
                        "2026-11-23T12:00:00Z",
                        () -> {
                          switch (gone) {
                            case "instance" -> cloud.ec2().terminate(instance);
                            case "volumes" ->
                                cloud
                                    .ec2()
                                    .volumesOf(instance)
                                    .forEach(volume -> cloud.ec2().detach(volume));
                            default -> cloud.ec2().untagByHand(instance, "snapshot");
                          }
                        }))
            .play();

    assertThat(result.lives()).hasSize(6);
    assertThat(deletedOf(result, "daily")).isEqualTo(3);
    assertThat(result.deletions().get(0).deletion().orElseThrow().reason())
        .startsWith("its age ended at 2026-11-24T02:0")
        .endsWith("the policy says 2 days");
    assertThat(result.kept())
        .singleElement()
        .satisfies(kept -> assertThat(kept.reasons()).containsExactly("1 of 1 minimum"));
  }

  /** The new name takes over from the third night; the old one is in no policy any more. */
  @Test
  void theSetsOfAPolicyThatWasRenamedEndByWhatWasRecordedWithThem() {
    List<Instant> nights =
        IntStream.range(0, 6).mapToObj(day -> Scene.DUE.plus(Duration.ofDays(day))).toList();
    Result result =
        Scene.of(Fleets.one(1, 3))
            .policy(TWO_DAYS)
            .firings(nights.subList(0, 2))
            .besides(
                cloud -> {
                  cloud.schedule(
                      new PolicyReader().read("nightly.yaml", TWO_DAYS.replace("daily", "nightly")),
                      nights.subList(2, 6));
                  cloud.scheduleExpiry(nights.stream().map(at -> at.plusSeconds(14_400)).toList());
                })
            .play();

    // Of the old name's two sets the newest stays: it is that group's last way back.
    assertThat(deletedOf(result, "daily")).isEqualTo(3);
    assertThat(deletedOf(result, "nightly")).isEqualTo(6);
    assertThat(result.snapshots()).hasSize(9);
    assertThat(result.kept())
        .filteredOn(kept -> kept.pointInTime().isBefore(nights.get(2)))
        .singleElement()
        .satisfies(kept -> assertThat(kept.reasons()).containsExactly("1 of 1 minimum"));
  }

  @Test
  void theSetsOfAPolicyThatWasRemovedEndByWhatWasRecordedWithThem() {
    Result result =
        Scene.of(Fleets.one(1, 3))
            .policy(TWO_DAYS)
            .firings(List.of(Scene.DUE, Scene.DUE.plus(Duration.ofDays(1))))
            .besides(cloud -> cloud.scheduleExpiry(List.of(Scene.DUE.plus(Duration.ofDays(60)))))
            .play();

    assertThat(deletedOf(result, "daily")).isEqualTo(3);
    assertThat(result.deletions().get(0).deletion().orElseThrow().reason())
        .endsWith("the policy says 2 days");
    assertThat(result.kept()).hasSize(1);
  }

  private static long deletedOf(Result result, String policy) {
    return result.deletions().stream()
        .filter(life -> life.row().policy().value().equals(policy))
        .count();
  }

  @Test
  void whatVanishesIsNoticed() {
    Result result =
        days(3)
            .alsoBesides(
                cloud ->
                    at(
                        cloud,
                        "2026-11-23T05:00:00Z",
                        () -> cloud.ec2().deleteByHand(oldest(cloud))))
            .play();

    assertThat(result.lives().values())
        .filteredOn(life -> life.vanishedAt().isPresent())
        .singleElement()
        .extracting(life -> life.vanishedAt().orElseThrow().toString().substring(0, 13))
        .isEqualTo("2026-11-23T06");
    // The set is torn, its age is over two days later, and what is left of it goes as well.
    assertThat(result.deletions()).hasSize(2);
  }

  @Test
  void deletionsStayUnderTheRequestRate() {
    Result result =
        Scene.of(Fleets.of(8, 4))
            .policy(TWO_DAYS)
            .firings(List.of(Scene.DUE, Scene.DUE.plus(Duration.ofDays(3))))
            .besides(
                cloud ->
                    cloud.scheduleExpiry(
                        List.of(Scene.DUE.plus(Duration.ofDays(3)).plusSeconds(14_400))))
            .play();

    TreeMap<Long, Integer> perSecond = new TreeMap<>();
    result.log().stream()
        .filter(call -> call.action().equals("ec2:DeleteSnapshot"))
        .map(Call::startedAt)
        .forEach(at -> perSecond.merge(at.getEpochSecond(), 1, Integer::sum));
    assertThat(result.deletions()).hasSizeGreaterThan(20);
    assertThat(perSecond.values()).allMatch(calls -> calls <= 5);
  }

  @Test
  void aPlanOverTheLimitDeletesNothingAndFailsItsExecution() {
    Result result =
        Scene.of(Fleets.one(1, 3))
            .policy(TWO_DAYS.replace("days: 2", "days: 10"))
            .firings(
                IntStream.range(0, 6)
                    .mapToObj(day -> Scene.DUE.plus(Duration.ofDays(day)))
                    .toList())
            .besides(
                cloud ->
                    cloud.startExpiry(
                        Scene.DUE.plus(Duration.ofDays(40)),
                        "{\"apply\": true, \"limit\": {\"snapshots\": 5, \"share\": 1}}"))
            .play();

    assertThat(ends(result)).containsExactly(ExecutionStatus.FAILED);
    assertThat(result.deletions()).isEmpty();
    assertThat(result.snapshots()).hasSize(18);
  }

  /** More sets than the console shows, and more snapshots in each than a line names. */
  @Test
  void aPlanOfManySetsIsShownInPartAndFitsIntoTheStatesOfItsExecution() {
    Result result =
        Scene.of(Fleets.of(21, 10))
            .policy(TWO_DAYS)
            .firings(
                IntStream.range(0, 3)
                    .mapToObj(day -> Scene.DUE.plus(Duration.ofDays(day)))
                    .toList())
            .besides(
                cloud ->
                    cloud.startExpiry(Scene.DUE.plus(Duration.ofDays(40)), "{\"apply\": true}"))
            .play();

    assertThat(ends(result)).containsExactly(ExecutionStatus.SUCCEEDED);
    assertThat(result.deletions()).hasSize(420);
    assertThat(result.snapshots()).hasSize(210);
    assertThat(result.expiries().get(0).largestPayload()).isBetween(10_000, 32 * 1024);
  }

  @Test
  void aPreviewDeletesNothing() {
    for (String input : List.of("{\"apply\": false}", "{}", "{\"apply\": \"true\"}")) {
      Result result =
          Scene.of(Fleets.one(1, 1))
              .policy(TWO_DAYS)
              .firings(List.of(Scene.DUE, Scene.DUE.plus(Duration.ofDays(5))))
              .besides(cloud -> cloud.startExpiry(Scene.DUE.plus(Duration.ofDays(6)), input))
              .play();

      assertThat(ends(result)).containsExactly(ExecutionStatus.SUCCEEDED);
      assertThat(result.deletions()).isEmpty();
      assertThat(result.expiries().get(0).stateNames()).doesNotContain("Delete snapshots");
    }
  }
}
