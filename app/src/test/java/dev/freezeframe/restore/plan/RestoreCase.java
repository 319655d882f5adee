package dev.freezeframe.restore.plan;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.Adoption;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.VolumeSettings;
import dev.freezeframe.restore.view.AttachmentLimit;
import dev.freezeframe.restore.view.LaunchView;
import dev.freezeframe.restore.view.LiveVolume;
import dev.freezeframe.restore.view.RestoreView;
import dev.freezeframe.restore.view.SetView;
import dev.freezeframe.restore.view.SetView.LiveSnapshot;
import dev.freezeframe.restore.view.SetView.Member;
import dev.freezeframe.restore.view.TargetView;
import dev.freezeframe.restore.view.TargetView.Attached;
import dev.freezeframe.restore.view.TargetView.StopView;
import dev.freezeframe.snapshot.Ownership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A request and what is known for it, all in order: a set of two data volumes, /dev/sdf and
 * /dev/sdg, of an instance whose root the policy leaves out. Tests change one thing.
 */
final class RestoreCase {
  static final AttemptId SET = AttemptId.of("arn:execution", 1);
  static final InstanceId INSTANCE = new InstanceId("i-0aaa0000000000001");
  static final InstanceId OTHER = new InstanceId("i-0bbb0000000000002");
  static final Instant AT = Instant.parse("2026-11-28T02:00:00Z");
  static final String ZONE = "eu-central-1a";
  private static final PolicyName DAILY = new PolicyName("daily");
  static final RunId RUN = RunId.of(DAILY, AT);

  /** A member, of which a test may change each part. */
  static final class M {
    final int number;
    VolumeId volume;
    Optional<String> device;
    boolean root;
    String type = "gp3";
    OptionalInt iops = OptionalInt.of(4_000);
    int throughput = 250;
    InstanceId instance = INSTANCE;
    boolean row = true;
    boolean inEc2 = true;
    boolean inBin;
    boolean recorded = true;
    boolean multiAttach;
    Optional<Deletion> deleting = Optional.empty();
    Optional<Deletion> deletion = Optional.empty();
    Optional<Adoption> adoption = Optional.empty();
    VolumeId liveVolume;
    Instant startTime = AT;
    String state = "completed";
    Optional<String> message = Optional.empty();
    String description = Ownership.description(RUN, INSTANCE);
    boolean archived;
    Map<String, String> tags = new TreeMap<>(Map.of("Name", "data", "aws:x", "1"));

    M(int number, String device) {
      this.number = number;
      this.volume = vol(number);
      this.liveVolume = volume;
      this.device = Optional.of(device);
    }

    SnapshotId snapshot() {
      return snap(number);
    }
  }

  Destination to = Destination.VOLUMES;
  Optional<InstanceId> target = Optional.empty();
  Optional<String> zone = Optional.empty();
  OptionalInt rate = OptionalInt.empty();
  List<VolumeId> leave = new ArrayList<>();
  List<Consistency> accept = new ArrayList<>();
  TreeSet<String> withoutTags = new TreeSet<>();
  Optional<String> name = Optional.empty();

  List<M> members = new ArrayList<>(List.of(new M(1, "/dev/sdf"), new M(2, "/dev/sdg")));
  OptionalInt size = OptionalInt.of(2);
  Optional<Consistency> verdict = Optional.of(Consistency.APPLICATION);
  Proof proof = Proof.PROVED;
  boolean facts = true;
  Optional<InstanceSettings> settings = Optional.of(settings(Map.of("Name", "web")));
  Map<String, Integer> tagsLeftOut = new TreeMap<>();
  boolean originalsThere = true;

  boolean targetThere = true;
  String state = "running";
  String targetZone = ZONE;
  String rootDeviceType = "ebs";
  Optional<String> image = Optional.of("ami-0bbb");
  Optional<String> lifecycle = Optional.empty();
  boolean hibernated;
  List<String> productCodes = new ArrayList<>();
  Map<String, String> targetTags = new TreeMap<>();
  List<Attached> attached = new ArrayList<>();
  Optional<AttachmentLimit> limit = Optional.of(new AttachmentLimit(28, true, 0));
  StopView stop = new StopView(false, "stop", false, Optional.empty());
  Optional<String> backup = Optional.empty();
  Optional<RestoreId> restore = Optional.empty();

  Optional<LaunchView.Image> launchImage =
      Optional.of(
          new LaunchView.Image("available", Optional.of("/dev/xvda"), List.of("/dev/xvda")));
  boolean offered = true;
  Optional<String> subnetZone = Optional.of(ZONE);
  List<String> missingGroups = new ArrayList<>();
  boolean keyPairMissing;
  Optional<String> original = Optional.empty();

  static RestoreCase to(Destination to) {
    RestoreCase one = new RestoreCase();
    one.to = to;
    one.attached.add(attached(vol(9), "/dev/xvda"));
    switch (to) {
      case INSTANCE -> one.target = Optional.of(OTHER);
      case IN_PLACE -> {
        one.attached.add(attached(vol(1), "/dev/sdf"));
        one.attached.add(attached(vol(2), "/dev/sdg"));
      }
      case ROOT -> one.withRoot();
      case VOLUMES, NEW -> {}
    }
    return one;
  }

  /** The set has the root as well. */
  RestoreCase withRoot() {
    M root = new M(9, "/dev/xvda");
    root.root = true;
    members.add(root);
    size = OptionalInt.of(3);
    return this;
  }

  M first() {
    return members.get(0);
  }

  M second() {
    return members.get(1);
  }

