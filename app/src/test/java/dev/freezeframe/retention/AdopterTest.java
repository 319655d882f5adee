package dev.freezeframe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.inventory.VolumeFacts;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.restore.AttachedVolume;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.Settings;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdopterTest {
  private static final String DLM = "aws:dlm:lifecycle-policy-id";
  private static final Policy POLICY =
      new PolicyReader().read("policy.yaml", "name: daily\nretention: {days: 14}\n");

  private final Fleet fleet = new Fleet();
  private final Map<InstanceId, Map<String, String>> tags = new HashMap<>();
  private final Adopter adopter = new Adopter(fleet.ledger, fleet.live, new TaggedInstances(tags));
  private final SnapshotId one = new SnapshotId("snap-0000000000000aaa1");
  private final SnapshotId other = new SnapshotId("snap-0000000000000aaa2");

  @BeforeEach
  void foreignSnapshots() {
    fleet.passTo("2026-01-01T02:00:00Z");
    for (SnapshotId id : List.of(one, other)) {
      int volume = id.equals(one) ? 1 : 2;
      fleet.live.add(
          new Ec2Snapshot(
              id,
              Fleet.volume(1, volume),
              fleet.now(),
              SnapshotState.COMPLETED,
              Optional.of(fleet.now()),
              Map.of(DLM, "policy-1"),
              Optional.empty(),
              List.of()));
      fleet.live.attach(Fleet.volume(1, volume), Fleet.instance(1));
    }
    fleet.pass(Duration.ofDays(1));
  }

  private Adopter.Result adopt(Optional<InstanceId> instance, boolean apply) {
    return adopter.adopt(
        new Adopter.Order(TagSelector.parse(DLM), POLICY, Optional.empty(), instance),
        Optional.empty(),
        apply,
        fleet.now());
  }

  @Test
  void aPreviewSaysWhatWouldBeAdoptedAndAdoptsNothing() {
    Adopter.Result result = adopt(Optional.empty(), false);

    assertThat(result.adopted()).isEqualTo(2);
    assertThat(result.words())
        .singleElement()
        .asString()
        .startsWith("would adopt [snap-")
        .endsWith("; the policy says 14 days");
    assertThat(fleet.ledger.lives(List.of(one, other))).isEmpty();
    assertThat(fleet.live.all().get(one).tags()).containsOnlyKeys(DLM);
  }

  @Test
  void whatHasOnePointInTimeBecomesOneSetThatEndsByThePolicy() {
    adopt(Optional.empty(), true);

    List<SnapshotHistory> lives = fleet.ledger.lives(List.of(one, other));
    assertThat(lives.stream().map(life -> life.row().set()).collect(Collectors.toSet())).hasSize(1);
    assertThat(lives)
        .allSatisfy(
            life -> {
              assertThat(life.row().consistency()).contains(Consistency.UNKNOWN);
              assertThat(life.row().expiresAt()).contains(Instant.parse("2026-01-15T02:00:00Z"));
              assertThat(life.adoption().orElseThrow().from()).contains(DLM);
            });
    assertThat(fleet.live.all().get(one).tags())
        .containsEntry(SnapshotTags.RUN, "daily-20260101T020000Z");
  }

  @Test
  void theLifetimeTagOfTheInstanceOverridesThePolicysDaysAsForSetsThatAreTaken() {
    tags.put(Fleet.instance(1), Map.of("snaplifetime", "365"));

    assertThat(adopt(Optional.empty(), true).words())
        .singleElement()
        .asString()
        .endsWith("; the instance tag snaplifetime says 365 days");
    assertThat(fleet.ledger.lives(List.of(one, other)))
        .extracting(life -> life.row().expiresAt())
        .containsOnly(Optional.of(Instant.parse("2027-01-01T02:00:00Z")));
    fleet.passTo("2026-01-15T03:00:00Z");
    fleet.take(1, Consistency.APPLICATION, Sets.days(14));
    assertThat(fleet.expire().deleted()).isZero();
  }

  @Test
  void whatIsAdoptedIsDeletedWhenItIsOver() {
    adopt(Optional.empty(), true);
    fleet.passTo("2026-01-15T03:00:00Z");
    fleet.take(1, Consistency.APPLICATION, Sets.days(14));

    assertThat(fleet.expire().deleted()).isEqualTo(2);
  }

  /** The one volume is still attached, the other is not. */
  @Test
  void howInstanceAndVolumesAreSetIsRecordedAsFarAsEc2KnowsItNow() {
    AttachedVolume attached = Settings.volume(1, "/dev/sdf", Map.of("a", "b"));
    VolumeId volume = Fleet.volume(1, 1);
    tags.put(Fleet.instance(1), Map.of());
    new Adopter(
            fleet.ledger,
            fleet.live,
            new TaggedInstances(
                tags,
                Map.of(
                    volume,
                    new VolumeFacts(
                        new AttachedVolume(
                            volume,
                            attached.device(),
                            attached.type(),
                            attached.iops(),
                            attached.throughput(),
                            attached.sizeGiB(),
                            attached.zone(),
                            attached.encrypted(),
                            attached.kmsKeyId(),
                            attached.deleteOnTermination(),
                            attached.multiAttach(),
                            attached.tags()),
                        List.of()))))
        .adopt(
            new Adopter.Order(TagSelector.parse(DLM), POLICY, Optional.empty(), Optional.empty()),
            Optional.empty(),
            true,
            fleet.now());

    RestoreFacts facts = factsOf(one);
    assertThat(facts.recordedAt()).isEqualTo(fleet.now());
    assertThat(facts.settings()).isPresent();
    assertThat(facts.of(one).orElseThrow().type()).contains("gp3");
    assertThat(facts.of(one).orElseThrow().tags()).isEqualTo(Map.of("a", "b"));
    assertThat(facts.of(other).orElseThrow().type()).isEmpty();
    assertThat(facts.of(other).orElseThrow().sizeGiB()).isEmpty();
  }

  @Test
  void ofAnInstanceThatIsGoneNothingIsMadeUp() {
    adopt(Optional.empty(), false);
    assertThat(fleet.ledger.lives(List.of(one))).as("a preview records nothing").isEmpty();
    adopt(Optional.empty(), true);

    assertThat(factsOf(one).settings()).isEmpty();
    assertThat(factsOf(one).of(one).orElseThrow().device()).isEmpty();
  }

  private RestoreFacts factsOf(SnapshotId snapshot) {
    return fleet
        .ledger
        .facts(fleet.ledger.lives(List.of(snapshot)).get(0).row().set())
        .orElseThrow();
  }

  @Test
  void aSecondAdoptionFindsNothing() {
    adopt(Optional.empty(), true);

    assertThat(adopt(Optional.empty(), true).adopted()).isZero();
  }

  @Test
  void whatNothingTellsTheInstanceOfIsLeftAndNamed() {
    SnapshotId orphan = new SnapshotId("snap-0000000000000aaa3");
    fleet.live.add(
        new Ec2Snapshot(
            orphan,
            Fleet.volume(7, 1),
            fleet.now(),
            SnapshotState.COMPLETED,
            Optional.empty(),
            Map.of(DLM, "policy-1"),
            Optional.empty(),
            List.of()));

    assertThat(adopt(Optional.empty(), true).words().get(0))
        .isEqualTo(orphan + " is left alone: its instance is unknown, pass instanceId");
    assertThat(adopt(Optional.of(Fleet.instance(7)), true).adopted()).isEqualTo(1);
  }
}
