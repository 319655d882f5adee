package dev.freezeframe.operator.doctor.aws.fleet;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.fleet.FleetInstance;
import dev.freezeframe.operator.doctor.check.fleet.StopsCheck.Stoppable;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.stop.InstancePower;
import dev.freezeframe.stop.StopRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Asks EC2 about the instances that policies match, and about the account's snapshots. */
public final class Ec2Fleet {
  private static final int PAGE = 500;

  /** How many values a filter takes. */
  private static final int MAX_VALUES = 200;

  private static final int SNAPSHOTS = 1_000;

  private final Ec2Client ec2;
  private final Instances instances;

  public Ec2Fleet(Ec2Client ec2) {
    this.ec2 = ec2;
    this.instances = new Ec2Instances(ec2);
  }

  /** The account's snapshots in the Region, and how many of them are pending. */
  public record Snapshots(long there, long pending) {}

  /** The instances that carry a target tag. */
  public Asked<List<FleetInstance>> matched(List<TagSelector> targets) {
    Asked<List<InstanceFacts>> matched =
        Question.ask("ec2:DescribeInstances", () -> instances(targets));
    if (matched.value().isEmpty()) {
      return matched.map(none -> List.of());
    }
    return Question.ask("ec2:DescribeVolumes", () -> withVolumes(matched.value().get()));
  }

  private List<InstanceFacts> instances(List<TagSelector> targets) {
    List<InstanceFacts> matched = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      Instances.Page page = instances.select(targets, token, PAGE);
      page.instances().stream()
          .filter(facts -> targets.stream().anyMatch(target -> target.matches(facts.tags())))
          .filter(facts -> !facts.state().equals("terminated"))
          .forEach(matched::add);
      token = page.next();
    } while (token.isPresent());
    return matched;
  }

  private List<FleetInstance> withVolumes(List<InstanceFacts> matched) {
    Map<VolumeId, Volume> volumes = new HashMap<>();
    for (int from = 0; from < matched.size(); from += MAX_VALUES) {
      List<String> ids =
          matched.subList(from, Math.min(matched.size(), from + MAX_VALUES)).stream()
              .map(facts -> facts.id().value())
              .toList();
      ec2.describeVolumesPaginator(
              request ->
                  request.filters(
                      Filter.builder().name("attachment.instance-id").values(ids).build()))
          .volumes()
          .forEach(volume -> volumes.put(new VolumeId(volume.volumeId()), volume));
    }
    return matched.stream().map(facts -> instance(facts, volumes)).toList();
  }

  private static FleetInstance instance(InstanceFacts facts, Map<VolumeId, Volume> volumes) {
    Map<VolumeId, Map<String, String>> tags = new HashMap<>();
    Map<VolumeId, String> keys = new HashMap<>();
    for (VolumeId id : facts.volumes()) {
      Volume volume = volumes.get(id);
      if (volume != null) {
        Map<String, String> ofVolume = new HashMap<>();
        volume.tags().forEach(tag -> ofVolume.put(tag.key(), tag.value()));
        tags.put(id, ofVolume);
        if (volume.kmsKeyId() != null) {
          keys.put(id, volume.kmsKeyId());
        }
      }
    }
    return new FleetInstance(facts, tags, keys);
  }

  /** Whether each of some instances may be stopped, whatever the time; those that are gone lack. */
  public Asked<Map<InstanceId, Stoppable>> stoppable(List<InstanceId> ids) {
    InstancePower power = new Ec2InstancePower(ec2);
    return Question.ask(
        "ec2:DescribeInstanceAttribute, ec2:DescribeInstanceTypes",
        () -> {
          Map<InstanceId, Stoppable> known = new HashMap<>();
          for (InstanceId id : ids) {
            power
                .facts(id)
                .ifPresent(
                    facts ->
                        known.put(
                            id, new Stoppable(StopRules.lasting(facts), StopRules.warning(facts))));
          }
          return known;
        });
  }

  /** Counts the account's snapshots, a page of a thousand at a time. */
  public Asked<Snapshots> snapshots() {
    return Question.ask(
        "ec2:DescribeSnapshots",
        () -> {
          long there = 0;
          long pending = 0;
          for (Snapshot snapshot :
              ec2.describeSnapshotsPaginator(
                      request -> request.ownerIds("self").maxResults(SNAPSHOTS))
                  .snapshots()) {
            there++;
            pending += snapshot.state() == SnapshotState.PENDING ? 1 : 0;
          }
          return new Snapshots(there, pending);
        });
  }

  /** Some snapshot that carries our tag; empty if none. */
  public Asked<Optional<String>> oneOfOurs() {
    return Question.ask(
        "ec2:DescribeSnapshots",
        () ->
            ec2
                .describeSnapshotsPaginator(
                    request ->
                        request
                            .ownerIds("self")
                            .maxResults(SNAPSHOTS)
                            .filters(
                                Filter.builder().name("tag-key").values(SnapshotTags.RUN).build()))
                .snapshots()
                .stream()
                .map(Snapshot::snapshotId)
                .findFirst());
  }
}
