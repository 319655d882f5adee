package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * A guest whose post-script does not answer as it should: who is told when, and what a redrive
 * does.
 */
class UnprovedThawsTest {
  private static final PolicyName DAILY = new PolicyName("daily");
  private static final RunId RUN = RunId.of(DAILY, Scene.DUE);
  private static final String INSTANCE = Fleets.instanceId(1);

  /** Long after everybody who tries by himself has given up. */
  private static final Instant GIVEN_UP = Scene.DUE.plus(Duration.ofHours(2));

  private static final Instant REDRIVEN = Scene.DUE.plus(Duration.ofHours(3));
  private static final Instant END = Scene.DUE.plus(Duration.ofHours(5));

  /** What post-scripts come to until somebody has fixed the guest. */
  private static final class Guest implements GuestFault {
    private final ScriptBehavior fate;
    private boolean good;

    Guest(ScriptBehavior fate) {
      this.fate = fate;
    }

    @Override
    public ScriptBehavior script(String instanceId, String command) {
      return command.equals("post-script") && !good ? fate : ScriptBehavior.GOOD;
    }
  }

  private final List<ExecutionStatus> statuses = new ArrayList<>();
  private final List<FreezeRow> freezes = new ArrayList<>();

  private void look(EmbeddedCloud cloud) {
    statuses.add(cloud.backups().get(0).status());
    freezes.clear();
    freezes.addAll(cloud.ledger().freezes(RUN, new InstanceId(INSTANCE)));
  }

  private Scene redriven(Guest guest, Runnable before) {
    return Scene.of(Fleets.of(1, 1))
        .faults(Faults.NONE.withGuests(guest))
        .besides(
            cloud -> {
              cloud
                  .time()
                  .at(
                      GIVEN_UP,
                      () -> {
                        look(cloud);
                        before.run();
                      });
              cloud.time().at(REDRIVEN, () -> cloud.states().redrive(cloud.backups().get(0).arn()));
              cloud.time().at(END, () -> look(cloud));
            });
  }

  @Test
  void aRedriveSendsThePostScriptAgainAndPutsTheProofOnRecord() {
    Guest guest = new Guest(new ScriptBehavior.Exits(202));

    Result result = redriven(guest, () -> guest.good = true).play();

    Invariants.areKept(result);
    assertThat(statuses).containsExactly(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
    assertThat(freezes).isNotEmpty().allMatch(FreezeRow::thawProved);
    assertThat(result.reports().get(0).states())
        .containsSubsequence(
            "Backup failed",
            "Backup failed",
            "Prepare another thaw",
            "Thaw again",
            "Backup failed");
    assertThat(result.calls()).containsEntry("ec2:CreateSnapshots", 1);
  }

  @Test
  void aRedriveOfAGuestThatIsStillSilentFailsAgainWithoutEnd() {
    Guest guest = new Guest(new ScriptBehavior.Exits(202));

    Result result = redriven(guest, () -> {}).play();

    assertThat(statuses).containsExactly(ExecutionStatus.FAILED, ExecutionStatus.FAILED);
    assertThat(result.reports().get(0).states()).filteredOn("Thaw again"::equals).hasSize(1);
  }

  /**
   * The document's own scripts go on to fail, as a third-party one may that is sent a second time.
   */
  @Test
  void aThawByHandWithTheParametersOfTheAttemptIsTheProof() {
    Guest guest = new Guest(new ScriptBehavior.Exits(202));

    Result result =
        redriven(guest, () -> {})
            .alsoBesides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            GIVEN_UP.plusSeconds(60),
                            () -> cloud.time().start("operator", () -> sendByHand(cloud, guest))))
            .play();

    assertThat(statuses).containsExactly(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
    assertThat(freezes).isNotEmpty().allMatch(FreezeRow::thawProved);
    assertThat(result.calls()).containsEntry("ec2:CreateSnapshots", 1);
  }

  private static void sendByHand(EmbeddedCloud cloud, Guest guest) {
    Execution backup = cloud.backups().get(0);
    guest.good = true;
    cloud
        .ssm()
        .client(1)
        .sendCommand(
            request ->
                request
                    .instanceIds(INSTANCE)
                    .documentName("freezeframe-filesystem")
                    .parameters(
                        Map.of(
                            "command",
                            List.of("post-script"),
                            "executionId",
                            List.of(AttemptId.of(backup.arn(), 1).value()))));
    cloud.time().pause(Duration.ofSeconds(10));
    guest.good = false;
  }

