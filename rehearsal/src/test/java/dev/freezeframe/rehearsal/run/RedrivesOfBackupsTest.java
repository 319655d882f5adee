package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/**
 * One instance for each state of a backup and for each moment in it: its execution is aborted there
 * and redriven later.
 */
class RedrivesOfBackupsTest {

  /** A way that leads past states that no way before it passes. */
  private enum Way {
    WELL,
    PRE_SCRIPT_HANGS,
    SET_IS_REFUSED,
    QUOTA_IS_FULL,
    ANSWER_IS_LOST,
    SNAPSHOT_FAILS
  }

  private static final Map<Way, List<String>> STATES =
      Map.of(
          Way.WELL,
          BackupStates.WELL,
          Way.PRE_SCRIPT_HANGS,
          BackupStates.AFTER_A_FAILURE,
          Way.SET_IS_REFUSED,
          List.of("Count refusal", "Try CreateSnapshots again?", "Wait before CreateSnapshots"),
          Way.QUOTA_IS_FULL,
          List.of("Count quota refusal", "Wait for slots"),
          Way.ANSWER_IS_LOST,
          List.of(
              "Wait until a set is visible", "Find snapshot set", "Set found?", "Use found set"),
          Way.SNAPSHOT_FAILS,
          List.of("Backup failed"));

  /** An execution that came here has succeeded, and Step Functions redrives no such. */
  private static final Set<String> ENDS = Set.of("Succeeded", "Skipped");

  /** Those that change something by a call of AWS before they end. */
  private static final Set<String> CALLING =
      Set.of(
          "Dry run",
          "Take slots",
          "Run pre-script",
          "Thaw",
          "Create snapshots",
          "Run post-script",
          "Record snapshots",
          "Record outcome",
          "Backup failed");

  private static final Map<String, String> TYPES = StatesOfFile.types("snapshot-instance");

  /** On these ways nobody stops: {@link RedrivenFailuresTest} redrives what failed in them. */
  private static final Set<String> ELSEWHERE = Set.of("Prepare another thaw", "Thaw again");

  /** It is come to only by a redrive out of Create snapshots; stopped there, it begins again. */
  private static final Set<String> AFTER_A_REDRIVE = Set.of("Wait for the earlier call");

  private final Map<String, Way> ways = new TreeMap<>();
  private final Map<String, Stops.Stop> plans = new TreeMap<>();

  private void plan(Way way, String state, Stops.Where where) {
    String instance = Fleets.instanceId(plans.size() + 1);
    ways.put(instance, way);
    plans.put(instance, new Stops.Stop(state, where));
  }

  private void planEverything() {
    for (Way way : Way.values()) {
      for (String state : STATES.get(way)) {
        if (way != Way.SNAPSHOT_FAILS) {
          plan(way, state, Stops.Where.LEFT);
        }
        if (StatesOfFile.takesTime(TYPES.get(state))) {
          plan(way, state, Stops.Where.ENTERED);
        }
        if (CALLING.contains(state)) {
          plan(way, state, Stops.Where.CALLED);
          plan(way, state, Stops.Where.CALLING);
        }
      }
    }
  }

  private final class Behaviors implements GuestFault, SetFault, CallFault {
    private final Set<String> met = new HashSet<>();

    private boolean meets(Way way, String instance) {
      return ways.get(instance) == way && met.add(instance);
    }

    @Override
    public ScriptBehavior script(String instanceId, String command) {
      return ways.get(instanceId) == Way.PRE_SCRIPT_HANGS && command.equals("pre-script")
          ? new ScriptBehavior.Hangs()
          : ScriptBehavior.GOOD;
    }

    @Override
    public SnapshotBehavior fate(String instanceId) {
      return ways.get(instanceId) == Way.SNAPSHOT_FAILS
          ? SnapshotBehavior.GOOD.failing()
          : SnapshotBehavior.GOOD;
    }

    @Override
    public void before(String action, boolean changes, Caller caller, String detail) {
      if (action.equals("ec2:CreateSnapshots") && meets(Way.SET_IS_REFUSED, caller.instanceId())) {
        throw refusal("IncorrectState");
      }
      if (action.equals("ec2:CreateSnapshots") && meets(Way.QUOTA_IS_FULL, caller.instanceId())) {
        throw refusal("PendingSnapshotLimitExceeded");
      }
    }

