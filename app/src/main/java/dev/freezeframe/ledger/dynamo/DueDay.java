package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The partitions of what expires on one day (UTC), such as {@code 2026-12-06#3}.
 *
 * <p>A set lies whole in one of them. A day is split because a fleet that was backed up at one hour
 * expires at one hour, and a partition takes 1,000 writes a second.
 */
final class DueDay {

  private DueDay() {}

  /** The partition of a set. */
  static String of(AttemptId set, Instant expiresAt) {
    return partition(
        expiresAt.atOffset(ZoneOffset.UTC).toLocalDate(),
        Math.floorMod(set.value().hashCode(), LedgerTable.DUE_SHARDS));
  }

  /** All partitions of a day. */
  static List<String> partitions(LocalDate day) {
    return IntStream.range(0, LedgerTable.DUE_SHARDS)
        .mapToObj(shard -> partition(day, shard))
        .toList();
  }

  private static String partition(LocalDate day, int shard) {
    return day + "#" + shard;
  }
}
