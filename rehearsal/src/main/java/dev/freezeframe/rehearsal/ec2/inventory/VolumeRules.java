package dev.freezeframe.rehearsal.ec2.inventory;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntFunction;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/**
 * What a type of volume can be: EC2 API, CreateVolume; EBS user guide, "Amazon EBS volume types".
 *
 * @param minSize in GiB
 * @param maxSize in GiB
 * @param iops what may be provisioned; {@link Iops#NONE} where nothing may
 * @param usualIops what a volume of so many GiB has where nothing is provisioned; null: EC2 says
 *     nothing
 */
public record VolumeRules(
    VolumeType type, int minSize, int maxSize, Iops iops, IntFunction<Integer> usualIops) {
  public static final int MIN_THROUGHPUT = 125;
  public static final int MAX_THROUGHPUT = 2000;

  /** MiB/s of throughput that an IOPS carries: a quarter (general-purpose volumes, gp3). */
  public static final double THROUGHPUT_PER_IOPS = 0.25;

  private static final int GP3_IOPS = 3000;
  private static final Map<VolumeType, VolumeRules> ALL = new EnumMap<>(VolumeType.class);

  static {
    put(VolumeType.GP2, 1, 16_384, Iops.NONE, size -> Math.max(100, Math.min(16_000, 3 * size)));
    put(VolumeType.GP3, 1, 65_536, new Iops(GP3_IOPS, 80_000, 500, false), size -> GP3_IOPS);
    put(VolumeType.IO1, 4, 16_384, new Iops(100, 64_000, 50, true), size -> 100);
    put(VolumeType.IO2, 4, 65_536, new Iops(100, 256_000, 1000, true), size -> 100);
    put(VolumeType.ST1, 125, 16_384, Iops.NONE, size -> null);
    put(VolumeType.SC1, 125, 16_384, Iops.NONE, size -> null);
    put(VolumeType.STANDARD, 1, 1024, Iops.NONE, size -> null);
  }

  private static void put(
      VolumeType type, int min, int max, Iops iops, IntFunction<Integer> usualIops) {
    ALL.put(type, new VolumeRules(type, min, max, iops, usualIops));
  }

  /** The rules of a type; null: no such type. */
  public static VolumeRules of(VolumeType type) {
    return ALL.get(type);
  }

  /** The throughput of a volume for which none was named; null: EC2 says nothing. */
  public Integer usualThroughput() {
    return type == VolumeType.GP3 ? (Integer) MIN_THROUGHPUT : null;
  }

  /**
   * The IOPS that may be provisioned.
   *
   * @param perGib how many for each GiB of the volume, at most
   * @param required whether a caller has to name them
   */
  public record Iops(int min, int max, int perGib, boolean required) {
    /** Of a type that takes none. */
    public static final Iops NONE = new Iops(0, 0, 0, false);
  }
}
