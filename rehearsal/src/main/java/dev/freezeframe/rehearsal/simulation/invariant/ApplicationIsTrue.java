package dev.freezeframe.rehearsal.simulation.invariant;

import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A snapshot is called application-consistent only where its volume truly stood still when EC2 took
 * its data, and a set only where all of its volumes did. Of what its scripts claim, the guest.
 */
public final class ApplicationIsTrue implements Invariant {
  private static final String APPLICATION = Consistency.APPLICATION.name();

  @Override
  public String name() {
    return "application-consistent is what stood still";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    Stream<String> rows =
        finalState.lives().values().stream()
            .filter(ApplicationIsTrue::saysApplication)
            .map(life -> moved(finalState, life))
            .flatMap(Optional::stream);
    Stream<String> tags =
        finalState.snapshots().values().stream()
            .filter(
                view ->
                    APPLICATION.equals(view.tags().get(SnapshotTags.CONSISTENCY))
                        || APPLICATION.equals(view.tags().get(SnapshotTags.SET_CONSISTENCY)))
            .map(view -> moved(finalState, view))
            .flatMap(Optional::stream);
    return Stream.concat(rows, tags).toList();
  }

  /** By itself, or as one of a set that is called so. */
  private static boolean saysApplication(SnapshotHistory life) {
    Optional<Consistency> application = Optional.of(Consistency.APPLICATION);
    return life.row().consistency().equals(application)
        || life.row().verdict().map(Verdict::consistency).equals(application);
  }

  private static Optional<String> moved(FinalState finalState, SnapshotHistory life) {
    Instant taken = taken(finalState, life.row().snapshot().value(), life.row().pointInTime());
    boolean claimed =
        life.row().verdict().flatMap(Verdict::proof).equals(Optional.of(Proof.CLAIMED));
    return moved(
        finalState,
        life.row().instance().value(),
        life.row().volume().value(),
        claimed,
        taken,
        "the ledger says of %s: %s"
            .formatted(
                life.row().snapshot(), life.row().verdict().map(Verdict::reason).orElse("")));
  }

  private static Optional<String> moved(FinalState finalState, SnapshotView view) {
    boolean claimed = Proof.CLAIMED.name().equals(view.tags().get(SnapshotTags.PROOF));
    return moved(
        finalState,
        view.instanceId(),
        view.volumeId(),
        claimed,
        taken(finalState, view.snapshotId(), view.startTime()),
        "%s is tagged APPLICATION".formatted(view.snapshotId()));
  }

  private static Optional<String> moved(
      FinalState finalState,
      String instance,
      String volume,
      boolean claimed,
      Instant at,
      String saidBy) {
    boolean stood =
        stood(finalState, instance, volume, claimed, at)
            && others(finalState, instance, volume, at)
                .allMatch(other -> stood(finalState, other, volume, false, at));
    return stood
        ? Optional.empty()
        : Optional.of(
            "expected %s of %s to stand still at %s, found that it could be written; %s"
                .formatted(volume, instance, at, saidBy));
  }

  /** Who else could write to a volume (Multi-Attach). */
  private static Stream<String> others(
      FinalState finalState, String instance, String volume, Instant at) {
    return finalState.trail().stillAttached(volume, at)
        ? finalState.simulation().fleet().having(volume).stream()
            .filter(other -> !other.equals(instance))
        : Stream.empty();
  }

  private static boolean stood(
      FinalState finalState, String instance, String volume, boolean claimed, Instant at) {
    return finalState.cloud().ec2().stoodStill(instance, at)
        || finalState.cloud().ssm().guest(instance).freezes().stream()
            .filter(freeze -> claimed || freeze.volumes().contains(volume))
            .anyMatch(freeze -> covers(freeze, at));
  }

  /** The truth, which may be later than EC2 says. */
  private static Instant taken(FinalState finalState, String snapshot, Instant stated) {
    return finalState.cloud().ec2().takenAt(snapshot).orElse(stated);
  }

  /** The ledger keeps milliseconds, rounded down; so does this. */
  private static boolean covers(Freeze freeze, Instant at) {
    return !at.isBefore(freeze.from()) && freeze.to().map(at::isBefore).orElse(true);
  }
}
