package dev.freezeframe.task.backup;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.Settings;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The event of a backup is a part of its execution's state, which Step Functions bounds at 256 KiB
 * as EventBridge bounds the event: here 128 volumes with 50 tags of the longest each.
 */
class LargestStateTest {
  private static final int BOUND = 256 * 1024 * 95 / 100;
  private static final int VOLUMES = 128;
  private static final Instant AT = Instant.parse("2026-11-22T02:00:00.123Z");
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");
  private static final String EMOJI = "\ud83d\ude00";
  private static final String EXECUTION =
      "arn:aws:states:eu-central-1:111122223333:execution:"
          + "freezeframe-snapshot-instance:i-0123456789abcdef0-"
          + "p".repeat(40)
          + "-20261122T020000Z";

  /** Its targets take the 32 KB that a policy may have of them. */
  private static Policy policy() {
    StringBuilder targets = new StringBuilder();
    for (int target = 0; target < 20; target++) {
      targets.append("\"%02d%s=%s\",".formatted(target, EMOJI.repeat(126), EMOJI.repeat(256)));
    }
    return new PolicyReader()
        .read("p.yaml", "{name: %s, targets: [%s]}".formatted("p".repeat(40), targets));
  }

  /** Each volume is attached to 15 other instances, as many as Multi-Attach allows. */
  private static VolumeSelection selection() {
    List<VolumeId> included =
        IntStream.rangeClosed(1, VOLUMES).mapToObj(Settings::volumeId).toList();
    List<VolumeId> excluded = IntStream.rangeClosed(201, 240).mapToObj(Settings::volumeId).toList();
    return new VolumeSelection(
        included,
        true,
        excluded,
        excluded.stream().map(id -> "%s is tagged %s".formatted(id, EMOJI.repeat(60))).toList(),
        Optional.of(included.stream().collect(toMap(id -> id, id -> "x".repeat(40)))),
        Optional.of(EMOJI.repeat(100)),
        Optional.empty(),
        Optional.of(
            included.stream().collect(toMap(id -> id, id -> Collections.nCopies(15, INSTANCE)))));
  }

  private static SnapshotSet set() {
    return new SnapshotSet(
        AttemptId.of(EXECUTION, 1),
        AT,
        IntStream.rangeClosed(1, VOLUMES)
            .mapToObj(
                number ->
                    new SnapshotSet.Member(
                        new SnapshotId("snap-%017x".formatted(number)), Settings.volumeId(number)))
            .toList(),
        false,
        true);
  }

  private static RestoreFacts facts(RunId run, String character) {
    Map<String, String> tags =
        IntStream.range(0, 50)
            .boxed()
            .collect(
                toMap(
                    number -> "%02d".formatted(number) + character.repeat(126),
                    number -> character.repeat(256)));
    return InspectedInstance.of(
            run,
            INSTANCE,
            AT,
            Optional.of(Settings.instance(tags)),
            IntStream.rangeClosed(1, VOLUMES)
                .mapToObj(number -> Settings.volume(number, "/dev/" + "x".repeat(35), tags))
                .toList())
        .facts(set().id(), set().volumes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u0000", "\"", "\u20ac"})
  void theLargestSetFitsIntoAStateWithItsEvent(String character) throws JsonProcessingException {
    Policy policy = policy();
    RunId run = RunId.of(policy.name(), AT);
    OutcomeEvent event =
        new OutcomeEvent(
            policy.name(),
            run,
            INSTANCE,
            EXECUTION,
            Status.SUCCEEDED,
            Optional.of(Consistency.APPLICATION),
            Optional.of(Proof.CLAIMED),
            "r".repeat(2000),
            Optional.of("d".repeat(128)),
            Optional.of(30L),
            Optional.of(set().id()),
            1,
            Optional.of("s".repeat(1000)),
            Optional.of("s".repeat(1000)),
            Optional.of(2.106),
            Optional.of(AT),
            set().members().stream()
                .map(
                    member ->
                        new OutcomeEvent.Member(
                            member.snapshot(),
                            member.volume(),
                            SnapshotState.COMPLETED,
                            Optional.of(Consistency.APPLICATION),
                            Optional.of(Proof.CLAIMED)))
                .toList(),
            AT,
            Optional.of(facts(run, character).forEvent()));

    assertThat(bytes(event)).as("an event").isLessThan(BOUND / 2);
    assertThat(bytes(event) + bytes(policy) + bytes(selection()) + bytes(set()))
        .as("a state")
        .isLessThan(BOUND);
  }

  private static int bytes(Object value) throws JsonProcessingException {
    return Json.mapper().writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length;
  }
}
