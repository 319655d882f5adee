package dev.freezeframe.task.event;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.task.InputRefusedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what an EBS event says of snapshots.
 *
 * <p>Of single snapshots only {@code createSnapshot} is news of completion; copies, shares and
 * locks have events of the same type.
 */
public final class SnapshotEvents {
  public static final String SINGLE = "EBS Snapshot Notification";
  public static final String SET = "EBS Multi-Volume Snapshots Completion Status";

  private SnapshotEvents() {}

  /**
   * The changes that an event brings; none: it brings no news of completion.
   *
   * @param detailType of the event
   * @param detail of the event
   * @param now stands in for an end time that the event lacks
   */
  static List<SnapshotChange> changes(String detailType, Map<String, Object> detail, Instant now) {
    String event = text(detail, "event");
    Instant at = instant(text(detail, "endTime")).orElse(now);
    Optional<String> cause =
        Optional.of(text(detail, "cause")).filter(words -> !words.isBlank()).map(LogSafe::of);
    if (SINGLE.equals(detailType) && event.equals("createSnapshot")) {
      return List.of(
          change(
              text(detail, "snapshot_id"), text(detail, "result").equals("succeeded"), at, cause));
    }
    if (SET.equals(detailType)
        && event.equals("createSnapshots")
        && detail.get("snapshots") instanceof List<?> members) {
      return members.stream()
          .filter(Map.class::isInstance)
          .map(Map.class::cast)
          .filter(member -> settled(text(member, "status")))
          .map(
              member ->
                  change(
                      text(member, "snapshot_id"),
                      text(member, "status").equals("completed"),
                      at,
                      cause))
          .toList();
    }
    return List.of();
  }

  private static boolean settled(String status) {
    return status.equals("completed") || status.equals("error");
  }

  private static SnapshotChange change(
      String arn, boolean succeeded, Instant at, Optional<String> cause) {
    return new SnapshotChange(
        id(arn),
        succeeded ? SnapshotState.COMPLETED : SnapshotState.ERROR,
        at,
        succeeded ? Optional.empty() : cause);
  }

  private static SnapshotId id(String arn) {
    try {
      return new SnapshotId(arn.substring(arn.lastIndexOf('/') + 1));
    } catch (IllegalArgumentException none) {
      throw new InputRefusedException(
          "snapshot_id is '%s', expected the ARN of a snapshot".formatted(LogSafe.of(arn, 60)),
          none);
    }
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