  static SnapshotId snap(int number) {
    return new SnapshotId("snap-%017x".formatted(number));
  }

  static VolumeId vol(int number) {
    return new VolumeId("vol-%017x".formatted(number));
  }

  static Attached attached(VolumeId volume, String device) {
    return attached(volume, device, "attached", List.of(), Optional.empty());
  }

  static Attached attached(
      VolumeId volume,
      String device,
      String state,
      List<InstanceId> elsewhere,
      Optional<SnapshotRow> origin) {
    return new Attached(
        new LiveVolume(
            volume,
            "gp3",
            OptionalInt.of(3_000),
            OptionalInt.of(125),
            ZONE,
            origin.map(SnapshotRow::snapshot),
            Map.of()),
        device,
        state,
        true,
        elsewhere,
        origin);
  }

  static SnapshotRow row(SnapshotId snapshot, VolumeId volume, InstanceId instance, String device) {
    return SnapshotRow.pending(
        snapshot, SET, volume, instance, DAILY, RUN, "arn:execution", AT, Optional.of(device));
  }

  static InstanceSettings settings(Map<String, String> tags) {
    return settings(Optional.of("RunInstances"), List.of(), tags);
  }

  static InstanceSettings settings(
      Optional<String> usageOperation, List<String> productCodes, Map<String, String> tags) {
    return new InstanceSettings(
        Optional.of("m5.large"),
        Optional.of("x86_64"),
        Optional.of("Linux/UNIX"),
        usageOperation,
        productCodes,
        Optional.of("ami-0aaa"),
        Optional.of("ops"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(true),
        Optional.empty(),
        Optional.of("hvm"),
        Optional.of("/dev/xvda"),
        Optional.of("ebs"),
        Optional.of("vpc-1"),
        Optional.of("subnet-1"),
        Optional.of(ZONE),
        Optional.of("10.0.0.7"),
        List.of("sg-1"),
        Optional.empty(),
        Optional.empty(),
        true,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        tags);
  }

  RestoreRequest request() {
    return new RestoreRequest(
        SET, INSTANCE, to, target, zone, rate, false, leave, accept, withoutTags, false, name);
  }

  RestoreView view() {
    Map<VolumeId, LiveVolume> originals = new TreeMap<>();
    if (originalsThere) {
      for (M member : members) {
        originals.put(
            member.volume,
            new LiveVolume(
                member.volume,
                "io2",
                OptionalInt.of(9_000),
                OptionalInt.empty(),
                ZONE,
                Optional.empty(),
                Map.of("Name", "now")));
      }
    }
    return new RestoreView(
        new SetView(SET, members.stream().map(this::member).toList(), size),
        facts ? Optional.of(recorded()) : Optional.empty(),
        originals,
        targetThere && to.changesInstance() ? Optional.of(target()) : Optional.empty(),
        to == Destination.NEW && settings.isPresent() ? Optional.of(launch()) : Optional.empty());
  }

  Planned plan() {
    return RestorePlanner.plan(request(), view());
  }

  private Member member(M of) {
    SnapshotRow pending =
        SnapshotRow.pending(
            of.snapshot(), SET, of.volume, of.instance, DAILY, RUN, "arn:execution", AT, of.device);
    SnapshotRow judged =
        verdict
            .map(
                consistency ->
                    pending.judged(
                        SetVerdict.on(
                            new Verdict(
                                consistency,
                                consistency == Consistency.APPLICATION
                                    ? Optional.of(proof)
                                    : Optional.empty(),
                                "because")),
                        Optional.empty()))
            .orElse(pending);
    return new Member(
        of.snapshot(),
        of.volume,
        of.row
            ? Optional.of(
                new SnapshotHistory(
                    judged,
                    Optional.empty(),
                    Optional.empty(),
                    of.deleting,
                    of.deletion,
                    Optional.empty(),
                    of.adoption))
            : Optional.empty(),
        of.inEc2
            ? Optional.of(
                new LiveSnapshot(
                    of.liveVolume,
                    of.startTime,
                    of.state,
                    of.message,
                    of.description,
                    of.archived,
                    100,
                    Optional.of("arn:aws:kms:eu-central-1:123456789012:key/k"),
                    OptionalLong.of(1L << 30)))
            : Optional.empty(),
        of.inBin);
  }

  private RestoreFacts recorded() {
    return new RestoreFacts(
        SET,
        INSTANCE,
        AT,
        settings,
        members.stream().filter(member -> member.recorded).map(RestoreCase::volume).toList(),
        new TreeMap<>(tagsLeftOut));
  }

  private static VolumeSettings volume(M of) {
    return new VolumeSettings(
        of.volume,
        of.snapshot(),
        of.device,
        Optional.of(of.type),
        of.iops,
        OptionalInt.of(of.throughput),
        OptionalInt.of(100),
        Optional.of(ZONE),
        Optional.of(true),
        Optional.empty(),
        Optional.of(of.number == 1),
        of.multiAttach,
        of.root,
        of.tags);
  }

  private TargetView target() {
    return new TargetView(
        to == Destination.INSTANCE ? target.orElse(OTHER) : INSTANCE,
        state,
        targetZone,
        "m5.large",
        false,
        Optional.of("/dev/xvda"),
        rootDeviceType,
        image,
        lifecycle,
        hibernated,
        productCodes,
        targetTags,
        attached,
        1,
        limit,
        to == Destination.IN_PLACE ? Optional.of(stop) : Optional.empty(),
        backup,
        restore);
  }

  private LaunchView launch() {
    return new LaunchView(
        launchImage, offered, subnetZone, missingGroups, keyPairMissing, limit, original);
  }
}
