package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Somebody may start executions, or tag snapshots or instances, and tries what can be had by it.
 */
class ForgedThingsTest {
  private static final String MINE = Fleets.instanceId(1);
  private static final String OTHER = Fleets.instanceId(2);
  private static final String RUN = "daily-20261122T020000Z";
  private static final Policy POLICY =
      new PolicyReader()
          .read(
              "policy.yaml",
              """
              name: daily
              schedule: {cron: "0 2 * * ? *"}
              scripts: {document: freezeframe-filesystem, timeout: 30s, retries: 1}
              retention: {days: 1}
              """);

  /** Instance 1 is a target, instance 2 is not. */
  private static Fleet fleet() {
    Fleet other = Fleets.one(2, 1);
    Instance untagged = other.instances().get(0).copy(instance -> instance.tags(List.of()));
    return Fleets.together(Fleets.one(1, 1), new Fleet(List.of(untagged), other.volumes()));
  }

  /** No call for a set of instance 1 is answered, and none takes any. */
  private static final CallFault NO_SET =
      new CallFault() {
        @Override
        public void before(String action, boolean changes, Caller caller, String detail) {
          if (action.equals("ec2:CreateSnapshots") && detail.equals(MINE)) {
            throw SdkClientException.create("the connection was reset");
          }
        }
      };

  private static String start(EmbeddedCloud cloud, String instance, String forged) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.put("instanceId", instance);
    input.put("runId", RUN);
    input.set("policy", Json.mapper().valueToTree(POLICY));
    try {
      input.setAll((ObjectNode) Json.mapper().readTree(forged));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
    return cloud
        .states()
        .start(Account.arn("states", "stateMachine:snapshot-instance"), "forged", input);
  }

  /** Somebody takes snapshots of instance 2 of his own, and tags the first of them. */
  private static void takeForeign(
      EmbeddedCloud cloud, Instant at, List<String> taken, Map<String, String> tags) {
    cloud
        .time()
        .at(
            at,
            () ->
                cloud
                    .time()
                    .start(
                        "somebody",
                        () -> {
                          String id =
                              cloud
                                  .ec2()
                                  .createSnapshots(
                                      request ->
                                          request
                                              .description("the closing of the year")
                                              .instanceSpecification(i -> i.instanceId(OTHER)))
                                  .snapshots()
                                  .get(0)
                                  .snapshotId();
                          taken.add(id);
                          cloud.time().pause(Duration.ofMinutes(1));
                          cloud
                              .ec2()
                              .createTags(
                                  request ->
                                      request
                                          .resources(id)
                                          .tags(
                                              tags.entrySet().stream()
                                                  .map(
                                                      tag ->
                                                          Tag.builder()
                                                              .key(tag.getKey())
                                                              .value(tag.getValue())
                                                              .build())
                                                  .toList()));
                        })
                    .attach(Caller.UNNAMED));
  }

  private static Map<String, String> tagsOf(int attempt) {
    Map<String, String> tags = new TreeMap<>();
    tags.put(SnapshotTags.POLICY, "daily");
    tags.put(SnapshotTags.RUN, RUN);
    tags.put(SnapshotTags.INSTANCE, MINE);
    tags.put(SnapshotTags.CONSISTENCY, "APPLICATION");
    tags.put(SnapshotTags.EXPIRES_AT, "2020-01-01T00:00:00Z");
    if (attempt > 0) {
      String execution =
          Account.arn("states", "execution:snapshot-instance:%s-%s".formatted(MINE, RUN));
      tags.put(SnapshotTags.SET, AttemptId.of(execution, attempt).value());
    }
    return tags;
  }

  private static List<String> recorded(Result result) {
    return result.lives().keySet().stream().map(SnapshotId::value).toList();
  }

