package dev.freezeframe.restore.view;

import java.util.List;
import java.util.Optional;

/**
 * What a new instance needs, as EC2 has it now.
 *
 * @param image the recorded one; empty: EC2 shows it no more
 * @param offered whether the instance type is offered in the zone
 * @param subnetZone the zone of the recorded subnet; empty: there is no such subnet
 * @param missingGroups security groups that are gone
 * @param keyPairMissing whether the recorded key pair is gone
 * @param original the state of the instance that the set was taken of; empty: EC2 knows it no more
 */
public record LaunchView(
    Optional<Image> image,
    boolean offered,
    Optional<String> subnetZone,
    List<String> missingGroups,
    boolean keyPairMissing,
    Optional<AttachmentLimit> limit,
    Optional<String> original) {

  public LaunchView {
    missingGroups = List.copyOf(missingGroups);
  }

  /**
   * An image.
   *
   * @param state EC2's word, such as {@code available} or {@code disabled}
   * @param rootDevice under which it boots
   * @param devices of all its volumes
   */
  public record Image(String state, Optional<String> rootDevice, List<String> devices) {

    public Image {
      devices = List.copyOf(devices);
    }
  }
}
