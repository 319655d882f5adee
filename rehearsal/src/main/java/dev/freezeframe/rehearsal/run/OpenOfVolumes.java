package dev.freezeframe.rehearsal.run;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.slot.SlotRules;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which instances had a volume with no room for another snapshot, by what the ledger knows. */
final class OpenOfVolumes {
  private final Map<String, List<SnapshotHistory>> instances;
  private final Instant end;

  OpenOfVolumes(Collection<SnapshotHistory> lives, Instant end) {
    this.instances = lives.stream().collect(groupingBy(life -> life.row().instance().value()));
    this.end = end;
  }

  /** Whether a volume of an instance had as many pending or failed ones as EC2 lets it have. */
  boolean full(String instance, Instant at) {
    Map<VolumeId, Long> open =
        instances.getOrDefault(instance, List.of()).stream()
            .filter(life -> open(life, at))
            .collect(groupingBy(life -> life.row().volume(), counting()));
    return open.values().stream().anyMatch(count -> count >= SlotRules.MAX_OF_A_VOLUME);
  }

  private boolean open(SnapshotHistory life, Instant at) {
    Instant until =
        life.row().state() == SnapshotState.ERROR
            ? life.deletion().map(Deletion::at).or(life::vanishedAt).orElse(Instant.MAX)
            : life.row().settledAt().orElse(end);
    return !life.row().pointInTime().isAfter(at) && until.isAfter(at);
  }
}
