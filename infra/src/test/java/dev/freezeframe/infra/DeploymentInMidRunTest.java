package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.infra.settings.Setting;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.fleet.ExampleFleet;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.rehearsal.ssm.Guest;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A deployment that takes a policy away while its guest is frozen, by a document without a timer:
 * from that instant on, functions may send what the new template grants.
 */
class DeploymentInMidRunTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Duration NIGHT = Duration.ofHours(8);
  private static final String DOCUMENT = "hold-orders";
  private static final Map<String, Object> NAMED =
      Map.of(Setting.DOCUMENTS.key(), "[\"%s\"]".formatted(DOCUMENT));
  private static final Map<String, Object> NAMED_NOWHERE = Map.of();

  private static final Policy STAYS =
      new PolicyReader()
          .read("a", "name: stays\ntargets: [no=body]\nscripts: {document: freezeframe-sync}\n");
  private static final Policy GOES =
      new PolicyReader()
          .read(
              "b",
              "name: goes\ntargets: [snapshot=snapshot]\nscripts: {document: %s}\n"
                  .formatted(DOCUMENT));

  private static final String CONTENT =
      """
      {"schemaVersion": "2.2", "description": "Holds orders until its post-script",
       "parameters": {"command": {"type": "String", "default": "dry-run",
                                  "allowedValues": ["pre-script", "post-script", "dry-run"]},
                      "executionId": {"type": "String", "default": "None"}},
       "mainSteps": [{"action": "aws:runShellScript", "name": "hold",
                      "inputs": {"runCommand": ["# freezeframe-rehearsal: holds=all",
                                                "hold {{ command }} {{ executionId }}"]}}]}
      """;

  /**
   * How the night ended.
   *
   * @param sent who sent what after the deployment, and {@code denied} where it was refused
   */
  private record Ended(ExecutionStatus status, boolean frozen, int freezes, Set<String> sent) {}

  /** The template that is deployed first, and beside it a document that is not the stack's. */
  private static ObjectNode before(boolean tagged) {
    ObjectNode template = Flattened.of(Synthesized.of(NAMED, List.of(STAYS, GOES)));
    String tags = tagged ? "[{\"Key\": \"DLMScriptsAccess\", \"Value\": \"true\"}]" : "[]";
    ((ObjectNode) template.get("Resources"))
        .set(
            "OfOthers",
            Json.read(
                """
                {"Type": "AWS::SSM::Document",
                 "Properties": {"Name": "%s", "Tags": %s, "Content": %s}}
                """
                    .formatted(DOCUMENT, tags, CONTENT)));
    return template;
  }

  private static JsonNode withoutThePolicy(Map<String, Object> settings) {
    return Flattened.of(Synthesized.of(settings, List.of(STAYS)));
  }

  /**
   * Plays a night.
   *
   * @param second what is deployed when the set has been taken, before the post-script
   * @param aborted whether somebody aborts the execution then
   */
  private static Ended play(JsonNode first, JsonNode second, boolean aborted) {
    Fleet all = ExampleFleet.read(new Seed(1));
    Fleet fleet = new Fleet(all.instances().subList(0, 1), all.volumes());
    TemplateCloud[] deployed = new TemplateCloud[1];
    Instant[] deployedAt = new Instant[1];
    CallFault deployment =
        new CallFault() {
          @Override
          public void after(String action, boolean changes, Caller caller, String detail) {
            if (action.equals("ec2:CreateSnapshots")) {
              deployed[0].deployGrants(second);
              deployedAt[0] = deployed[0].time().instant();
            }
          }
        };
    ExecutionFault abort =
        new ExecutionFault() {
          @Override
          public boolean abortsAfter(String execution, String instanceId, String state) {
            return aborted && state.equals("Create snapshots");
          }
        };
    try (TemplateCloud cloud =
        new TemplateCloud(
            first,
            fleet,
            Faults.NONE.withCalls(deployment).withExecutions(abort),
            START,
            Duration.ofHours(4))) {
      deployed[0] = cloud;
      cloud.time().runUntil(START.plus(NIGHT));
      List<Execution> backups = cloud.executions("freezeframe-snapshot-instance");
      Guest guest = cloud.ssm().guest(fleet.instances().get(0).instanceId());
      assertThat(backups).hasSize(1);
      assertThat(deployedAt[0]).as("a set was taken").isNotNull();
      return new Ended(
          backups.get(0).status(),
          guest.frozen(),
          guest.freezes().size(),
          sentSince(cloud, deployedAt[0]));
    }
  }

  private static Set<String> sentSince(TemplateCloud cloud, Instant deployedAt) {
    return cloud.api().calls().stream()
        .filter(call -> call.action().equals("ssm:SendCommand"))
        .filter(call -> !call.startedAt().isBefore(deployedAt))
        .map(DeploymentInMidRunTest::words)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String words(Call call) {
    String denied = call.error().equals("AccessDeniedException") ? " denied" : "";
    return call.caller().task().replaceFirst("^freezeframe-", "") + " " + call.detail() + denied;
  }

  @Test
  void thePostScriptIsPermittedAndThawsTheGuest() {
    Ended ended = play(before(false), withoutThePolicy(NAMED), false);

    assertThat(ended.freezes()).isEqualTo(1);
    assertThat(ended.frozen()).isFalse();
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.sent()).containsExactly("RunPostScript post-script");
  }

  @Test
  void soDoesTheThawOfAnExecutionThatIsAbortedThen() {
    Ended ended = play(before(false), withoutThePolicy(NAMED), true);

    assertThat(ended.freezes()).isEqualTo(1);
    assertThat(ended.frozen()).isFalse();
    assertThat(ended.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(ended.sent()).containsExactly("ThawAbandoned post-script");
  }

  @Test
  void aDocumentThatIsNamedNowhereAnyMoreThawsIfItCarriesTheTagOfDlm() {
    Ended ended = play(before(true), withoutThePolicy(NAMED_NOWHERE), false);

    assertThat(ended.frozen()).isFalse();
    assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(ended.sent()).containsExactly("RunPostScript post-script");
  }

  /**
   * What the thaw was granted before it outlived policies: the documents of those that are left.
   */
  @Test
  void aGrantOfLivingPoliciesAloneLeavesTheGuestFrozen() {
    Ended ended = play(before(false), withoutThePolicy(NAMED_NOWHERE), false);

    assertThat(ended.freezes()).isEqualTo(1);
    assertThat(ended.frozen()).isTrue();
    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(ended.sent())
        .containsExactly("RunPostScript post-script denied", "ThawAbandoned post-script denied");
  }
}
