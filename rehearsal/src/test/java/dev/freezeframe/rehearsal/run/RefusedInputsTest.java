package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Executions whose input nothing can make good. */
class RefusedInputsTest {
  private static final Instant LATER = Scene.DUE.plus(Duration.ofHours(3));
  private static final RunId RUN = RunId.of(new PolicyName("daily"), LATER);
  private static final InstanceId INSTANCE = new InstanceId(Fleets.instanceId(1));

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Starts one more execution of the machine of an earlier one, and looks at the cloud at the end.
   */
  private static Execution started(
      String machine, String input, Consumer<EmbeddedCloud> afterwards) {
    List<Execution> found = new ArrayList<>();
    Scene.of(Fleets.of(1, 1))
        .besides(
            cloud -> {
              cloud.startExpiry(Scene.DUE.plusSeconds(3_600), "{\"apply\": false}");
              cloud
                  .time()
                  .at(
                      LATER,
                      () ->
                          cloud.states().start(machineArn(cloud, machine), "by-hand", json(input)));
              cloud
                  .time()
                  .at(
                      LATER.plus(Duration.ofHours(2)),
                      () -> {
                        found.add(byHand(cloud));
                        afterwards.accept(cloud);
                      });
            })
        .play();
    return found.get(0);
  }

  private static String machineArn(EmbeddedCloud cloud, String machine) {
    return cloud.states().executions().stream()
        .map(Execution::stateMachineArn)
        .filter(arn -> arn.endsWith(":" + machine))
        .findFirst()
        .orElseThrow();
  }

  private static Execution byHand(EmbeddedCloud cloud) {
    return cloud.states().executions().stream()
        .filter(execution -> execution.name().equals("by-hand"))
        .findFirst()
        .orElseThrow();
  }

  private static void failsAtOnce(Execution execution, String sentence) {
    assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(execution.error()).contains("dev.freezeframe.task.InputRefusedException");
    assertThat(execution.cause().orElseThrow()).contains(sentence);
    assertThat(Duration.between(execution.startedAt(), execution.endedAt().orElseThrow()))
        .isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aBackupEndsAtOnceAndIsOnRecord() {
    List<OutcomeRow> outcomes = new ArrayList<>();
    Execution execution =
        started(
            "snapshot-instance",
            "{\"instanceId\": \"%s\", \"runId\": \"%s\", \"policy\": {}}".formatted(INSTANCE, RUN),
            cloud -> {
              cloud.ledger().outcome(RUN, INSTANCE).ifPresent(outcomes::add);
              assertThat(cloud.functions().dropped()).isEmpty();
            });

    failsAtOnce(execution, "work.policy.name is missing, expected text");
    assertThat(execution.stateNames())
        .containsExactly("First attempt", "Inspect instance", "Record outcome");
    assertThat(outcomes)
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.status()).isEqualTo(OutcomeRow.Status.FAILED);
              assertThat(outcome.reason()).endsWith("its policy was refused");
            });
  }

  @Test
  void aBackupOfNobodyInNoRunIsLeftAlone() {
    Execution execution =
        started(
            "snapshot-instance",
            "{\"instanceId\": \"db-1\", \"runId\": \"tonight\", \"policy\": {}}",
            cloud -> assertThat(cloud.functions().dropped()).isEmpty());

    failsAtOnce(execution, "work.policy.name is missing, expected text");
  }

  @Test
  void aRunEndsAtOnce() {
    failsAtOnce(
        started("run-policy", "{\"policy\": {}, \"scheduledAt\": \"tonight\"}", cloud -> {}),
        "work.policy.name is missing, expected text");
  }

  @Test
  void aRunOfRetentionEndsAtOnceAndDeletesNothing() {
    failsAtOnce(
        started("expire-snapshots", "{\"apply\": true, \"limit\": {\"share\": 7}}", cloud -> {}),
        "work.limit.share is 7.0, expected above 0 and up to 1");
    failsAtOnce(
        started("expire-snapshots", "{\"apply\": true, \"plan\": \"none\"}", cloud -> {}),
        "work.plan is 'none', expected a plan that is on record");
  }

  /** As after a deployment that writes what the functions of before do not read. */
  @Test
  void anAnswerThatNobodyCanReadWhileTheGuestIsFrozenIsFollowedByAThawAtOnce() {
    Mutation unreadable =
        new Mutation() {
          @Override
          public RequestStreamHandler function(String name, RequestStreamHandler real) {
            return !name.equals("CreateSnapshots")
                ? real
                : (input, output, context) -> {
                  ByteArrayOutputStream answer = new ByteArrayOutputStream();
                  real.handleRequest(input, answer, context);
                  JsonNode json = json(answer.toString(StandardCharsets.UTF_8));
                  if (json.has("pointInTime")) {
                    ((ObjectNode) json).put("pointInTime", "just now");
                  }
                  output.write(json.toString().getBytes(StandardCharsets.UTF_8));
                };
          }
        };
    Scene.of(Fleets.of(1, 1))
        .mutation(unreadable)
        .besides(
            cloud ->
                cloud
                    .time()
                    .at(
                        Scene.DUE.plusSeconds(1_800),
                        () -> {
                          Execution backup = cloud.backups().get(0);
                          assertThat(backup.status()).isEqualTo(ExecutionStatus.FAILED);
                          assertThat(cloud.ssm().guest(INSTANCE.value()).frozenFor())
                              .isLessThan(Duration.ofSeconds(15));
                          assertThat(
                                  cloud
                                      .ledger()
                                      .freezes(
                                          RunId.of(new PolicyName("daily"), Scene.DUE), INSTANCE))
                              .isNotEmpty()
                              .allMatch(FreezeRow::thawProved);
                        }))
        .play();
  }
}
