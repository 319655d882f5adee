package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.SnapshotLife;
import dev.freezeframe.rehearsal.ec2.SnapshotView;
import dev.freezeframe.rehearsal.ssm.Freeze;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A set is called application-consistent only where its guest truly stood still. */
final class ApplicationIsTrue implements Invariant {

  @Override
  public String name() {
    return "application-consistent is what stood still";
  }

  @Override
  public List<String> broken(Aftermath aftermath) {
    Stream<String> rows =
        aftermath.lives().values().stream()
            .filter(ApplicationIsTrue::claimed)
            .filter(
                life ->
                    !stoodStill(
                        aftermath,
                        life.row().instance().value(),
                        taken(aftermath, life.row().snapshot().value(), life.row().pointInTime())))
            .map(
                life ->
                    "expected %s to stand still at %s, found it running; the ledger says of %s: %s"
                        .formatted(
                            life.row().instance(),
                            taken(
                                aftermath, life.row().snapshot().value(), life.row().pointInTime()),
                            life.row().snapshot(),
                            life.row().reason().orElse("")));
    Stream<String> tags =
        aftermath.snapshots().values().stream()
            .filter(view -> "APPLICATION".equals(view.tags().get(SnapshotTags.CONSISTENCY)))
            .filter(
                view ->
                    !stoodStill(
                        aftermath,
                        view.instanceId(),
                        taken(aftermath, view.snapshotId(), view.startTime())))
            .map(ApplicationIsTrue::tagged);
    return Stream.concat(rows, tags).toList();
  }

  private static boolean claimed(SnapshotLife life) {
    return life.row().consistency().equals(Optional.of(Consistency.APPLICATION));
  }

  private static String tagged(SnapshotView view) {
    return "expected %s to stand still at %s, found it running; %s is tagged APPLICATION"
        .formatted(view.instanceId(), view.startTime(), view.snapshotId());
  }

  /** The truth, which may be later than EC2 says. */
  private static Instant taken(Aftermath aftermath, String snapshot, Instant stated) {
    return aftermath.cloud().ec2().takenAt(snapshot).orElse(stated);
  }

  private static boolean stoodStill(Aftermath aftermath, String instance, Instant at) {
    return aftermath.trail().wasStopped(aftermath.machine(instance), at)
        || aftermath.cloud().ssm().guest(instance).freezes().stream()
            .anyMatch(freeze -> covers(freeze, at));
  }

  /** The ledger keeps milliseconds, rounded down; so does this. */
  private static boolean covers(Freeze freeze, Instant at) {
    return !at.isBefore(freeze.from()) && freeze.to().map(at::isBefore).orElse(true);
  }
}
