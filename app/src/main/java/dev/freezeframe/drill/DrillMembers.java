package dev.freezeframe.drill;

import dev.freezeframe.drill.DrillPlan.Member;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.VolumeSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which volumes of a set are mapped at the launch of a drill instance, and under which devices.
 *
 * <p>A volume that boots is not: instances of one image share the UUID and label of their root, and
 * the drill instance might come up as the production system (EC2 user guide, "My EC2 Linux instance
 * boots from the wrong volume"). Nor is one of which nobody knows whether it boots.
 *
 * @param excluded why each other volume is not, a sentence each
 */
public record DrillMembers(List<Member> mapped, List<String> excluded) {
  /** Attachments of a Nitro instance that shares 28 of them with its root and its interface. */
  public static final int MAX = 26;

  /**
   * Names that the EC2 user guide recommends for volumes ("Device names for volumes"), then others
   * that it allows; none is the root of an image of Amazon Linux.
   */
  private static final List<String> DEVICES =
      Stream.concat(
              letters('f', 'p').map("/dev/sd"::concat), letters('a', 'z').map("/dev/xvdb"::concat))
          .toList();

  private static final Comparator<VolumeSettings> BY_DEVICE =
      Comparator.comparing((VolumeSettings volume) -> volume.device().orElse(""))
          .thenComparing(VolumeSettings::snapshot);

  public DrillMembers {
    mapped = List.copyOf(mapped);
    excluded = List.copyOf(excluded);
  }

  private static Stream<String> letters(char first, char last) {
    return IntStream.rangeClosed(first, last).mapToObj(letter -> String.valueOf((char) letter));
  }

  /** Those of a set. */
  public static DrillMembers of(RestoreFacts facts) {
    Optional<String> root = facts.settings().flatMap(InstanceSettings::rootDevice);
    List<Member> mapped = new ArrayList<>();
    List<String> excluded = new ArrayList<>();
    for (VolumeSettings volume : facts.volumes().stream().sorted(BY_DEVICE).toList()) {
      String name = "%s of %s".formatted(volume.snapshot(), volume.volume());
      if (volume.boot()) {
        excluded.add("%s boots its instance, and is not drilled".formatted(name));
      } else if (root.isEmpty() || volume.device().isEmpty()) {
        excluded.add("%s is not drilled: nobody knows whether it boots".formatted(name));
      } else if (volume.sizeGiB().isEmpty()) {
        excluded.add("%s is not drilled: its size is not on record".formatted(name));
      } else if (mapped.size() == MAX) {
        excluded.add("%s is not drilled: an instance takes %d volumes".formatted(name, MAX));
      } else {
        mapped.add(
            new Member(
                volume.snapshot(),
                volume.volume(),
                DEVICES.get(mapped.size()),
                volume.sizeGiB().getAsInt(),
                volume.kmsKeyId()));
      }
    }
    return new DrillMembers(mapped, excluded);
  }

  /** Of the volumes that are mapped. */
  public long gib() {
    return mapped.stream().mapToLong(Member::sizeGiB).sum();
  }
}