  @Test
  void anInputThatClaimsAFreezeAndASetProvesNothing() {
    String attempt = AttemptId.of("anything", 1).value();
    String forged =
        """
        {"set": {"answer": {"id": "%1$s", "pointInTime": "2026-11-22T00:00:03Z",
           "members": [{"snapshot": "snap-0123456789abcdef0", "volume": "vol-0123456789abcdef0"}],
           "quiescent": true, "adopted": false}},
         "preScript": {"answer": {"attempt": "%1$s", "knownAt": "2026-11-22T00:00:02Z",
           "frozeNothing": false}},
         "postScript": {"answer": {"attempt": "%1$s", "sentAt": "2026-11-22T00:00:04Z",
           "answer": "THAWED", "words": "succeeded"}},
         "withoutScripts": {"decided": true}, "outcome": {"answer": {"status": "SUCCEEDED"}}}
        """
            .formatted(attempt);
    List<Execution> ended = new ArrayList<>();
    Result result =
        Scene.of(fleet())
            .firings(List.of())
            .faults(Faults.NONE.withCalls(NO_SET))
            .besides(
                cloud -> {
                  String arn = start(cloud, MINE, forged);
                  ended.add(cloud.states().execution(arn));
                })
            .play();

    assertThat(result.ledger())
        .noneMatch(item -> "APPLICATION".equals(item.get("consistency")))
        .noneMatch(item -> "snap-0123456789abcdef0".equals(item.get("snapshotId")))
        .anyMatch(item -> Status.FAILED.name().equals(item.get("status")));
    assertThat(result.stillFrozen()).isEmpty();
    assertThat(ended.get(0).error()).isPresent();
  }

  @Test
  void anInstanceThatIsNoTargetIsNeitherFrozenNorSnapshot() {
    Result result =
        Scene.of(fleet()).firings(List.of()).besides(cloud -> start(cloud, OTHER, "{}")).play();

    assertThat(result.ledger())
        .anyMatch(
            item -> "it carries no target tag of the policy (any more)".equals(item.get("reason")));
    assertThat(result.calls()).doesNotContainKeys("ssm:SendCommand", "ec2:CreateSnapshots");
  }

  @Test
  void aForeignSnapshotThatWasTaggedAsTheSetOfABackupIsNotTakenForIt() {
    List<String> foreign = new ArrayList<>();
    Instant early = Scene.DUE.minus(Duration.ofMinutes(10));
    Scene scene = Scene.of(fleet()).faults(Faults.NONE.withCalls(NO_SET));
    for (int attempt = 0; attempt < 4; attempt++) {
      int number = attempt;
      scene.alsoBesides(
          cloud -> takeForeign(cloud, early.plusSeconds(20L * number), foreign, tagsOf(number)));
    }
    Result result =
        scene
            .alsoBesides(
                cloud ->
                    cloud.scheduleExpiry(
                        IntStream.range(1, 6)
                            .mapToObj(day -> Scene.DUE.plus(Duration.ofDays(day)))
                            .toList()))
            .play();

    InstanceReport report = result.reports().get(0);
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.snapshots()).isEmpty();
    assertThat(result.stillFrozen()).isEmpty();
    assertThat(foreign).hasSize(4);
    assertThat(recorded(result)).doesNotContainAnyElementsOf(foreign);
    assertThat(result.snapshots()).extracting(SnapshotView::snapshotId).containsAll(foreign);
  }

  /** It comes while the guest is frozen, before the call for the set is on its way. */
  @Test
  void anEndThatIsMadeUpThawsAndNoSetOfItIsCalledConsistent() {
    EmbeddedCloud[] clouds = new EmbeddedCloud[1];
    CallFault forges =
        new CallFault() {
          private boolean forged;

          @Override
          public void before(String action, boolean changes, Caller caller, String detail) {
            if (action.equals("ec2:CreateSnapshots") && !forged) {
              forged = true;
              clouds[0]
                  .states()
                  .start(
                      clouds[0].arn("thaw-abandoned"), "forged", end(clouds[0].backups().get(0)));
              clouds[0].time().pause(Duration.ofSeconds(5));
            }
          }
        };

    Result result =
        Scene.of(fleet())
            .faults(Faults.NONE.withCalls(forges))
            .besides(cloud -> clouds[0] = cloud)
            .play();

    assertThat(result.log())
        .anyMatch(
            call ->
                call.action().equals("ssm:SendCommand")
                    && call.caller().task().equals("ThawAbandoned"));
    assertThat(result.stillFrozen()).isEmpty();
    assertThat(result.snapshots()).isNotEmpty();
    assertThat(result.ledger()).noneMatch(item -> "APPLICATION".equals(item.get("consistency")));
  }

  private static ObjectNode end(Execution running) {
    ObjectNode event = Json.mapper().createObjectNode();
    event.put("source", "aws.states").put("account", Account.ID).put("region", Account.REGION);
    event
        .putObject("detail")
        .put("executionArn", running.arn())
        .put("status", "ABORTED")
        .put("input", running.input().toString());
    return event;
  }
}
