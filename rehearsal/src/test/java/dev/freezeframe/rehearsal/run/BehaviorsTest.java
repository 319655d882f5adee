package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** One instance for each fate; all of them in one rehearsal. */
class BehaviorsTest {

  /**
   * A fate.
   *
   * @param scripts what happens to the number-th script of a command, such as {@code pre-script 1}
   * @param create the error of the number-th CreateSnapshots; empty: it is answered
   * @param sentence a part of the reason
   */
  private record Behavior(
      String name,
      boolean offline,
      Function<String, ScriptBehavior> scripts,
      Function<Integer, Optional<String>> create,
      SnapshotBehavior set,
      Status status,
      String consistency,
      String sentence) {

    Behavior withSet(SnapshotBehavior other) {
      return new Behavior(name, offline, scripts, create, other, status, consistency, sentence);
    }

    Behavior withCreate(Function<Integer, Optional<String>> other) {
      return new Behavior(name, offline, scripts, other, set, status, consistency, sentence);
    }

    Behavior withOffline() {
      return new Behavior(name, true, scripts, create, set, status, consistency, sentence);
    }
  }

  private static final List<Behavior> FATES = new ArrayList<>();

  private static Behavior fate(
      String name,
      Function<String, ScriptBehavior> scripts,
      Status status,
      String consistency,
      String sentence) {
    return new Behavior(
        name,
        false,
        scripts,
        number -> Optional.empty(),
        SnapshotBehavior.GOOD,
        status,
        consistency,
        sentence);
  }

  private static Function<String, ScriptBehavior> always(String command, ScriptBehavior fate) {
    return script -> script.startsWith(command) ? fate : ScriptBehavior.GOOD;
  }

  private static Function<String, ScriptBehavior> once(String command, ScriptBehavior fate) {
    return script -> script.equals(command + " 1") ? fate : ScriptBehavior.GOOD;
  }

  private static final Function<String, ScriptBehavior> WELL = always("", ScriptBehavior.GOOD);

  private static Function<Integer, Optional<String>> refuse(String code, int times) {
    return number -> number <= times ? Optional.of(code) : Optional.empty();
  }

  static {
    for (int code : new int[] {201, 204, 206}) {
      FATES.add(
          fate(
              "the pre-script always exits " + code,
              always("pre-script", new ScriptBehavior.Exits(code)),
              Status.SUCCEEDED,
              "CRASH",
              "not held at the point in time: the pre-script exited with " + code));
    }
    FATES.add(
        fate(
            "the pre-script exits 201 once",
            once("pre-script", new ScriptBehavior.Exits(201)),
            Status.SUCCEEDED,
            "APPLICATION",
            "held by its scripts"));
    FATES.add(
        fate(
            "the pre-script freezes and times out",
            always("pre-script", new ScriptBehavior.TimesOut()),
            Status.SUCCEEDED,
            "CRASH",
            "the pre-script timed out"));
    FATES.add(
        fate(
            "the pre-script freezes and hangs",
            always("pre-script", new ScriptBehavior.Hangs()),
            Status.SUCCEEDED,
            "CRASH",
            "the pre-script timed out"));
    FATES.add(
        fate(
            "the pre-script is never delivered",
            always("pre-script", new ScriptBehavior.Undelivered(Optional.empty())),
            Status.SUCCEEDED,
            "CRASH",
            "was not delivered"));
    FATES.add(
        fate(
            "the dry run finds the application not ready",
            always("dry-run", new ScriptBehavior.Exits(206)),
            Status.SUCCEEDED,
            "CRASH",
            "the dry run exited with 206"));
    FATES.add(
        fate(
            "the post-script exits 202 once",
            once("post-script", new ScriptBehavior.Exits(202)),
            Status.SUCCEEDED,
            "APPLICATION",
            "held by its scripts"));
    FATES.add(
        fate(
            "the post-script always exits 202",
            always("post-script", new ScriptBehavior.Exits(202)),
            Status.FAILED,
            "UNKNOWN",
            "could not confirm that the guest is thawed: the post-script exited with 202"));
    FATES.add(
        fate(
            "the post-script exits 203",
            always("post-script", new ScriptBehavior.Exits(203)),
            Status.SUCCEEDED,
            "UNKNOWN",
            "(203)"));
    FATES.add(
        fate(
            "the post-script is undelivered for ten minutes",
            always(
                "post-script",
                new ScriptBehavior.Undelivered(
                    Optional.of(Scene.DUE.plus(Duration.ofMinutes(10))))),
            Status.SUCCEEDED,
            "UNKNOWN",
            "(203)"));
    FATES.add(
        fate("the agent is offline", WELL, Status.SUCCEEDED, "CRASH", "not online").withOffline());
    for (String code :
        new String[] {
          "RequestLimitExceeded", "PendingSnapshotLimitExceeded", "ConcurrentSnapshotLimitExceeded"
        }) {
      FATES.add(
          fate(
                  "CreateSnapshots answers %s twice".formatted(code),
                  WELL,
                  Status.SUCCEEDED,
                  "APPLICATION",
                  "held by its scripts")
              .withCreate(refuse(code, 2)));
    }
    FATES.add(
        fate(
                "CreateSnapshots always answers PendingSnapshotLimitExceeded",
                WELL,
                Status.FAILED,
                "none",
                "PendingSnapshotLimitExceeded")
            .withCreate(refuse("PendingSnapshotLimitExceeded", 99)));
    FATES.add(
        fate("CreateSnapshots is not allowed", WELL, Status.FAILED, "none", "UnauthorizedOperation")
            .withCreate(refuse("UnauthorizedOperation", 99)));
    FATES.add(
        fate("a snapshot fails", WELL, Status.FAILED, "APPLICATION", "failed:")
            .withSet(SnapshotBehavior.GOOD.failing()));
    FATES.add(
        fate(
                "a snapshot takes six hours",
                WELL,
                Status.SUCCEEDED,
                "APPLICATION",
                "held by its scripts")
            .withSet(SnapshotBehavior.GOOD.taking(Duration.ofHours(6))));
    FATES.add(
        fate("events are lost", WELL, Status.SUCCEEDED, "APPLICATION", "held by its scripts")
            .withSet(SnapshotBehavior.GOOD.losingEvents()));
    FATES.add(
        fate("events come twice", WELL, Status.SUCCEEDED, "APPLICATION", "held by its scripts")
            .withSet(SnapshotBehavior.GOOD.doublingEvents()));
    FATES.add(
        fate("events come early", WELL, Status.SUCCEEDED, "APPLICATION", "held by its scripts")
            .withSet(SnapshotBehavior.GOOD.completingEarly()));
    FATES.add(
        fate("events come a day late", WELL, Status.SUCCEEDED, "APPLICATION", "held by its scripts")
            .withSet(SnapshotBehavior.GOOD.delayingEvents(Duration.ofDays(1))));
  }

