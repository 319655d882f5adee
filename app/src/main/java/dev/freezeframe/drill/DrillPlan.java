package dev.freezeframe.drill;

import static java.util.stream.Collectors.joining;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.script.DocumentVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a drill launches and runs, fixed before anything is created.
 *
 * @param pointInTime of the set
 * @param members that are mapped at the launch; none at the level that needs no instance
 * @param excluded why each other member of the set is not, a sentence each
 * @param document pinned; empty: the level needs none
 * @param host empty: the level needs none
 * @param cost of the longest that it may take
 */
public record DrillPlan(
    Instant pointInTime,
    List<Member> members,
    List<String> excluded,
    Optional<DocumentVersion> document,
    Optional<Host> host,
    DrillCost cost) {

  public DrillPlan {
    members = List.copyOf(members);
    excluded = List.copyOf(excluded);
  }

  /**
   * A volume of the drill instance.
   *
   * @param original that the snapshot was taken of
   * @param device under which it is mapped
   * @param kmsKeyId ARN of the key that encrypts the snapshot; named where EC2 refuses it
   */
  public record Member(
      SnapshotId snapshot,
      VolumeId original,
      String device,
      int sizeGiB,
      Optional<String> kmsKeyId) {}

  /**
   * The drill instance.
   *
   * @param subnets that are tried in turn
   * @param profile name of its instance profile
   * @param lifetime after which its guest shuts itself down, which terminates it
   */
  public record Host(
      String instanceType,
      String image,
      List<String> subnets,
      List<String> securityGroups,
      String profile,
      Duration lifetime) {

    public Host {
      subnets = List.copyOf(subnets);
      securityGroups = List.copyOf(securityGroups);
      if (subnets.isEmpty()) {
        throw new IllegalArgumentException("drill host: expected a subnet, found none");
      }
    }
  }

  /** The value of the document's parameter {@code members}. */
  public String membersParameter(Map<SnapshotId, VolumeId> volumes) {
    return members.stream()
        .map(
            member ->
                "%s:%s"
                    .formatted(
                        Optional.ofNullable(volumes.get(member.snapshot()))
                            .orElseThrow(
                                () ->
                                    new IllegalStateException(
                                        "volume of %s: expected one on record, found none"
                                            .formatted(member.snapshot()))),
                        member.device()))
        .collect(joining(","));
  }

  /** The size of all its volumes. */
  public long gib() {
    return members.stream().mapToLong(Member::sizeGiB).sum();
  }

  /** The keys of its members; where a launch fails for one, EC2 does not say which. */
  public List<String> keys() {
    return members.stream()
        .flatMap(member -> member.kmsKeyId().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
