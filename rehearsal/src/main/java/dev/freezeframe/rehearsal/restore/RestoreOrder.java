package dev.freezeframe.rehearsal.restore;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Which sets are restored, and where to.
 *
 * @param target the instance that gets the volumes; empty: the one that they are of
 * @param instance whose set is restored; empty: a set of each
 * @param after how long from now
 * @param accept what else than APPLICATION is restored
 * @param waitInitialized whether it is over only when its volumes are initialized
 */
public record RestoreOrder(
    Destination to,
    Optional<InstanceId> target,
    Optional<InstanceId> instance,
    Duration after,
    List<Consistency> accept,
    boolean waitInitialized) {

  public RestoreOrder {
    accept = List.copyOf(accept);
  }

  /** Somebody wants a set of an instance back, whatever it is worth, and waits for no more. */
  public static RestoreOrder byHand(Destination to, InstanceId instance) {
    return new RestoreOrder(
        to,
        Optional.empty(),
        Optional.of(instance),
        Duration.ZERO,
        List.of(Consistency.CRASH, Consistency.UNKNOWN),
        false);
  }

  /** The request for a set, as the command line makes it. */
  public RestoreRequest request(AttemptId set, InstanceId of) {
    return new RestoreRequest(
        set,
        of,
        to,
        to == Destination.INSTANCE ? target.or(() -> Optional.of(of)) : Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        waitInitialized,
        List.of(),
        accept,
        new TreeSet<>(),
        false,
        Optional.empty());
  }
}
