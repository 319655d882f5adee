package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.events.EventFault;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Whatever befalls executions, functions and events of restores: each ends with the same volumes
 * and none twice, or its instance is as it was and runs, and nothing is left.
 */
class RestoresUnderFaultsTest {
  /** The events of executions that end never come. */
  private static final EventFault NO_END_IS_TOLD =
      new EventFault() {
        @Override
        public List<Duration> deliveries(JsonNode event) {
          return event.path("source").asText().equals("aws.states")
              ? List.of()
              : List.of(Duration.ZERO);
        }
      };

  private static final Instant BEGUN = Scene.DUE.plus(Duration.ofHours(1));
  private static final Instant OVER = BEGUN.plus(Restoring.LONG);

  /** The states past which a restore in place leads, in their order. */
  private static final List<String> IN_PLACE =
      List.of(
          "What is asked for?",
          "Begin",
          "Claim restore",
          "Claimed?",
          "Create volumes",
          "All created?",
          "Look at volumes",
          "All available?",
          "Wait for volumes",
          "Attach where?",
          "Stop target",
          "Target stopped?",
          "Wait until stopped",
          "Detach replaced",
          "Replaced detached?",
          "Wait until detached",
          "Attach volumes",
          "All attached?",
          "Wait until attached",
          "Start needed?",
          "Start target",
          "Target runs?",
          "Wait until it runs",
          "Wait for initialization?",
          "Record restore",
          "Announce restore",
          "Ended how?");

  /** And those of a launch. */
  private static final List<String> NEW =
      List.of(
          "Begin",
          "Claim restore",
          "Claimed?",
          "Register image",
          "Image available?",
          "Wait for image",
          "Launch instance",
          "Instance runs?",
          "Wait for instance",
          "Deregister image",
          "Wait for initialization?",
          "Record restore",
          "Announce restore",
          "Ended how?");

  /** And those of a replacement of a root. */
  private static final List<String> ROOT =
      List.of(
          "Begin",
          "Claim restore",
          "Claimed?",
          "Replace root",
          "Root replaced?",
          "Wait for root",
          "Wait for initialization?",
          "Record restore",
          "Announce restore",
          "Ended how?");

  /** More calls than a restore makes that change something. */
  private static final int CHANGES = 36;

  private EmbeddedCloud cloud;
  private RestoreWorld before;
  private RestoreWorld after;
  private final Map<Integer, RestoreRow> rows = new TreeMap<>();
  private final Set<Integer> leased = new TreeSet<>();

  private void play(int instances, Destination to, Faults faults, Consumer<EmbeddedCloud> besides) {
    Scene.of(RestoreWorld.fleet(instances, 1))
        .policy(RestoresTest.POLICY)
        .faults(faults)
        .besides(
            given -> {
              cloud = given;
              Restoring person = new Restoring(given);
              for (int number = 1; number <= instances; number++) {
                person.at(BEGUN.plusSeconds(number), number, to, Optional.empty());
              }
              before = RestoreWorld.at(given, BEGUN.minusSeconds(60));
              after = RestoreWorld.at(given, OVER);
              given.schedule(DeployedSchedule.sweepRestores(), OVER);
              given
                  .time()
                  .at(
                      OVER,
                      () -> {
                        for (int number = 1; number <= instances; number++) {
                          int one = number;
                          given
                              .ledger()
                              .restore(Restoring.id(number))
                              .ifPresent(row -> rows.put(one, row));
                          given
                              .ledger()
                              .instanceLease(new InstanceId(Fleets.instanceId(number)), OVER)
                              .ifPresent(restore -> leased.add(one));
                        }
                      });
              besides.accept(given);
            })
        .play();
  }

  /** An instance has the new volumes under the same devices, or is as it was; and it runs. */
  private void isWhole(int number, String what) {
    String instance = Fleets.instanceId(number);
    RestoreRow row = rows.get(number);
    List<Volume> created = after.of(Restoring.id(number));
    assertThat(after.state(instance)).as(what).isEqualTo("running");
    assertThat(after.flags(instance)).as(what).isEqualTo(before.flags(instance));
    if (row != null && row.status() == Status.SUCCEEDED) {
      assertThat(after.attachedTo(instance).values())
          .as(what)
          .containsExactlyInAnyOrderElementsOf(created.stream().map(Volume::volumeId).toList());
      assertThat(created).as(what).hasSize(2);
    } else {
      assertThat(after.attachedTo(instance)).as(what).isEqualTo(before.attachedTo(instance));
      assertThat(created).as(what).isEmpty();
      if (row != null) {
        assertThat(row.status()).as("%s: %s", what, row.reason()).isEqualTo(Status.UNDONE);
      }
    }
    for (String old : before.attachedTo(instance).values()) {
      assertThat(after.volumes).as(what).anyMatch(volume -> volume.volumeId().equals(old));
    }
    assertThat(leased).as(what).doesNotContain(number);
  }

