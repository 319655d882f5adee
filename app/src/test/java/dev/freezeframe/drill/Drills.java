package dev.freezeframe.drill;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.drill.DrillPlan.Member;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.schedule.Schedule;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.VolumeSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Drills and what they are made of, for tests. */
public final class Drills {
  public static final Instant EIGHT = Instant.parse("2026-11-28T08:00:00Z");
  public static final PolicyName DAILY = new PolicyName("daily");
  public static final String EXECUTION =
      "arn:aws:states:eu-central-1:1:execution:drill-set:drill-20261128T080000Z-00000001";
  public static final String KEY = "arn:aws:kms:eu-central-1:1:key/k";

  private Drills() {}

  public static Drill drill() {
    return drill(Drill.Level.L2, Optional.empty(), Optional.empty());
  }

  public static Drill drill(Drill.Level level, Optional<Duration> rto, Optional<Duration> rpo) {
    return new Drill(
        Duration.ofDays(90),
        new Schedule("cron(0 8 * * ? *)", ZoneId.of("UTC"), Duration.ZERO),
        level,
        level == Drill.Level.L3 ? "freezeframe-drill-postgresql" : "freezeframe-drill-filesystem",
        Duration.ofMinutes(30),
        new Drill.Host(Optional.empty(), Optional.empty(), List.of(), List.of()),
        new Drill.Limits(2, 2000, 20),
        new Drill.Targets(rto, rpo));
  }

  public static DrillId id(int number) {
    return new DrillId("drill-20261128T080000Z-%08x".formatted(number));
  }

  public static InstanceId instance(int number) {
    return new InstanceId("i-%017x".formatted(number));
  }

  public static AttemptId set(int number) {
    return new AttemptId("00000000-0000-0000-0000-%012x".formatted(number));
  }

  public static SnapshotId snapshot(int number) {
    return new SnapshotId("snap-%017x".formatted(number));
  }

  public static VolumeId volume(int number) {
    return new VolumeId("vol-%017x".formatted(number));
  }

  public static DrillOrder order(int number, Drill drill) {
    return new DrillOrder(DAILY, drill, set(number), instance(number), "it was never drilled");
  }

  public static DocumentVersion document(String hash) {
    return new DocumentVersion("freezeframe-drill-filesystem", "3", hash, true);
  }

  public static DrillPlan plan(Instant pointInTime) {
    return new DrillPlan(
        pointInTime,
        List.of(
            new Member(snapshot(1), volume(1), "/dev/sdf", 100, Optional.of(KEY)),
            new Member(snapshot(2), volume(2), "/dev/sdg", 50, Optional.empty())),
        List.of(),
        Optional.of(document("ab".repeat(32))),
        Optional.of(
            new DrillPlan.Host(
                "t3.small",
                "resolve:ssm:/aws/service/image",
                List.of("subnet-00000001", "subnet-00000002"),
                List.of("sg-00000001"),
                "drills",
                Duration.ofMinutes(70))),
        new DrillCost(500_000));
  }

  public static DrillRow row(int number, Instant startedAt) {
    return DrillRow.of(
        id(number),
        order(number, drill()),
        EXECUTION,
        startedAt,
        Optional.of(plan(startedAt.minus(Duration.ofHours(6)))));
  }

  public static DrillEnd end(DrillVerdict verdict, Instant at) {
    return new DrillEnd(
        verdict,
        "because",
        List.of(),
        Optional.of(Drill.Level.L2),
        new DrillCost(40_000),
        List.of(),
        at);
  }

  /** Facts of an instance with a root and so many data volumes. */
  public static RestoreFacts facts(int number, int data, int sizeGiB) {
    return new RestoreFacts(
        set(number),
        instance(number),
        EIGHT,
        Optional.of(settings(Optional.of("/dev/xvda"), "x86_64")),
        IntStream.rangeClosed(0, data)
            .mapToObj(
                volume ->
                    settings(
                        number * 100 + volume,
                        volume == 0
                            ? Optional.of("/dev/xvda")
                            : Optional.of("/dev/sd%03d".formatted(volume)),
                        volume == 0,
                        sizeGiB))
            .toList());
  }

  public static VolumeSettings settings(
      int number, Optional<String> device, boolean boot, int sizeGiB) {
    return new VolumeSettings(
        volume(number),
        snapshot(number),
        device,
        Optional.of("gp3"),
        OptionalInt.of(3000),
        OptionalInt.empty(),
        OptionalInt.of(sizeGiB),
        Optional.of("eu-central-1a"),
        Optional.of(true),
        Optional.of(KEY),
        Optional.of(true),
        false,
        boot,
        Map.of());
  }

  public static InstanceSettings settings(Optional<String> root, String architecture) {
    InstanceSettings unknown = InstanceSettings.unknown();
    return new InstanceSettings(
        Optional.of("m5.large"),
        Optional.of(architecture),
        unknown.platformDetails(),
        unknown.usageOperation(),
        List.of(),
        unknown.image(),
        unknown.keyName(),
        unknown.bootMode(),
        unknown.currentBootMode(),
        unknown.tpmSupport(),
        unknown.enaSupport(),
        unknown.sriovNetSupport(),
        unknown.virtualization(),
        root,
        unknown.rootDeviceType(),
        unknown.vpc(),
        unknown.subnet(),
        Optional.of("eu-central-1a"),
        unknown.privateIp(),
        List.of(),
        unknown.profile(),
        unknown.metadata(),
        false,
        false,
        unknown.placement(),
        unknown.lifecycle(),
        unknown.autoScalingGroup(),
        Map.of());
  }
}
