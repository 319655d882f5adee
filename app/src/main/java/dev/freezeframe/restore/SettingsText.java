package dev.freezeframe.restore;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.SnapshotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What is on record for a restore, as a line for a person: each setting that EC2 stated, and no
 * other. Whatever a text of others holds, the line stays one.
 */
public final class SettingsText {
  /** Of one setting: the longest of EC2, an ARN, is shorter. */
  private static final int MAX_SETTING = 160;

  /** Of all tags of a resource: 50 would fill a screen. */
  private static final int MAX_TAGS = 300;

  private final List<String> parts = new ArrayList<>();

  private SettingsText() {}

  /** The instance that a set was taken of: a line, and one of its tags if it has any. */
  public static List<String> instance(RestoreFacts facts) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s as it was at %s: %s"
            .formatted(
                facts.instance(),
                facts.recordedAt(),
                facts.settings().map(SettingsText::of).orElse("EC2 knew it no more")));
    SettingsText tags = new SettingsText();
    tags.tags(
        facts.settings().map(InstanceSettings::tags).orElse(Map.of()),
        facts.tagsLeftOut().get(facts.instance().value()));
    if (!tags.parts.isEmpty()) {
      lines.add("%s had the %s".formatted(facts.instance(), tags.line()));
    }
    return lines;
  }

  /** The volume that a snapshot of a set was taken of; empty: nothing is on record. */
  public static Optional<String> volume(RestoreFacts facts, SnapshotId snapshot) {
    return facts
        .of(snapshot)
        .map(
            volume ->
                "%s as it was at %s: %s"
                    .formatted(
                        volume.volume(),
                        facts.recordedAt(),
                        of(volume, facts.tagsLeftOut().get(volume.volume().value()))));
  }

  private static String of(InstanceSettings settings) {
    SettingsText text = new SettingsText();
    text.put("type", settings.type());
    text.put("architecture", settings.architecture());
    text.put("platform", settings.platformDetails());
    text.put("usage operation", settings.usageOperation());
    text.put("product codes", settings.productCodes());
    text.put("image", settings.image());
    text.put("key pair", settings.keyName());
    text.put("boot mode of its image", settings.bootMode());
    text.put("boot mode", settings.currentBootMode());
    text.put("TPM", settings.tpmSupport());
    text.put("ENA", settings.enaSupport().map(SettingsText::yes));
    text.put("SR-IOV", settings.sriovNetSupport());
    text.put("virtualization", settings.virtualization());
    text.put("root device", settings.rootDevice());
    text.put("root device type", settings.rootDeviceType());
    text.put("VPC", settings.vpc());
    text.put("subnet", settings.subnet());
    text.put("zone", settings.zone());
    text.put("private address", settings.privateIp());
    text.put("security groups", settings.securityGroups());
    text.put("profile", settings.profile());
    settings
        .metadata()
        .ifPresent(
            metadata -> {
              text.put("metadata tokens", metadata.tokens());
              text.put("metadata endpoint", metadata.endpoint());
              text.put(
                  "metadata hop limit",
                  Optional.of(metadata.hopLimit()).filter(hops -> hops > 0).map(String::valueOf));
              text.put("tags in metadata", metadata.tags());
            });
    text.put("EBS-optimized", Optional.of(settings.ebsOptimized()).map(SettingsText::yes));
    text.put("hibernation", Optional.of(settings.hibernation()).map(SettingsText::yes));
    settings
        .placement()
        .ifPresent(
            placement -> {
              text.put("tenancy", placement.tenancy());
              text.put("placement group", placement.group());
              text.put("host", placement.host());
            });
    text.put("life cycle", settings.lifecycle());
    text.put("Auto Scaling group", settings.autoScalingGroup());
    return text.line();
  }

  private static String of(VolumeSettings settings, Integer leftOut) {
    SettingsText text = new SettingsText();
    text.put("device", settings.device());
    text.put("type", settings.type());
    text.put("size", settings.sizeGiB(), " GiB");
    text.put("IOPS", settings.iops(), "");
    text.put("throughput", settings.throughput(), " MiB/s");
    text.put("zone", settings.zone());
    text.put("encrypted", settings.encrypted().map(SettingsText::yes));
    text.put("key", settings.kmsKeyId());
    text.put("deleted on termination", settings.deleteOnTermination().map(SettingsText::yes));
    text.put("Multi-Attach", settings.multiAttach() ? Optional.of("yes") : Optional.empty());
    text.put("boots", settings.boot() ? Optional.of("yes") : Optional.empty());
    text.tags(settings.tags(), leftOut);
    return text.line();
  }

  private static String yes(boolean fact) {
    return fact ? "yes" : "no";
  }

  private void put(String name, Optional<String> value) {
    value.ifPresent(text -> parts.add("%s %s".formatted(name, LogSafe.of(text, MAX_SETTING))));
  }

  private void put(String name, List<String> values) {
    put(name, values.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", values)));
  }

  private void put(String name, OptionalInt value, String unit) {
    if (value.isPresent()) {
      parts.add("%s %d%s".formatted(name, value.getAsInt(), unit));
    }
  }

  private void tags(Map<String, String> tags, Integer leftOut) {
    if (!tags.isEmpty()) {
      String all =
          tags.entrySet().stream()
              .map(tag -> "%s=%s".formatted(tag.getKey(), tag.getValue()))
              .collect(Collectors.joining(", "));
      parts.add("tags " + LogSafe.of(all, MAX_TAGS));
    }
    if (leftOut != null) {
      parts.add("tags not on record, for want of room: %d".formatted(leftOut));
    }
  }

  private String line() {
    return parts.isEmpty() ? "EC2 said nothing of it" : String.join("; ", parts);
  }
}
