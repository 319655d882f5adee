package dev.freezeframe.restore;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an instance was set when its set was taken, in EC2's words. What EC2 did not say is empty.
 *
 * @param platformDetails such as {@code Linux/UNIX} or {@code Windows with SQL Server Standard}
 * @param productCodes of the marketplace
 * @param bootMode of its image, such as {@code uefi}; it may run in another
 * @param tpmSupport {@code v2.0} or empty
 * @param securityGroups ids
 * @param profile ARN of its instance profile
 * @param lifecycle {@code spot}, {@code capacity-block}, ...; empty: on demand
 * @param autoScalingGroup that it belongs to
 */
public record InstanceSettings(
    Optional<String> type,
    Optional<String> architecture,
    Optional<String> platformDetails,
    Optional<String> usageOperation,
    List<String> productCodes,
    Optional<String> image,
    Optional<String> keyName,
    Optional<String> bootMode,
    Optional<String> currentBootMode,
    Optional<String> tpmSupport,
    Optional<Boolean> enaSupport,
    Optional<String> sriovNetSupport,
    Optional<String> virtualization,
    Optional<String> rootDevice,
    Optional<String> rootDeviceType,
    Optional<String> vpc,
    Optional<String> subnet,
    Optional<String> zone,
    Optional<String> privateIp,
    List<String> securityGroups,
    Optional<String> profile,
    Optional<Metadata> metadata,
    boolean ebsOptimized,
    boolean hibernation,
    Optional<Placement> placement,
    Optional<String> lifecycle,
    Optional<String> autoScalingGroup,
    Map<String, String> tags) {

  /** A row of another version may lack some. */
  public InstanceSettings {
    productCodes = productCodes == null ? List.of() : List.copyOf(productCodes);
    securityGroups = securityGroups == null ? List.of() : List.copyOf(securityGroups);
    tags = Collections.unmodifiableMap(new TreeMap<>(tags == null ? Map.of() : tags));
  }

  /** Those of an instance of which EC2 says nothing. */
  public static InstanceSettings unknown() {
    return new InstanceSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** The same settings with other tags. */
  InstanceSettings tagged(Map<String, String> others) {
    return new InstanceSettings(
        type,
        architecture,
        platformDetails,
        usageOperation,
        productCodes,
        image,
        keyName,
        bootMode,
        currentBootMode,
        tpmSupport,
        enaSupport,
        sriovNetSupport,
        virtualization,
        rootDevice,
        rootDeviceType,
        vpc,
        subnet,
        zone,
        privateIp,
        securityGroups,
        profile,
        metadata,
        ebsOptimized,
        hibernation,
        placement,
        lifecycle,
        autoScalingGroup,
        others);
  }

  /**
   * The options of its metadata service.
   *
   * @param tokens {@code required} or {@code optional}
   * @param endpoint {@code enabled} or {@code disabled}
   * @param hopLimit from 1; 0: EC2 did not say
   * @param tags {@code enabled} or {@code disabled}
   */
  public record Metadata(
      Optional<String> tokens, Optional<String> endpoint, int hopLimit, Optional<String> tags) {}

  /**
   * Where it ran.
   *
   * @param tenancy {@code default}, {@code dedicated} or {@code host}
   */
  public record Placement(
      Optional<String> tenancy, Optional<String> group, Optional<String> host) {}
}
