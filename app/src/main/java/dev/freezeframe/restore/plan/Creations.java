package dev.freezeframe.restore.plan;

import dev.freezeframe.restore.RestorePlan.Creation;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.VolumeSettings;
import dev.freezeframe.restore.view.SetView.LiveSnapshot;
import dev.freezeframe.restore.view.TargetView.Attached;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What is created of a member: a volume like that which the snapshot was taken of. */
final class Creations {
  /** EC2's own default, gp2, is slower and dearer; CreateVolume is never left to choose. */
  static final String DEFAULT_TYPE = "gp3";

  private static final Set<String> PROVISIONED = Set.of("io1", "io2");
  private static final Set<String> WITH_IOPS = Set.of("gp3", "io1", "io2");

  private Creations() {}

  /**
   * The volume of a member.
   *
   * @param device under which it is attached; empty: it is not
   */
  static Creation of(MemberVolume volume, RestoreRequest request, Optional<String> device) {
    LiveSnapshot live = volume.member().live().orElseThrow();
    Performance like =
        source(volume)
            .orElse(new Performance(DEFAULT_TYPE, OptionalInt.empty(), OptionalInt.empty()));
    return new Creation(
        volume.member().snapshot(),
        volume.volume(),
        device,
        like.type(),
        iops(like.type(), like.iops()),
        throughput(like.type(), like.throughput()),
        live.sizeGiB(),
        live.kmsKeyId(),
        volume
            .settings()
            .flatMap(VolumeSettings::deleteOnTermination)
            .or(() -> volume.attached().map(Attached::deleteOnTermination))
            .orElse(false),
        volume.root(),
        CopiedTags.of(volume, request));
  }

  /** On record, or as it is now; empty: nobody knows. */
  static Optional<String> type(MemberVolume volume) {
    return source(volume).map(Performance::type);
  }

  /**
   * What may be named for a type: EC2 states IOPS of gp2 as well, and refuses them (API reference,
   * CreateVolume).
   */
  static OptionalInt iops(String type, OptionalInt stated) {
    return WITH_IOPS.contains(type) ? stated : OptionalInt.empty();
  }

  /** The same of throughput. */
  static OptionalInt throughput(String type, OptionalInt stated) {
    return type.equals("gp3") ? stated : OptionalInt.empty();
  }

  /** Type and figures are of one source: those of two times need not fit together. */
  private record Performance(String type, OptionalInt iops, OptionalInt throughput) {

    /** CreateVolume takes no volume of provisioned IOPS without them. */
    boolean known() {
      return iops.isPresent() || !PROVISIONED.contains(type);
    }
  }

  private static Optional<Performance> source(MemberVolume volume) {
    return volume
        .settings()
        .flatMap(
            settings ->
                settings
                    .type()
                    .map(type -> new Performance(type, settings.iops(), settings.throughput())))
        .filter(Performance::known)
        .or(
            () ->
                volume
                    .live()
                    .map(live -> new Performance(live.type(), live.iops(), live.throughput()))
                    .filter(Performance::known));
  }
}