  /** A launched instance runs with all volumes; or there is nothing of it. */
  private void isWholeLaunch(int number, String what) {
    RestoreRow row = rows.get(number);
    List<Volume> created = after.of(Restoring.id(number));
    assertThat(after.images)
        .as(what)
        .noneMatch(image -> Restoring.id(number).value().equals(image.name()));
    long running =
        after.instances.values().stream()
            .filter(
                one ->
                    RestoreWorld.tag(one.tags(), "freezeframe:restore")
                        .equals(Optional.of(Restoring.id(number).value())))
            .filter(one -> !one.state().nameAsString().equals("terminated"))
            .count();
    boolean succeeded = row != null && row.status() == Status.SUCCEEDED;
    assertThat(running).as(what).isEqualTo(succeeded ? 1 : 0);
    assertThat(created).as(what).hasSize(succeeded ? 2 : 0);
    if (row != null && !succeeded) {
      assertThat(row.status()).as("%s: %s", what, row.reason()).isEqualTo(Status.UNDONE);
    }
  }

  /** The root is the new one, or the old one; the rest is as it was; and the instance runs. */
  private void isWholeRoot(int number, String what) {
    String instance = Fleets.instanceId(number);
    RestoreRow row = rows.get(number);
    List<Volume> created = after.of(Restoring.id(number));
    boolean succeeded = row != null && row.status() == Status.SUCCEEDED;
    Map<String, String> expected = new TreeMap<>(before.attachedTo(instance));
    if (succeeded) {
      assertThat(created).as(what).hasSize(1);
      expected.put("/dev/xvda", created.get(0).volumeId());
    } else {
      assertThat(created).as(what).isEmpty();
    }
    assertThat(after.state(instance)).as(what).isEqualTo("running");
    assertThat(after.attachedTo(instance)).as(what).isEqualTo(expected);
    assertThat(after.volumes)
        .as("%s: nothing without a tag is left", what)
        .filteredOn(volume -> volume.attachments().isEmpty())
        .hasSizeLessThanOrEqualTo(rows.size());
    if (row != null && !succeeded) {
      assertThat(row.status()).as("%s: %s", what, row.reason()).isEqualTo(Status.UNDONE);
    }
  }

  @Test
  void whereverAFunctionDiesARootIsReplacedOnce() {
    DiesOnce faults = new DiesOnce();

    play(2 * 18, Destination.ROOT, Faults.NONE.withCalls(faults), given -> {});

    assertThat(faults.deaths.values())
        .anyMatch(death -> death.contains("after ec2:CreateReplaceRootVolumeTask in ReplaceRoot"))
        .anyMatch(death -> death.contains("in RecordRestore"));
    for (int number = 1; number <= 36; number++) {
      String what = "restore %d died %s".formatted(number, faults.deaths.get(number));
      isWholeRoot(number, what);
      assertThat(rows.get(number).status())
          .as("%s: %s", what, rows.get(number).reason())
          .isEqualTo(Status.SUCCEEDED);
    }
  }

  @Test
  void whereverTheReplacementOfARootIsAbortedTheInstanceHasARootAndRuns() {
    AbortsOnce aborts = new AbortsOnce(ROOT);

    play(ROOT.size(), Destination.ROOT, Faults.NONE.withExecutions(aborts), given -> {});

    assertThat(aborts.aborted).hasSize(ROOT.size());
    for (int number = 1; number <= ROOT.size(); number++) {
      isWholeRoot(number, "aborted after " + ROOT.get(number - 1));
    }
  }

  /** Restore {@code 2n - 1} dies before its n-th changing call, restore {@code 2n} after it. */
  private static final class DiesOnce implements CallFault {
    private final Map<Integer, Integer> changes = new TreeMap<>();
    private final Map<Integer, String> deaths = new TreeMap<>();

