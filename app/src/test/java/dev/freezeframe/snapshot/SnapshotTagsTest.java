package dev.freezeframe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.policy.Tagging;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotTagsTest {

  /** The keys are counted before a freeze, the tags given in it. */
  @Test
  void theKeysThatAreCountedAreThoseThatASetIsCreatedWith() {
    PolicyName policy = new PolicyName("daily");
    SetOrder order =
        new SetOrder(
            AttemptId.of("execution", 1),
            new InstanceId("i-0abc0000000000001"),
            policy,
            RunId.of(policy, Instant.parse("2026-11-22T02:00:00Z")),
            new VolumeSelection(
                List.of(new VolumeId("vol-0abc0000000000001")),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new Tagging(Map.of("team", "data"), true));

    assertThat(SnapshotTags.keysOnCreate(order.tagging()))
        .containsExactlyInAnyOrderElementsOf(SnapshotTags.onCreate(order).keySet());
  }
}
