package dev.freezeframe.restore.plan;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.VolumeSettings;
import dev.freezeframe.restore.view.LiveVolume;
import dev.freezeframe.restore.view.SetView.Member;
import dev.freezeframe.restore.view.TargetView;
import dev.freezeframe.restore.view.TargetView.Attached;
import java.util.Optional;
import java.util.Set;

/**
 * A member of a set, and what is known of the volume that it was taken of.
 *
 * @param settings on record
 * @param live the volume as it is now; empty: it is gone
 * @param attached how it is attached to the instance that would be changed; empty: it is not
 * @param device on record, or that of now; empty: nobody knows
 * @param root whether it boots the instance
 */
record MemberVolume(
    Member member,
    Optional<VolumeSettings> settings,
    Optional<LiveVolume> live,
    Optional<Attached> attached,
    Optional<String> device,
    boolean root) {
  /** The names that EC2 reserves for roots (EC2 User Guide, device names). */
  private static final Set<String> ROOTS = Set.of("/dev/sda1", "/dev/xvda");

  static MemberVolume of(Member member, Question question) {
    Optional<VolumeSettings> settings =
        question.view().facts().flatMap(facts -> facts.of(member.snapshot()));
    Optional<Attached> attached =
        question
            .target()
            .flatMap(
                target ->
                    target.attached().stream()
                        .filter(volume -> volume.volume().equals(member.volume()))
                        .findFirst());
    Optional<String> device =
        settings
            .flatMap(VolumeSettings::device)
            .or(() -> member.life().map(SnapshotHistory::row).flatMap(row -> row.device()))
            .or(() -> attached.map(Attached::device));
    return new MemberVolume(
        member,
        settings,
        Optional.ofNullable(question.view().originals().get(member.volume()))
            .or(() -> attached.map(Attached::live)),
        attached,
        device,
        root(settings, device, attached, question));
  }

  /** What is not on record is judged by the device, and by what boots the instance now. */
  private static boolean root(
      Optional<VolumeSettings> settings,
      Optional<String> device,
      Optional<Attached> attached,
      Question question) {
    if (settings.isPresent()) {
      return settings.get().boot();
    }
    Optional<String> rootDevice = question.settings().flatMap(InstanceSettings::rootDevice);
    if (rootDevice.isPresent()) {
      return device.equals(rootDevice);
    }
    if (attached.isPresent()) {
      return question.target().flatMap(TargetView::root).equals(attached);
    }
    return device.filter(ROOTS::contains).isPresent();
  }

  VolumeId volume() {
    return member.volume();
  }

  /** Such as {@code snap-1 of vol-1 (/dev/sdf)}. */
  String words() {
    return "%s of %s%s"
        .formatted(member.snapshot(), volume(), device.map(" (%s)"::formatted).orElse(""));
  }
}