    @Override
    public void before(String action, boolean changing, Caller caller, String detail) {
      int restore = restoreOf(caller.execution());
      if (changing && restore > 0) {
        int number = changes.merge(restore, 1, Integer::sum);
        if (restore == 2 * number - 1) {
          die("before", action, caller, restore);
        }
      }
    }

    @Override
    public void after(String action, boolean changing, Caller caller, String detail) {
      int restore = restoreOf(caller.execution());
      if (changing && restore > 0 && restore == 2 * changes.get(restore)) {
        die("after", action, caller, restore);
      }
    }

    private void die(String when, String action, Caller caller, int restore) {
      String what = "%s %s in %s".formatted(when, action, caller.task());
      if (deaths.putIfAbsent(restore, what) == null) {
        throw new FunctionDied(what);
      }
    }
  }

  /** The number of the restore of an execution that a person started; 0: it is of none. */
  private static int restoreOf(String execution) {
    String name = execution.substring(execution.lastIndexOf(':') + 1);
    return name.matches("restore-\\d{8}T\\d{6}Z-[0-9a-f]{8}")
        ? Integer.parseInt(name.substring(name.length() - 8), 16)
        : 0;
  }

  @Test
  void whereverAFunctionDiesTheSameVolumesAreThereAndNoneTwice() {
    DiesOnce faults = new DiesOnce();

    play(2 * CHANGES, Destination.IN_PLACE, Faults.NONE.withCalls(faults), given -> {});

    assertThat(faults.deaths.values())
        .anyMatch(death -> death.contains("after ec2:CreateVolume in CreateVolumes"))
        .anyMatch(death -> death.contains("ec2:StopInstances in StopTarget"))
        .anyMatch(death -> death.contains("ec2:DetachVolume in DetachReplaced"))
        .anyMatch(death -> death.contains("after ec2:AttachVolume in AttachVolumes"))
        .anyMatch(death -> death.contains("ec2:ModifyInstanceAttribute in AttachVolumes"))
        .anyMatch(death -> death.contains("ec2:StartInstances in StartTarget"))
        .anyMatch(death -> death.contains("in RecordRestore"));
    for (int number = 1; number <= 2 * CHANGES; number++) {
      String what = "restore %d died %s".formatted(number, faults.deaths.get(number));
      isWhole(number, what);
      assertThat(rows.get(number).status())
          .as("%s: %s", what, rows.get(number).reason())
          .isEqualTo(Status.SUCCEEDED);
    }
  }

  @Test
  void whereverAFunctionOfALaunchDiesOneInstanceIsLaunched() {
    DiesOnce faults = new DiesOnce();

    play(2 * 22, Destination.NEW, Faults.NONE.withCalls(faults), given -> {});

    assertThat(faults.deaths.values())
        .anyMatch(death -> death.contains("after ec2:RegisterImage in RegisterImage"))
        .anyMatch(death -> death.contains("after ec2:RunInstances in LaunchInstance"));
    for (int number = 1; number <= 44; number++) {
      String what = "restore %d died %s".formatted(number, faults.deaths.get(number));
      isWholeLaunch(number, what);
      assertThat(rows.get(number).status())
          .as("%s: %s", what, rows.get(number).reason())
          .isEqualTo(Status.SUCCEEDED);
    }
  }

  /** One restore for each state. */
  private static final class AbortsOnce implements ExecutionFault {
    private final List<String> states;
    private final Set<Integer> aborted = new TreeSet<>();

    AbortsOnce(List<String> states) {
      this.states = states;
    }

    @Override
    public boolean abortsAfter(String execution, String instanceId, String state) {
      int restore = restoreOf(execution);
      return restore > 0 && states.indexOf(state) == restore - 1 && aborted.add(restore);
    }
  }

  @Test
  void whereverAnExecutionIsAbortedItsInstanceIsAsItWasAndRuns() {
    AbortsOnce aborts = new AbortsOnce(IN_PLACE);

    play(IN_PLACE.size(), Destination.IN_PLACE, Faults.NONE.withExecutions(aborts), given -> {});

    assertThat(aborts.aborted).hasSize(IN_PLACE.size());
    for (int number = 1; number <= IN_PLACE.size(); number++) {
      isWhole(number, "aborted after " + IN_PLACE.get(number - 1));
    }
  }

