package dev.freezeframe.restore.plan;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.view.LaunchView;
import dev.freezeframe.restore.view.LiveVolume;
import dev.freezeframe.restore.view.RestoreView;
import dev.freezeframe.restore.view.TargetView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A request, and what is known for it. */
record Question(RestoreRequest request, RestoreView view) {

  /** The set, as sentences name it. */
  String set() {
    return "set %s".formatted(request.set());
  }

  /** The settings of the instance that are on record. */
  Optional<InstanceSettings> settings() {
    return view.facts().flatMap(RestoreFacts::settings);
  }

  /** The instance that would be changed, if EC2 knows it. */
  Optional<TargetView> target() {
    return view.target();
  }

  /** The members with all that is known of their volumes: the root first, then by device. */
  List<MemberVolume> members() {
    return view.set().members().stream()
        .map(member -> MemberVolume.of(member, this))
        .sorted(
            Comparator.comparing(MemberVolume::root)
                .reversed()
                .thenComparing(volume -> volume.device().orElse("~"))
                .thenComparing(volume -> volume.member().snapshot()))
        .toList();
  }

  /** The member that boots the instance. */
  Optional<MemberVolume> root() {
    return members().stream().filter(MemberVolume::root).findFirst();
  }

  /** Whether the instance that would be changed is the one that the set was taken of. */
  boolean own(InstanceId instance) {
    return instance.equals(request.instance());
  }

  /**
   * The zone of the volumes: that of the target, what the request says, the recorded one, or that
   * of the old volumes as long as they are there.
   */
  Optional<String> zone() {
    return target()
        .map(TargetView::zone)
        .or(request::zone)
        .or(() -> view.launch().flatMap(LaunchView::subnetZone))
        .or(() -> settings().flatMap(InstanceSettings::zone))
        .or(
            () ->
                members().stream()
                    .flatMap(volume -> volume.settings().stream())
                    .flatMap(settings -> settings.zone().stream())
                    .findFirst())
        .or(
            () ->
                members().stream()
                    .flatMap(volume -> volume.live().stream())
                    .map(LiveVolume::zone)
                    .findFirst());
  }
}