  /** Why a post-script proves no thaw, and what that takes with a time-out of 30 s. */
  private enum Trouble {
    EXITS_202(Duration.ofSeconds(5)),
    DENIED(Duration.ofSeconds(5)),
    UNDELIVERED(DELIVERY.plus(GRACE)),
    HANGS(TIMEOUT.plus(GRACE).plusSeconds(5)),
    THROTTLED(TIMEOUT.plus(GRACE).plusSeconds(5)),
    UNANSWERED(TIMEOUT.plus(GRACE).plusSeconds(5));

    private final Duration most;

    Trouble(Duration most) {
      this.most = most;
    }

    Faults faults() {
      return switch (this) {
        case EXITS_202 -> of(new ScriptBehavior.Exits(202));
        case UNDELIVERED -> of(new ScriptBehavior.Undelivered(Optional.empty()));
        case HANGS -> of(new ScriptBehavior.Hangs());
        case DENIED -> refused("AccessDeniedException", 400);
        case THROTTLED -> refused("ThrottlingException", 400);
        case UNANSWERED -> refused("InternalServerError", 500);
      };
    }

    private static Faults of(ScriptBehavior behavior) {
      return Faults.NONE.withGuests(new Guest(behavior));
    }

    private static Faults refused(String code, int status) {
      return Faults.NONE.withCalls(
          new CallFault() {
            @Override
            public void before(String action, boolean changes, Caller caller, String detail) {
              if (action.equals("ssm:SendCommand") && detail.equals("post-script")) {
                throw SsmException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                    .statusCode(status)
                    .build();
              }
            }
          });
    }
  }

  private static final Duration DELIVERY = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** What the states between freeze and post-script may take; then the guest is thawed anyway. */
  private static final Duration STEPS_BETWEEN = Duration.ofSeconds(30);

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void theFirstThawThatIsNotProvedIsToldOfAtOnceWhileTheRetriesGoOn(Trouble trouble) {
    List<Instant> told = new ArrayList<>();
    List<Double> sums = new ArrayList<>();
    Instant[] frozenAt = new Instant[1];
    Result result =
        Scene.of(Fleets.of(1, 1))
            .faults(trouble.faults())
            .besides(
                cloud -> {
                  whenMeasured(cloud, Metric.THAW_UNPROVED, told);
                  cloud
                      .time()
                      .at(
                          END,
                          () -> {
                            frozenAt[0] = cloud.ssm().guest(INSTANCE).freezes().get(0).from();
                            sums.add(cloud.measured().sum(DAILY, Metric.THAW_UNPROVED).orElse(0));
                          });
                })
            .play();
    List<Instant> sent =
        result.log().stream()
            .filter(call -> call.action().equals("ssm:SendCommand"))
            .filter(call -> call.detail().equals("post-script"))
            .map(Call::startedAt)
            .toList();

    assertThat(told).as("measured").isNotEmpty();
    assertThat(Duration.between(sent.get(0), told.get(0)))
        .as("from the first post-script to the metric")
        .isLessThanOrEqualTo(trouble.most);
    assertThat(Duration.between(frozenAt[0], told.get(0)))
        .as("from the freeze to the metric, as docs/operations.md has it")
        .isLessThanOrEqualTo(STEPS_BETWEEN.plus(DELIVERY).plus(TIMEOUT).plus(GRACE));
    assertThat(sums).as("once for the attempt").containsExactly(1.0);
    assertThat(sent).as("retries").hasSizeGreaterThan(3);
  }

  /** Looks each second of twenty minutes. */
  static void whenMeasured(EmbeddedCloud cloud, Metric metric, List<Instant> seen) {
    for (int second = 1; second < 1_200; second++) {
      cloud
          .time()
          .at(
              Scene.DUE.plusSeconds(second),
              () -> {
                if (cloud.measured().sum(DAILY, metric).isPresent()) {
                  seen.add(cloud.time().instant());
                }
              });
    }
  }
}
