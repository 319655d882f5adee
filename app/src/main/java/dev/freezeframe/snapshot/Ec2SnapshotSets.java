package dev.freezeframe.snapshot;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.InstanceSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Takes snapshot sets in EC2. */
public final class Ec2SnapshotSets implements SnapshotSets {
  /** Refusals that pass by themselves; EC2 took nothing. */
  private static final Set<String> PASSING =
      Set.of("Throttling", "ThrottlingException", "IncorrectState");

  /** Quotas and rates that others may have used up; EC2 took nothing. */
  private static final Set<String> OVER_QUOTA =
      Set.of(
          "ConcurrentSnapshotLimitExceeded",
          "PendingSnapshotLimitExceeded",
          "RequestLimitExceeded",
          "SnapshotCreationPerVolumeRateExceeded",
          "SnapshotLimitExceeded");

  private final Ec2Client ec2;

  /**
   * Adapts EC2.
   *
   * @param ec2 must not retry: CreateSnapshots has no client token, and a retry after a lost answer
   *     takes a second set
   */
  public Ec2SnapshotSets(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  @Override
  public SnapshotSet create(SetOrder order) {
    CreateSnapshotsResponse answer;
    try {
      answer = ec2.createSnapshots(request(order));
    } catch (Ec2Exception refused) {
      throw refusal(order, refused);
    }
    List<SnapshotInfo> taken = answer.snapshots();
    if (taken.isEmpty()) {
      throw new IllegalStateException(
          "CreateSnapshots of %s: expected snapshots, found none".formatted(order.instance()));
    }
    return new SnapshotSet(
        order.id(),
        taken.get(0).startTime(),
        taken.stream()
            .map(
                info ->
                    new SnapshotSet.Member(
                        new SnapshotId(info.snapshotId()), new VolumeId(info.volumeId())))
            .toList(),
        false,
        false);
  }

  private static CreateSnapshotsRequest request(SetOrder order) {
    InstanceSpecification.Builder instance =
        InstanceSpecification.builder()
            .instanceId(order.instance().value())
            .excludeBootVolume(order.volumes().excludeBoot());
    if (!order.volumes().excludeData().isEmpty()) {
      instance.excludeDataVolumeIds(
          order.volumes().excludeData().stream().map(VolumeId::value).toList());
    }
    CreateSnapshotsRequest.Builder request =
        CreateSnapshotsRequest.builder()
            .instanceSpecification(instance.build())
            .description(Ownership.description(order.run(), order.instance()))
            .tagSpecifications(
                TagSpecification.builder()
                    .resourceType(ResourceType.SNAPSHOT)
                    .tags(tags(SnapshotTags.onCreate(order)))
                    .build());
    if (order.tagging().copyFromVolume() && order.volumes().tooManyTags().isEmpty()) {
      request.copyTagsFromSource(CopyTagsFromSource.VOLUME);
    }
    return request.build();
  }

  /**
   * A 5xx other than a documented refusal says nothing about what was taken, so it stays itself.
   */
  private static RuntimeException refusal(SetOrder order, Ec2Exception refused) {
    // A load balancer's answer has no code.
    String code = Objects.requireNonNullElse(refused.awsErrorDetails().errorCode(), "no code");
    String message =
        "CreateSnapshots of %s: %s (%s)"
            .formatted(order.instance(), code, refused.awsErrorDetails().errorMessage());
    if (OVER_QUOTA.contains(code)) {
      return new SnapshotsOverQuotaException(message, refused);
    }
    if (PASSING.contains(code)) {
      return new SnapshotsRefusedException(message, refused);
    }
    if (refused.statusCode() >= 400 && refused.statusCode() < 500) {
      return new SnapshotsImpossibleException(message, refused);
    }
    return refused;
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
