package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.operator.doctor.aws.fleet.RestoreCheck;
import dev.freezeframe.operator.doctor.check.fleet.RestoreRisks;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.report.RehearsalReport;
import dev.freezeframe.retention.RetainedSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.kms.model.KeyState;

/** What the report asks about the sets that are there, asked of the embedded EC2 and KMS. */
class BrokenRestoresTest {
  private static final String KEY =
      "arn:aws:kms:eu-central-1:123456789012:key/12345678-1234-1234-1234-123456789012";

  private static Fleet encrypted() {
    Fleet fleet = Fleets.one(1, 2);
    Instance instance =
        fleet
            .instances()
            .get(0)
            .copy(
                builder ->
                    builder
                        .instanceType("m5.large")
                        .imageId("ami-0123456789abcdef0")
                        .placement(where -> where.availabilityZone("eu-central-1a")));
    return new Fleet(
        List.of(instance),
        fleet.volumes().stream()
            .map(
                volume ->
                    volume.copy(
                        builder ->
                            builder
                                .encrypted(true)
                                .kmsKeyId(KEY)
                                .availabilityZone("eu-central-1a")))
            .toList());
  }

  private static RestoreRisks after(Consumer<EmbeddedCloud> change) {
    AtomicReference<RestoreRisks> risks = new AtomicReference<>();
    Scene.of(encrypted())
        .besides(
            cloud ->
                cloud
                    .time()
                    .start(
                        "report",
                        () -> {
                          cloud.time().pause(Duration.ofHours(6));
                          change.accept(cloud);
                          risks.set(ask(cloud));
                        }))
        .play();
    return risks.get();
  }

  private static RestoreRisks ask(EmbeddedCloud cloud) {
    return RestoreCheck.ask(
        cloud
            .ledger()
            .facts(
                RetainedSet.all(cloud.ledger(), cloud.time().instant()).stream()
                    .map(RetainedSet::set)
                    .toList()),
        cloud.ec2(),
        cloud.kms());
  }

  @Test
  void aSetOfAFleetThatIsAsItWasCanBeRestored() {
    assertThat(after(cloud -> {})).isEqualTo(RestoreRisks.NONE);
  }

  @Test
  void aKeyThatWasDisabledSinceIsNamed() {
    assertThat(after(cloud -> cloud.kms().put(KEY, KeyState.DISABLED)).troubles())
        .containsExactly(
            "key %s is Disabled: sets of %s that it encrypts cannot be restored"
                .formatted(KEY, Fleets.instanceId(1)));
  }

  @Test
  void theResultOfARehearsalNamesItAndIsNotGood() {
    Result good = Scene.of(encrypted()).play();
    Result bad =
        Scene.of(encrypted())
            .besides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plus(Duration.ofHours(6)),
                            () -> cloud.kms().put(KEY, KeyState.PENDING_DELETION)))
            .play();

    assertThat(good.risks()).isEqualTo(RestoreRisks.NONE);
    assertThat(good.good()).isTrue();
    assertThat(bad.good()).isFalse();
    assertThat(RehearsalReport.of(bad).troubles())
        .containsExactly(
            "key %s is PendingDeletion: sets of %s that it encrypts cannot be restored"
                .formatted(KEY, Fleets.instanceId(1)));
    assertThat(bad.calls()).as("what is asked at the end is not counted").isEqualTo(good.calls());
  }

  @Test
  void anInstanceThatIsGoneTakesNothingAwayThatItsSetsNeed() {
    assertThat(after(cloud -> cloud.ec2().terminate(Fleets.instanceId(1))).notes()).isEmpty();
  }
}
