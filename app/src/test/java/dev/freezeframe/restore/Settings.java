package dev.freezeframe.restore;

import dev.freezeframe.common.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings in which nothing is empty, for tests. */
public final class Settings {
  private Settings() {}

  public static InstanceSettings instance(Map<String, String> tags) {
    return new InstanceSettings(
        Optional.of("m5.large"),
        Optional.of("x86_64"),
        Optional.of("Linux/UNIX"),
        Optional.of("RunInstances"),
        List.of("code-1"),
        Optional.of("ami-0123456789abcdef0"),
        Optional.of("ops"),
        Optional.of("uefi"),
        Optional.of("uefi"),
        Optional.of("v2.0"),
        Optional.of(true),
        Optional.of("simple"),
        Optional.of("hvm"),
        Optional.of("/dev/xvda"),
        Optional.of("ebs"),
        Optional.of("vpc-0123456789abcdef0"),
        Optional.of("subnet-0123456789abcdef0"),
        Optional.of("eu-central-1a"),
        Optional.of("10.0.0.7"),
        List.of("sg-0123456789abcdef0", "sg-0123456789abcdef1"),
        Optional.of("arn:aws:iam::123456789012:instance-profile/web"),
        Optional.of(
            new InstanceSettings.Metadata(
                Optional.of("required"), Optional.of("enabled"), 2, Optional.of("disabled"))),
        true,
        false,
        Optional.of(
            new InstanceSettings.Placement(
                Optional.of("host"), Optional.of("group"), Optional.of("h-0123456789abcdef0"))),
        Optional.of("spot"),
        Optional.of("web"),
        tags);
  }

  public static VolumeId volumeId(int number) {
    return new VolumeId("vol-%017x".formatted(number));
  }

  public static AttachedVolume volume(int number, String device, Map<String, String> tags) {
    return new AttachedVolume(
        volumeId(number),
        Optional.of(device),
        Optional.of("gp3"),
        OptionalInt.of(4000),
        OptionalInt.of(250),
        OptionalInt.of(100),
        Optional.of("eu-central-1a"),
        Optional.of(true),
        Optional.of(
            "arn:aws:kms:eu-central-1:123456789012:key/12345678-1234-1234-1234-123456789012"),
        Optional.of(false),
        true,
        tags);
  }
}