  @Test
  void whereverALaunchIsAbortedNothingOfItIsLeft() {
    AbortsOnce aborts = new AbortsOnce(NEW);

    play(NEW.size(), Destination.NEW, Faults.NONE.withExecutions(aborts), given -> {});

    assertThat(aborts.aborted).hasSize(NEW.size());
    for (int number = 1; number <= NEW.size(); number++) {
      isWholeLaunch(number, "aborted after " + NEW.get(number - 1));
    }
  }

  @Test
  void whereNoEventTellsOfTheEndTheSweepUndoesIt() {
    AbortsOnce aborts = new AbortsOnce(IN_PLACE);

    play(
        IN_PLACE.size(),
        Destination.IN_PLACE,
        Faults.NONE.withExecutions(aborts).withEvents(NO_END_IS_TOLD),
        given -> {});

    assertThat(cloud.restores()).hasSize(IN_PLACE.size());
    for (int number = 1; number <= IN_PLACE.size(); number++) {
      isWhole(number, "aborted after " + IN_PLACE.get(number - 1));
    }
  }

  @Test
  void attachmentsThatEc2RefusesToARestoreAndToItsUndoForHoursAreMadeOnceItDoesNot() {
    CallFault full =
        new CallFault() {
          @Override
          public void before(String action, boolean changing, Caller caller, String detail) {
            if (action.equals("ec2:AttachVolume")
                && cloud.time().instant().isBefore(BEGUN.plus(Duration.ofHours(3)))) {
              throw Ec2Exception.builder()
                  .statusCode(400)
                  .awsErrorDetails(
                      AwsErrorDetails.builder()
                          .errorCode("AttachmentLimitExceeded")
                          .errorMessage("not now")
                          .build())
                  .build();
            }
          }
        };
    Map<String, RestoreRow> meanwhile = new TreeMap<>();

    play(
        2,
        Destination.IN_PLACE,
        Faults.NONE.withCalls(full),
        given ->
            given
                .time()
                .at(
                    BEGUN.plus(Duration.ofHours(2)),
                    () ->
                        given
                            .ledger()
                            .restores(BEGUN.minusSeconds(60))
                            .forEach(row -> meanwhile.put(row.id().value(), row))));

    assertThat(meanwhile.values()).hasSize(2).allMatch(RestoreRow::notUndone);
    for (int number = 1; number <= 2; number++) {
      isWhole(number, "no attachment for hours");
    }
  }

  @Test
  void aRedriveAtOnceAndTheNetEndWithOneOfBoth() {
    AbortsOnce aborts = new AbortsOnce(IN_PLACE);
    Set<String> redriven = new TreeSet<>();

    play(
        IN_PLACE.size(),
        Destination.IN_PLACE,
        Faults.NONE.withExecutions(aborts),
        given -> {
          for (int second = 0; second < 1_800; second += 3) {
            given
                .time()
                .at(
                    BEGUN.plusSeconds(second),
                    () ->
                        given.restores().stream()
                            .filter(one -> one.status() == ExecutionStatus.ABORTED)
                            .filter(one -> redriven.add(one.name()))
                            .forEach(one -> given.states().redrive(one.arn())));
          }
        });

    assertThat(redriven).hasSizeGreaterThanOrEqualTo(IN_PLACE.size());
    for (int number = 1; number <= IN_PLACE.size(); number++) {
      isWhole(number, "aborted and redriven after " + IN_PLACE.get(number - 1));
    }
  }

  @Test
  void aRedriveWhereNoEventTellsOfTheEndGoesOnToTheSameVolumes() {
    AbortsOnce aborts = new AbortsOnce(IN_PLACE);

    play(
        IN_PLACE.size(),
        Destination.IN_PLACE,
        Faults.NONE.withExecutions(aborts).withEvents(NO_END_IS_TOLD),
        given ->
            given
                .time()
                .at(
                    BEGUN.plus(Duration.ofMinutes(20)),
                    () ->
                        given.restores().stream()
                            .filter(one -> one.status() == ExecutionStatus.ABORTED)
                            .forEach(one -> given.states().redrive(one.arn()))));

    for (int number = 1; number <= IN_PLACE.size(); number++) {
      String what = "redriven after " + IN_PLACE.get(number - 1);
      isWhole(number, what);
      assertThat(rows.get(number).status())
          .as("%s: %s", what, rows.get(number).reason())
          .isEqualTo(Status.SUCCEEDED);
    }
  }
}
