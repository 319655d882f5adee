package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Somebody who makes every call of a restore, whatever comes of the one before. */
final class RestoreCalls {
  private static final Duration WHILE = Duration.ofMinutes(2);

  private final EmbeddedCloud cloud;
  private final EmbeddedEc2 ec2;
  private final List<String> seen = new ArrayList<>();

  RestoreCalls(EmbeddedCloud cloud) {
    this.cloud = cloud;
    this.ec2 = cloud.ec2();
  }

  /** Has it done for each instance, one after another. */
  void schedule(List<Instance> instances, Duration from) {
    Duration at = from;
    for (Instance instance : instances) {
      Caller caller = new Caller("", "Restore", instance.instanceId());
      cloud
          .time()
          .after(at, () -> cloud.time().start("restore", () -> make(instance)).attach(caller));
      at = at.plus(Duration.ofHours(3));
    }
  }

  /** What was there after each call. */
  List<String> seen() {
    return seen;
  }

  private void make(Instance instance) {
    String id = instance.instanceId();
    List<String> snapshots =
        ec2.snapshots().stream()
            .filter(view -> view.instanceId().equals(id))
            .map(SnapshotView::snapshotId)
            .toList();
    Optional<String> volume =
        snapshots.stream()
            .findFirst()
            .flatMap(
                snapshot ->
                    attempt(
                        () ->
                            ec2.createVolume(
                                    r ->
                                        r.snapshotId(snapshot)
                                            .availabilityZone(
                                                instance.placement().availabilityZone()))
                                .volumeId()));
    volume.ifPresent(
        made -> {
          attempt(() -> ec2.attachVolume(r -> r.volumeId(made).instanceId(id).device("/dev/sdp")));
          attempt(() -> ec2.detachVolume(r -> r.volumeId(made)));
          attempt(() -> ec2.deleteVolume(r -> r.volumeId(made)));
        });
    attempt(() -> ec2.createReplaceRootVolumeTask(r -> r.instanceId(id)));
    attempt(
        () ->
            ec2.runInstances(
                r ->
                    r.minCount(1)
                        .maxCount(1)
                        .imageId(instance.imageId())
                        .instanceType(instance.instanceType())
                        .placement(p -> p.availabilityZone(instance.placement().availabilityZone()))
                        .blockDeviceMappings(encrypted())));
  }

  private static BlockDeviceMapping encrypted() {
    return BlockDeviceMapping.builder()
        .deviceName("/dev/sdp")
        .ebs(ebs -> ebs.volumeSize(1).encrypted(true))
        .build();
  }

  private <T> Optional<T> attempt(Supplier<T> call) {
    Optional<T> answer = Optional.empty();
    try {
      answer = Optional.of(call.get());
    } catch (SdkException refused) {
      seen.add(refused.getClass().getSimpleName());
    }
    cloud.time().pause(WHILE);
    ec2.volumes().forEach(volume -> seen.add(state(volume)));
    ec2.instances().forEach(instance -> seen.add(instance.instanceId() + instance.state()));
    return answer;
  }

  private static String state(Volume volume) {
    return volume.volumeId() + volume.state() + volume.attachments();
  }
}
