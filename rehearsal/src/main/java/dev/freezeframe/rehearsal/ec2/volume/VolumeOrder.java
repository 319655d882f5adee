package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.inventory.VolumeRules;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * A volume that a call asks for, once the call is found to be in order.
 *
 * @param size in GiB
 * @param key the ARN of its key, or what the caller named and no key has; empty: it is not
 *     encrypted
 * @param origin the snapshot that it is made of; empty: it is blank
 */
public record VolumeOrder(
    String zone,
    int size,
    Performance performance,
    boolean multiAttach,
    Optional<String> key,
    Optional<Origin> origin,
    SortedMap<String, String> tags) {

  /**
   * What a volume can do.
   *
   * @param iops empty: what its type has by itself
   * @param throughput in MiB/s; empty: what its type has by itself
   */
  public record Performance(
      VolumeRules rules, Optional<Integer> iops, Optional<Integer> throughput) {}

  /**
   * The snapshot that a volume is made of.
   *
   * @param bytes of data that it holds
   * @param rate in MiB/s with which the caller has it loaded; empty: at the rate that EBS chooses
   */
  public record Origin(String snapshotId, long bytes, Optional<Integer> rate) {}

  /** The same, made of a snapshot of others that fills it. */
  public VolumeOrder madeOf(String snapshotId, Optional<Integer> rate) {
    return new VolumeOrder(
        zone,
        size,
        performance,
        multiAttach,
        key,
        Optional.of(new Origin(snapshotId, size * (1L << 30), rate)),
        tags);
  }

  /** The volume as EC2 begins to make it. */
  Volume begun(String id, Instant at) {
    return Volume.builder()
        .volumeId(id)
        .availabilityZone(zone)
        .size(size)
        .volumeType(performance.rules.type())
        .iops(performance.iops.orElseGet(() -> performance.rules.usualIops().apply(size)))
        .throughput(performance.throughput.orElseGet(performance.rules::usualThroughput))
        .multiAttachEnabled(multiAttach)
        .encrypted(key.isPresent())
        .kmsKeyId(key.orElse(null))
        .snapshotId(origin.map(Origin::snapshotId).orElse(""))
        .volumeInitializationRate(origin.flatMap(Origin::rate).orElse(null))
        .createTime(at)
        .state(VolumeState.CREATING)
        .tags(Tags.list(tags))
        .build();
  }
}