    private static Ec2Exception refusal(String code) {
      return (Ec2Exception)
          Ec2Exception.builder()
              .statusCode(400)
              .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
              .build();
    }

    @Override
    public void after(String action, boolean changes, Caller caller, String detail) {
      if (action.equals("ec2:CreateSnapshots") && meets(Way.ANSWER_IS_LOST, caller.instanceId())) {
        throw new FunctionDied("after " + action);
      }
    }
  }

  @Test
  void everyStateIsOneFromWhichARedriveIsTriedOrAnEnd() {
    Set<String> known = new TreeSet<>(ENDS);
    known.addAll(ELSEWHERE);
    known.addAll(AFTER_A_REDRIVE);
    known.addAll(StopsUnderFaultsTest.STATES); // It redrives from each.
    for (Way way : Way.values()) {
      known.addAll(STATES.get(way));
    }

    assertThat(known).isEqualTo(TYPES.keySet());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 30, 3_600})
  void aRedriveTakesNoSecondSetProvesEveryThawAndEndsInARightLedger(int laterSeconds) {
    planEverything();
    Stops stops =
        new Stops(
            plans,
            execution -> execution.input().path("instanceId").asText(),
            execution -> execution.arn().contains("snapshot-instance"),
            Duration.ofSeconds(laterSeconds),
            Duration.ofHours(6));
    Behaviors fates = new Behaviors();

    Result result =
        Scene.of(Fleets.of(plans.size(), 1))
            .faults(
                Faults.NONE
                    .withExecutions(stops)
                    .withGuests(fates)
                    .withSets(fates)
                    .withCalls(fates.and(stops)))
            .besides(cloud -> stops.watch(cloud, Scene.DUE))
            .play();

    assertThat(stops.stopped()).isEqualTo(plans);
    assertThat(stops.redriven()).hasSameSizeAs(plans);
    Invariants.areKept(result);
    assertThat(wrong(result)).isEmpty();
    assertThat(stops.redriven().values())
        .allSatisfy(
            execution ->
                assertThat(execution.status())
                    .as(execution.name())
                    .isEqualTo(end(execution.input().path("instanceId").asText())));
  }

  private ExecutionStatus end(String instance) {
    return ways.get(instance) == Way.SNAPSHOT_FAILS
        ? ExecutionStatus.FAILED
        : ExecutionStatus.SUCCEEDED;
  }

  private List<String> wrong(Result result) {
    List<String> wrong = new ArrayList<>();
    for (InstanceReport report : result.reports()) {
      String instance = report.instance().value();
      String what = "%s, %s: ".formatted(ways.get(instance), plans.get(instance));
      Status expected = ways.get(instance) == Way.SNAPSHOT_FAILS ? Status.FAILED : Status.SUCCEEDED;
      if (report.status() != expected) {
        wrong.add(what + report.status() + ", " + report.reason());
      }
      long sets = setsOf(result, instance);
      if (sets != 1) {
        wrong.add(what + sets + " sets");
      }
      if (!allThawsProved(result, instance)) {
        wrong.add(what + "a freeze has no proved thaw");
      }
    }
    return wrong;
  }

  private static long setsOf(Result result, String instance) {
    return result.snapshots().stream()
        .filter(snapshot -> instance.equals(snapshot.tags().get(SnapshotTags.INSTANCE)))
        .map((SnapshotView snapshot) -> snapshot.tags().get(SnapshotTags.SET))
        .distinct()
        .count();
  }

  private static boolean allThawsProved(Result result, String instance) {
    return result.ledger().stream()
        .filter(item -> item.containsKey("thaws") && instance.equals(item.get("instanceId")))
        .allMatch(
            item ->
                ((Map<?, ?>) item.get("thaws"))
                    .values().stream()
                        .anyMatch(thaw -> Boolean.TRUE.equals(((Map<?, ?>) thaw).get("proved"))));
  }
}
