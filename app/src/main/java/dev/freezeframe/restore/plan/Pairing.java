package dev.freezeframe.restore.plan;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.view.TargetView;
import dev.freezeframe.restore.view.TargetView.Attached;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which volume of an instance each member of a set takes the place of.
 *
 * @param devices under which each copy is attached
 * @param replaced the volumes that are detached for them
 * @param left the volumes that stay attached though the set has none of them
 * @param reasons why it can't be done so
 */
record Pairing(
    Map<SnapshotId, String> devices,
    Map<SnapshotId, Attached> replaced,
    List<Attached> left,
    List<String> reasons) {

  /** Pairs the members of a set with the volumes of the instance that it was taken of. */
  static Pairing of(Question question, TargetView target) {
    Map<SnapshotId, String> devices = new LinkedHashMap<>();
    Map<SnapshotId, Attached> replaced = new LinkedHashMap<>();
    List<String> reasons = new ArrayList<>();
    Map<VolumeId, Attached> others = new TreeMap<>();
    target.attached().forEach(volume -> others.put(volume.volume(), volume));
    for (MemberVolume volume : question.members()) {
      counterpart(volume, target, question)
          .filter(found -> others.containsKey(found.volume()))
          .ifPresent(
              found -> {
                others.remove(found.volume());
                replaced.put(volume.member().snapshot(), found);
                devices.put(volume.member().snapshot(), found.device());
              });
    }
    Devices taken = new Devices(target.windows());
    target.attached().forEach(volume -> taken.take(volume.device()));
    for (MemberVolume volume : question.members()) {
      if (!replaced.containsKey(volume.member().snapshot())) {
        detached(volume, target, taken, reasons)
            .ifPresent(device -> devices.put(volume.member().snapshot(), device));
      }
    }
    reasons.addAll(shared(replaced, target));
    reasons.addAll(unsaid(question, target, others, replaced));
    reasons.addAll(leftWrongly(question, target, others));
    return new Pairing(devices, replaced, List.copyOf(others.values()), reasons);
  }

  /** The volume itself, or one that an earlier restore created in its place. */
  private static Optional<Attached> counterpart(
      MemberVolume volume, TargetView target, Question question) {
    return target.attached().stream()
        .filter(attached -> attached.volume().equals(volume.volume()))
        .findFirst()
        .or(
            () ->
                target.attached().stream()
                    .filter(attached -> isCopy(attached, volume, question))
                    .findFirst());
  }

  /** What EC2 says it was created of cannot be forged as a tag can. */
  private static boolean isCopy(Attached attached, MemberVolume volume, Question question) {
    return attached
        .origin()
        .filter(row -> question.own(row.instance()))
        .filter(
            row ->
                row.volume().equals(volume.volume())
                    || volume.device().equals(Optional.of(attached.device())))
        .isPresent();
  }

  private static Optional<String> detached(
      MemberVolume volume, TargetView target, Devices taken, List<String> reasons) {
    if (volume.device().isEmpty()) {
      reasons.add(
          "the device of %s is not on record, and it is not attached to %s any more; use --to volumes, and attach it yourself"
              .formatted(volume.volume(), target.instance()));
      return Optional.empty();
    }
    if (!taken.take(volume.device().get())) {
      reasons.add(
          "%s of %s is taken by a volume that is not of the set, expected it free for the copy of %s; detach that volume first"
              .formatted(volume.device().get(), target.instance(), volume.volume()));
      return Optional.empty();
    }
    return volume.device();
  }

  private static List<String> shared(Map<SnapshotId, Attached> replaced, TargetView target) {
    return replaced.values().stream()
        .filter(volume -> !volume.elsewhere().isEmpty())
        .map(
            volume ->
                "%s is attached to %s as well as to %s: that would go on with the old one"
                    .formatted(volume.volume(), volume.elsewhere().get(0), target.instance()))
        .toList();
  }

  /** Whether a volume stands where a copy has to: to leave it is no way out. */
  private static boolean stands(
      Attached volume, Question question, Map<SnapshotId, Attached> replaced) {
    return question.members().stream()
        .filter(member -> !replaced.containsKey(member.member().snapshot()))
        .flatMap(member -> member.device().stream())
        .anyMatch(device -> Devices.same(device, volume.device()));
  }

  /**
   * A data volume that stays beside restored ones is of another time. The root is not asked for
   * where the policy leaves it out, as most do.
   */
  private static List<String> unsaid(
      Question question,
      TargetView target,
      Map<VolumeId, Attached> others,
      Map<SnapshotId, Attached> replaced) {
    return others.values().stream()
        .filter(volume -> !stands(volume, question, replaced))
        .filter(volume -> !question.request().leave().contains(volume.volume()))
        .filter(volume -> question.root().isPresent() || !target.root().equals(Optional.of(volume)))
        .map(
            volume ->
                "%s (%s) is attached to %s, and %s has no snapshot of it: it would stay as it is beside volumes of another time; --leave %s says so"
                    .formatted(
                        volume.volume(),
                        volume.device(),
                        target.instance(),
                        question.set(),
                        volume.volume()))
        .toList();
  }

  private static List<String> leftWrongly(
      Question question, TargetView target, Map<VolumeId, Attached> others) {
    return question.request().leave().stream()
        .filter(volume -> !others.containsKey(volume))
        .map(
            volume ->
                target.attached().stream().anyMatch(one -> one.volume().equals(volume))
                    ? "--leave is %s, expected no volume of the set: a set is restored whole"
                        .formatted(volume)
                    : "--leave is %s, expected a volume that is attached to %s"
                        .formatted(volume, target.instance()))
        .toList();
  }
}
