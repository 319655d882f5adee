package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.inventory.VolumeRules;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/**
 * Refuses IOPS and throughput that a type of volume does not have: EC2 API, CreateVolume; EBS user
 * guide, "Amazon EBS General Purpose SSD volumes" and "Provisioned IOPS SSD volumes". The words are
 * from memory.
 */
final class PerformanceCheck {
  private PerformanceCheck() {}

  /** What a volume of a size can do as the request has it. */
  static VolumeOrder.Performance of(CreateVolumeRequest request, VolumeRules rules, int size) {
    Optional<Integer> iops = Optional.ofNullable(request.iops());
    Optional<Integer> throughput = Optional.ofNullable(request.throughput());
    iops.ifPresent(asked -> checkIops(asked, rules, size));
    if (iops.isEmpty() && rules.iops().required()) {
      throw Ec2Refusal.of(
          "MissingParameter",
          "The parameter iops must be specified for %s volumes.".formatted(rules.type()));
    }
    throughput.ifPresent(
        asked ->
            checkThroughput(asked, rules, iops.orElseGet(() -> rules.usualIops().apply(size))));
    return new VolumeOrder.Performance(rules, iops, throughput);
  }

  private static void checkIops(int asked, VolumeRules rules, int size) {
    VolumeRules.Iops allowed = rules.iops();
    if (allowed.equals(VolumeRules.Iops.NONE)) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "The parameter iops is not supported for %s volumes.".formatted(rules.type()));
    }
    if (asked < allowed.min()) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Volume iops of %d is too low; minimum is %d.".formatted(asked, allowed.min()));
    }
    if (asked > allowed.max()) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Volume iops of %d is too high; maximum is %d.".formatted(asked, allowed.max()));
    }
    // What a gp3 volume has by itself it has at any size.
    if (asked > allowed.min() && asked > (long) allowed.perGib() * size) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "Iops to volume size ratio of %f is too high; maximum is %d"
              .formatted((double) asked / size, allowed.perGib()));
    }
  }

  private static void checkThroughput(int asked, VolumeRules rules, Integer iops) {
    if (rules.type() != VolumeType.GP3) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "The parameter throughput is not supported for %s volumes.".formatted(rules.type()));
    }
    if (asked < VolumeRules.MIN_THROUGHPUT || asked > VolumeRules.MAX_THROUGHPUT) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Throughput of %d is not from %d to %d."
              .formatted(asked, VolumeRules.MIN_THROUGHPUT, VolumeRules.MAX_THROUGHPUT));
    }
    if (asked > iops * VolumeRules.THROUGHPUT_PER_IOPS) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "Throughput (MiBps) to iops ratio of %f is too high; maximum is %f MiBps per iops"
              .formatted((double) asked / iops, VolumeRules.THROUGHPUT_PER_IOPS));
    }
  }
}
