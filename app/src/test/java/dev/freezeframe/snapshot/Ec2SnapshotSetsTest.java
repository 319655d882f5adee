package dev.freezeframe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.policy.Tagging;
import dev.freezeframe.task.KnownEc2;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Tag;

class Ec2SnapshotSetsTest {
  private static final PolicyName POLICY = new PolicyName("daily");
  private static final Instant AT = Instant.parse("2026-11-22T02:00:00Z");
  private static final RunId RUN = RunId.of(POLICY, AT);
  private static final InstanceId INSTANCE = new InstanceId("i-0abc0000000000001");
  private static final AttemptId ATTEMPT = AttemptId.of("execution", 1);

  private final KnownEc2 ec2 = new KnownEc2();
  private final SnapshotSets sets = new Ec2SnapshotSets(ec2);

  private static VolumeId volume(int number) {
    return new VolumeId("vol-%017x".formatted(number));
  }

  private static SetOrder order(
      boolean excludeBoot, List<VolumeId> excluded, Optional<String> tooManyTags, Tagging tagging) {
    return new SetOrder(
        ATTEMPT,
        INSTANCE,
        POLICY,
        RUN,
        new VolumeSelection(
            List.of(volume(1), volume(2)),
            excludeBoot,
            excluded,
            List.of(),
            Optional.empty(),
            tooManyTags,
            Optional.empty(),
            Optional.empty()),
        tagging);
  }

  private static SetOrder order() {
    return order(false, List.of(), Optional.empty(), new Tagging(Map.of(), false));
  }

  private void takes(int... numbers) {
    for (int number : numbers) {
      ec2.taken.add(
          SnapshotInfo.builder()
              .snapshotId("snap-%017x".formatted(number))
              .volumeId(volume(number).value())
              .startTime(AT.plusSeconds(number))
              .build());
    }
  }

  private CreateSnapshotsRequest ordered(SetOrder order) {
    takes(1);
    sets.create(order);
    return ec2.ordered.get(0);
  }

  @Test
  void theInstanceIsOrderedWholeButForWhatIsLeftOut() {
    CreateSnapshotsRequest request =
        ordered(order(true, List.of(volume(3)), Optional.empty(), new Tagging(Map.of(), false)));

    assertThat(request.instanceSpecification().instanceId()).isEqualTo(INSTANCE.value());
    assertThat(request.instanceSpecification().excludeBootVolume()).isTrue();
    assertThat(request.instanceSpecification().excludeDataVolumeIds())
        .containsExactly(volume(3).value());
    assertThat(request.description()).isEqualTo(Ownership.description(RUN, INSTANCE));
  }

  /** EC2 refuses an empty list of volumes. */
  @Test
  void whereNoDataVolumeIsLeftOutNoListIsSent() {
    CreateSnapshotsRequest request = ordered(order());

    assertThat(request.instanceSpecification().excludeBootVolume()).isFalse();
    assertThat(request.instanceSpecification().hasExcludeDataVolumeIds()).isFalse();
  }

  @Test
  void aSnapshotIsTaggedInTheCallThatTakesIt() {
    CreateSnapshotsRequest request =
        ordered(
            order(false, List.of(), Optional.empty(), new Tagging(Map.of("team", "data"), false)));

    assertThat(request.tagSpecifications()).hasSize(1);
    assertThat(request.tagSpecifications().get(0).resourceTypeAsString()).isEqualTo("snapshot");
    assertThat(request.tagSpecifications().get(0).tags())
        .extracting(Tag::key, Tag::value)
        .containsExactlyInAnyOrder(
            tuple("team", "data"),
            tuple(SnapshotTags.POLICY, "daily"),
            tuple(SnapshotTags.RUN, RUN.value()),
            tuple(SnapshotTags.SET, ATTEMPT.value()),
            tuple(SnapshotTags.INSTANCE, INSTANCE.value()));
  }

  @ParameterizedTest
  @CsvSource({"true, false, true", "true, true, false", "false, false, false"})
  void theTagsOfVolumesAreCopiedWhereThePolicySaysSoAndTheyFit(
      boolean copy, boolean tooMany, boolean copied) {
    CreateSnapshotsRequest request =
        ordered(
            order(
                false,
                List.of(),
                tooMany ? Optional.of("they do not fit") : Optional.empty(),
                new Tagging(Map.of(), copy)));

    assertThat(request.copyTagsFromSource()).isEqualTo(copied ? CopyTagsFromSource.VOLUME : null);
  }

  @Test
  void theSetHasASnapshotOfEachVolumeAtTheInstantThatEc2States() {
    takes(1, 2);

    SnapshotSet set = sets.create(order());

    assertThat(set)
        .isEqualTo(
            new SnapshotSet(
                ATTEMPT,
                AT.plusSeconds(1),
                List.of(
                    new SnapshotSet.Member(new SnapshotId("snap-%017x".formatted(1)), volume(1)),
                    new SnapshotSet.Member(new SnapshotId("snap-%017x".formatted(2)), volume(2))),
                false,
                false));
  }

  @Test
  void anAnswerWithoutSnapshotsIsAFault() {
    assertThatThrownBy(() -> sets.create(order()))
        .hasMessage("CreateSnapshots of %s: expected snapshots, found none".formatted(INSTANCE));
  }

  @ParameterizedTest
  @CsvSource({
    "400, PendingSnapshotLimitExceeded",
    "400, ConcurrentSnapshotLimitExceeded",
    "400, SnapshotCreationPerVolumeRateExceeded",
    "400, SnapshotLimitExceeded",
    "503, RequestLimitExceeded"
  })
  void whatOthersMayHaveUsedUpIsOverQuota(int status, String code) {
    assertRefusal(status, code, SnapshotsOverQuotaException.class);
  }

  @ParameterizedTest
  @CsvSource({"400, IncorrectState", "400, ThrottlingException", "503, Throttling"})
  void whatPassesByItselfIsRefused(int status, String code) {
    assertRefusal(status, code, SnapshotsRefusedException.class);
  }

  @ParameterizedTest
  @CsvSource({"400, InvalidParameterValue", "403, UnauthorizedOperation", "400, UnknownCode"})
  void whatNoSecondTryMendsIsImpossible(int status, String code) {
    assertRefusal(status, code, SnapshotsImpossibleException.class);
  }

  private void assertRefusal(int status, String code, Class<? extends Exception> type) {
    ec2.refusal = Optional.of(KnownEc2.refused(status, code));

    assertThatThrownBy(() -> sets.create(order()))
        .isExactlyInstanceOf(type)
        .hasMessage("CreateSnapshots of %s: %s (as the test has it)".formatted(INSTANCE, code));
    assertThat(ec2.ordered).as("it is never called again").hasSize(1);
  }

  @Test
  void anAnswerThatDoesNotSayWhatWasTakenStaysItself() {
    ec2.refusal = Optional.of(KnownEc2.refused(500, "InternalError"));

    assertThat(catchThrowable(() -> sets.create(order()))).isSameAs(ec2.refusal.get());
  }
}
