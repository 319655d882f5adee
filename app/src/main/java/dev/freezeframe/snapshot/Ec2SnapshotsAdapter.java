package dev.freezeframe.snapshot;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.policy.TagSelector;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The snapshots in EC2. */
public final class Ec2SnapshotsAdapter implements Ec2Snapshots {
  /** How many values a filter takes. */
  private static final int BATCH = 200;

  private static final int PAGE = 1000;

  /** Answers that say nothing about the one snapshot. */
  private static final Set<String> NOT_ABOUT_IT =
      Set.of("RequestLimitExceeded", "Throttling", "ThrottlingException", "ExpiredToken");

  private final Ec2Client ec2;
  private final Ec2Protections protections;

  public Ec2SnapshotsAdapter(Ec2Client ec2) {
    this.ec2 = ec2;
    this.protections = new Ec2Protections(ec2);
  }

  /** Asked by filters, not by ids: one unknown id would fail the whole call. */
  @Override
  public Map<SnapshotId, Ec2Snapshot> find(Collection<SnapshotId> snapshots) {
    Map<SnapshotId, Ec2Snapshot> found = new TreeMap<>();
    for (List<String> batch : batches(snapshots)) {
      List<Snapshot> described = described(batch);
      if (described.isEmpty()) {
        continue;
      }
      List<String> existing = described.stream().map(Snapshot::snapshotId).sorted().toList();
      Map<String, String> locks = protections.locks(existing);
      Map<String, List<String>> images = protections.images(existing);
      for (Snapshot snapshot : described) {
        found.put(
            new SnapshotId(snapshot.snapshotId()),
            live(
                snapshot,
                Optional.ofNullable(locks.get(snapshot.snapshotId())),
                images.getOrDefault(snapshot.snapshotId(), List.of())));
      }
    }
    return found;
  }

  private List<Snapshot> described(List<String> batch) {
    return ec2
        .describeSnapshotsPaginator(
            request -> request.ownerIds("self").filters(filter("snapshot-id", batch)))
        .snapshots()
        .stream()
        .toList();
  }

  @Override
  public Map<SnapshotId, Ec2Snapshot> existing(Collection<SnapshotId> snapshots) {
    Map<SnapshotId, Ec2Snapshot> existing = new TreeMap<>();
    for (List<String> batch : batches(snapshots)) {
      described(batch)
          .forEach(
              snapshot ->
                  existing.put(
                      new SnapshotId(snapshot.snapshotId()),
                      live(snapshot, Optional.empty(), List.of())));
    }
    return existing;
  }

  @Override
  public Map<SnapshotId, List<String>> sharing(Collection<SnapshotId> snapshots) {
    return protections.sharing(snapshots);
  }

  @Override
  public Page tagged(TagSelector tag, Optional<String> token) {
    DescribeSnapshotsRequest.Builder request =
        DescribeSnapshotsRequest.builder().ownerIds("self").maxResults(PAGE);
    request.filters(
        tag.value()
            .map(value -> filter("tag:" + tag.key(), List.of(value)))
            .orElseGet(() -> filter("tag-key", List.of(tag.key()))));
    token.ifPresent(request::nextToken);
    DescribeSnapshotsResponse answer = ec2.describeSnapshots(request.build());
    return new Page(
        answer.snapshots().stream()
            .map(snapshot -> live(snapshot, Optional.empty(), List.of()))
            .toList(),
        Optional.ofNullable(answer.nextToken()).filter(next -> !next.isEmpty()));
  }

  @Override
  public List<SnapshotSet> sets(RunId run, InstanceId instance) {
    Map<AttemptId, List<Snapshot>> byAttempt = new TreeMap<>();
    ec2
        .describeSnapshotsPaginator(
            request ->
                request
                    .ownerIds("self")
                    .maxResults(BATCH)
                    .filters(
                        filter("tag:" + SnapshotTags.RUN, List.of(run.value())),
                        filter("tag:" + SnapshotTags.INSTANCE, List.of(instance.value()))))
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

  @Override
  public Map<VolumeId, InstanceId> attachedTo(Collection<VolumeId> volumes) {
    Map<VolumeId, InstanceId> attached = new TreeMap<>();
    for (List<String> batch : batches(volumes.stream().map(VolumeId::value))) {
      ec2.describeVolumesPaginator(request -> request.filters(filter("volume-id", batch)))
          .volumes()
          .forEach(
              volume ->
                  volume.attachments().stream()
                      .findFirst()
                      .ifPresent(
                          attachment ->
                              attached.put(
                                  new VolumeId(volume.volumeId()),
                                  new InstanceId(attachment.instanceId()))));
    }
    return attached;
  }

  @Override
  public Optional<String> tag(Collection<SnapshotId> snapshots, Map<String, String> tags) {
    try {
      ec2.createTags(
          request ->
              request
                  .resources(snapshots.stream().map(SnapshotId::value).toList())
                  .tags(
                      tags.entrySet().stream()
                          .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                          .toList()));
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

  @Override
  public Ending delete(SnapshotId snapshot) {
    try {
      ec2.deleteSnapshot(request -> request.snapshotId(snapshot.value()));
      return Ending.DELETED;
    } catch (Ec2Exception refused) {
      // A load balancer's answer has no code.
      String code = Objects.requireNonNullElse(refused.awsErrorDetails().errorCode(), "no code");
      if (code.equals("InvalidSnapshot.NotFound")) {
        return Ending.GONE;
      }
      if (refused.statusCode() >= 400
          && refused.statusCode() < 500
          && !NOT_ABOUT_IT.contains(code)) {
        return Ending.refused("%s (%s)".formatted(code, refused.awsErrorDetails().errorMessage()));
      }
      throw refused;
    }
  }

  private static Ec2Snapshot live(Snapshot snapshot, Optional<String> lock, List<String> images) {
    SnapshotState state =
        switch (snapshot.state()) {
          case COMPLETED, RECOVERABLE, RECOVERING -> SnapshotState.COMPLETED;
          case ERROR -> SnapshotState.ERROR;
          case PENDING, UNKNOWN_TO_SDK_VERSION -> SnapshotState.PENDING;
        };
    return new Ec2Snapshot(
        new SnapshotId(snapshot.snapshotId()),
        new VolumeId(snapshot.volumeId()),
        snapshot.startTime(),
        state,
        Optional.ofNullable(snapshot.completionTime()),
        Optional.ofNullable(snapshot.stateMessage()),
        snapshot.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)),
        lock,
        images,
        snapshot.description() == null ? "" : snapshot.description());
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static List<List<String>> batches(Collection<SnapshotId> snapshots) {
    return batches(snapshots.stream().map(SnapshotId::value));
  }

  private static List<List<String>> batches(Stream<String> all) {
    List<String> ids = all.sorted().distinct().toList();
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      batches.add(ids.subList(from, Math.min(from + BATCH, ids.size())));
    }
    return batches;
  }
}
