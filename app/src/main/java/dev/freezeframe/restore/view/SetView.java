package dev.freezeframe.restore.view;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A set, by the ledger and by EC2.
 *
 * @param members all that is known to belong to it, by snapshot
 * @param size how many it was judged with, or has by its facts; empty: nobody knows
 */
public record SetView(AttemptId set, List<Member> members, OptionalInt size) {

  public SetView {
    members = members.stream().sorted(Comparator.comparing(Member::snapshot)).toList();
  }

  /**
   * A snapshot of it.
   *
   * @param life empty: the ledger has no row of it any more, if it ever had
   * @param live empty: EC2 does not show it among those of this account
   * @param inBin whether the Recycle Bin has it
   */
  public record Member(
      SnapshotId snapshot,
      VolumeId volume,
      Optional<SnapshotHistory> life,
      Optional<LiveSnapshot> live,
      boolean inBin) {}

  /**
   * A snapshot as EC2 has it now.
   *
   * @param state EC2's word, such as {@code completed}
   * @param archived whether it can't be read until it is restored from the archive tier
   * @param fullBytes what a volume reads of it in all; empty: EC2 does not say
   */
  public record LiveSnapshot(
      VolumeId volume,
      Instant startTime,
      String state,
      Optional<String> message,
      String description,
      boolean archived,
      int sizeGiB,
      Optional<String> kmsKeyId,
      OptionalLong fullBytes) {}

  /** The rows of its members, as far as there are any. */
  public List<SnapshotRow> rows() {
    return members.stream()
        .flatMap(member -> member.life().stream())
        .map(SnapshotHistory::row)
        .toList();
  }

  /** Its point in time; empty: the ledger has no row. */
  public Optional<Instant> pointInTime() {
    return rows().stream().map(SnapshotRow::pointInTime).findFirst();
  }

  /** The verdict on it; empty: it is not judged. */
  public Optional<Consistency> consistency() {
    List<SnapshotRow> rows = rows();
    return rows.isEmpty() || rows.stream().anyMatch(row -> row.consistency().isEmpty())
        ? Optional.empty()
        : rows.stream().flatMap(row -> row.consistency().stream()).max(Comparator.naturalOrder());
  }

  /** What an APPLICATION rests on. */
  public Optional<Proof> proof() {
    return rows().stream().flatMap(row -> row.proof().stream()).max(Comparator.naturalOrder());
  }

  /** The reason of the verdict. */
  public String reason() {
    return rows().stream()
        .flatMap(row -> row.reason().stream())
        .findFirst()
        .orElse("no reason is on record");
  }
}