  /** Looks up the fate of an instance by its number, from 1. */
  private static final class Fortune implements GuestFault, SetFault, CallFault {
    private final Map<String, Integer> scripts = new TreeMap<>();
    private final Map<String, Integer> creations = new TreeMap<>();

    private static Behavior of(String instanceId) {
      return FATES.get(Integer.parseInt(instanceId.substring(2), 16) - 1);
    }

    @Override
    public boolean offline(String instanceId) {
      return of(instanceId).offline();
    }

    @Override
    public ScriptBehavior script(String instanceId, String command) {
      int number = scripts.merge(instanceId + command, 1, Integer::sum);
      return of(instanceId).scripts().apply(command + " " + number);
    }

    @Override
    public SnapshotBehavior fate(String instanceId) {
      return of(instanceId).set();
    }

    @Override
    public void before(String action, boolean changes, Caller caller, String detail) {
      if (!action.equals("ec2:CreateSnapshots")) {
        return;
      }
      int number = creations.merge(caller.instanceId(), 1, Integer::sum);
      of(caller.instanceId())
          .create()
          .apply(number)
          .ifPresent(
              code -> {
                throw Ec2Exception.builder()
                    .statusCode(code.equals("RequestLimitExceeded") ? 503 : 400)
                    .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
                    .build();
              });
    }
  }

  private static Result result;

  @BeforeAll
  static void rehearseAllFatesAtOnce() {
    Fortune fortune = new Fortune();
    Fleet fleet = Fleets.of(FATES.size(), 2);
    result =
        Scene.of(fleet)
            .faults(Faults.NONE.withGuests(fortune).withSets(fortune).withCalls(fortune))
            .play();
  }

  @Test
  void everyPromiseIsKept() {
    Invariants.areKept(result);
  }

  @Test
  void aRunWithFailedBackupsIsNotGood() {
    assertThat(result.good()).isFalse();
  }

  @TestFactory
  List<DynamicTest> eachEndsWithTheRightVerdictAndReason() {
    List<DynamicTest> tests = new ArrayList<>();
    for (InstanceReport report : result.reports()) {
      Behavior fate = Fortune.of(report.instance().value());
      tests.add(
          DynamicTest.dynamicTest(
              fate.name(),
              () -> {
                assertThat(report.reason()).contains(fate.sentence());
                assertThat(report.status()).isEqualTo(fate.status());
                assertThat(report.consistency().orElse("none")).isEqualTo(fate.consistency());
              }));
    }
    return tests;
  }
}
