package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/**
 * What the volumes of an account may be together: EBS user guide, "Quotas for Amazon EBS", as an
 * account has them by default in most Regions. AWS raises a quota by itself for an account that
 * uses much of it; here it is the next multiple above what the fleet has, which is assumed.
 */
final class VolumeQuotas {
  private static final long GIB_PER_TIB = 1024;
  private static final long STORAGE = 50 * GIB_PER_TIB;
  private static final long STORAGE_IO2 = 20 * GIB_PER_TIB;
  private static final Map<VolumeType, Long> IOPS =
      Map.of(VolumeType.IO1, 300_000L, VolumeType.IO2, 100_000L);

  private final Inventory inventory;
  private final Map<VolumeType, Long> storage = new EnumMap<>(VolumeType.class);
  private final Map<VolumeType, Long> iops = new EnumMap<>(VolumeType.class);

  VolumeQuotas(Inventory inventory) {
    this.inventory = inventory;
    for (VolumeType type : VolumeType.knownValues()) {
      long usual = type == VolumeType.IO2 ? STORAGE_IO2 : STORAGE;
      storage.put(type, raised(usual, sum(type, Volume::size)));
      if (IOPS.containsKey(type)) {
        iops.put(type, raised(IOPS.get(type), sum(type, Volume::iops)));
      }
    }
  }

  private static long raised(long usual, long used) {
    return usual * (1 + used / usual);
  }

  /** Refuses volumes, all of them, that would be too much together with what there is. */
  void check(List<VolumeOrder> orders) {
    orders.stream()
        .map(order -> order.performance().rules().type())
        .distinct()
        .forEach(type -> check(type, orders));
  }

  private void check(VolumeType type, List<VolumeOrder> orders) {
    long most = storage.get(type);
    if (sum(type, Volume::size) + sum(orders, type, VolumeOrder::size) > most) {
      throw Ec2Refusal.of(
          "VolumeLimitExceeded",
          "You have exceeded the maximum %s storage limit of %d TiB in this region."
              .formatted(type, most / GIB_PER_TIB));
    }
    if (iops.containsKey(type)
        && sum(type, Volume::iops)
                + sum(orders, type, order -> order.performance().iops().orElse(0))
            > iops.get(type)) {
      throw Ec2Refusal.of(
          "VolumeIOPSLimit",
          "You have exceeded the maximum IOPS of %d of %s volumes in this region."
              .formatted(iops.get(type), type));
    }
  }

  private static long sum(
      List<VolumeOrder> orders, VolumeType type, ToLongFunction<VolumeOrder> of) {
    return orders.stream()
        .filter(order -> order.performance().rules().type() == type)
        .mapToLong(of)
        .sum();
  }

  private long sum(VolumeType type, ToLongFunction<Volume> of) {
    return inventory.volumes().stream()
        .filter(volume -> volume.volumeType() == type && volume.state() != VolumeState.ERROR)
        .mapToLong(of)
        .sum();
  }
}
