package dev.freezeframe.snapshot;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceSpecification;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Takes and finds snapshot sets in EC2. */
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

  /** How many ids or tags one call is given. */
  private static final int BATCH = 200;

  private final Ec2Client creator;
  private final Ec2Client reader;

  /**
   * Adapts EC2.
   *
   * @param creator must not retry: CreateSnapshots has no client token, and a retry after a lost
   *     answer takes a second set
   * @param reader may retry
   */
  public Ec2SnapshotSets(Ec2Client creator, Ec2Client reader) {
    this.creator = creator;
    this.reader = reader;
  }

  @Override
  public SnapshotSet create(SetOrder order) {
    CreateSnapshotsResponse answer;
    try {
      answer = creator.createSnapshots(request(order));
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

  @Override
  public List<SnapshotSet> find(RunId run, InstanceId instance) {
    Map<AttemptId, List<Snapshot>> byAttempt = new TreeMap<>();
    reader
        .describeSnapshotsPaginator(
            request ->
                request
                    .ownerIds("self")
                    .maxResults(BATCH)
                    .filters(
                        filter(SnapshotTags.RUN, run.value()),
                        filter(SnapshotTags.INSTANCE, instance.value())))
        .snapshots()
        .stream()
        .filter(snapshot -> Ownership.description(run, instance).equals(snapshot.description()))
        .forEach(
            snapshot ->
                attempt(snapshot)
                    .ifPresent(
                        attempt ->
                            byAttempt
                                .computeIfAbsent(attempt, any -> new ArrayList<>())
                                .add(snapshot)));
    List<SnapshotSet> sets = new ArrayList<>();
    byAttempt.forEach((attempt, snapshots) -> sets.add(set(attempt, snapshots)));
    return sets;
  }

  private static SnapshotSet set(AttemptId attempt, List<Snapshot> snapshots) {
    Instant pointInTime =
        snapshots.stream().map(Snapshot::startTime).min(Comparator.naturalOrder()).orElseThrow();
    return new SnapshotSet(
        attempt,
        pointInTime,
        snapshots.stream()
            .map(
                snapshot ->
                    new SnapshotSet.Member(
                        new SnapshotId(snapshot.snapshotId()), new VolumeId(snapshot.volumeId())))
            .toList(),
        false,
        true);
  }

  /** Empty: its tag was taken off or changed by hand, and it can't be told which set it is of. */
  private static Optional<AttemptId> attempt(Snapshot snapshot) {
    return snapshot.tags().stream()
        .filter(tag -> tag.key().equals(SnapshotTags.SET))
        .map(Tag::value)
        .filter(AttemptId::isWellFormed)
        .map(AttemptId::new)
        .findFirst();
  }

  /** Asked by a filter, not by ids: one unknown id would fail the whole call. */
  @Override
  public Map<SnapshotId, Standing> standing(Collection<SnapshotId> snapshots) {
    Map<SnapshotId, Standing> standing = new TreeMap<>();
    for (List<String> batch : batches(snapshots)) {
      reader
          .describeSnapshotsPaginator(
              request ->
                  request
                      .ownerIds("self")
                      .filters(Filter.builder().name("snapshot-id").values(batch).build()))
          .snapshots()
          .forEach(
              snapshot ->
                  standing.put(new SnapshotId(snapshot.snapshotId()), standingOf(snapshot)));
    }
    return standing;
  }

  private static Standing standingOf(Snapshot snapshot) {
    SnapshotState state =
        switch (snapshot.state()) {
          case COMPLETED, RECOVERABLE, RECOVERING -> SnapshotState.COMPLETED;
          case ERROR -> SnapshotState.ERROR;
          case PENDING, UNKNOWN_TO_SDK_VERSION -> SnapshotState.PENDING;
        };
    return new Standing(
        state,
        Optional.ofNullable(snapshot.completionTime()),
        Optional.ofNullable(snapshot.stateMessage()));
  }

  @Override
  public Optional<String> tag(Collection<SnapshotId> snapshots, Map<String, String> tags) {
    try {
      reader.createTags(
          request ->
              request
                  .resources(snapshots.stream().map(SnapshotId::value).toList())
                  .tags(tags(tags)));
      return Optional.empty();
    } catch (Ec2Exception refused) {
      boolean stays =
          refused.statusCode() >= 400
              && refused.statusCode() < 500
              && !refused.isThrottlingException();
      if (!stays) {
        throw refused;
      }
      return Optional.of(
          LogSafe.of(
              "%s (%s)"
                  .formatted(
                      refused.awsErrorDetails().errorCode(),
                      refused.awsErrorDetails().errorMessage())));
    }
  }

  private static Filter filter(String tag, String value) {
    return Filter.builder().name("tag:" + tag).values(value).build();
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  private static List<List<String>> batches(Collection<SnapshotId> snapshots) {
    List<String> ids = snapshots.stream().map(SnapshotId::value).toList();
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      batches.add(ids.subList(from, Math.min(from + BATCH, ids.size())));
    }
    return batches;
  }
}
