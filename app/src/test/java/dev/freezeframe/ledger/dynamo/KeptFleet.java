package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.Rows;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A fleet that was backed up once a day for thirty days, two volumes an instance, and what of it is
 * due. Every row follows from its number, so that none has to be held.
 *
 * @param rows of the ledger, at least; a multiple of what an instance has is made of it
 * @param due snapshots of which the retention is over; one set of an instance at most
 */
public record KeptFleet(int rows, int due) {
  static final PolicyName POLICY = new PolicyName("daily");

  /** The first day; sets of the first instances that are due end before the rest of that day. */
  static final Instant FIRST = Instant.parse("2026-11-01T02:00:00Z");

  static final int SETS = 30;
  static final int MEMBERS = 2;
  private static final int DAYS = 30;

  /** When those that are due are due, and no others are. */
  static final Instant NOW = FIRST.plus(Duration.ofDays(DAYS)).plusSeconds(1800);

  int instances() {
    return (rows + SETS * MEMBERS - 1) / (SETS * MEMBERS);
  }

  /** The rows of the ledger, by instance and day. */
  Stream<DynamoAttributes> items() {
    return IntStream.range(0, instances())
        .boxed()
        .flatMap(
            instance ->
                IntStream.range(0, SETS * MEMBERS)
                    .mapToObj(row -> item(instance, row / MEMBERS, row % MEMBERS)));
  }

  /** Those that are due were taken at two o'clock, the others two hours later. */
  private Instant pointInTime(int instance, int day) {
    boolean early = instance < due / MEMBERS;
    return FIRST.plus(Duration.ofDays(day)).plus(Duration.ofHours(early ? 0 : 2));
  }

  private DynamoAttributes item(int instance, int day, int member) {
    Instant at = pointInTime(instance, day);
    AttemptId set = set(instance, day);
    SnapshotRow row =
        SnapshotRow.pending(
            snapshot(instance, day, member),
            set,
            new VolumeId("vol-%017x".formatted((long) instance * MEMBERS + member)),
            new InstanceId("i-%017x".formatted(instance)),
            POLICY,
            RunId.of(POLICY, at),
            "arn:aws:states:eu-central-1:123456789012:execution:snapshot-instance:i-%017x-%s"
                .formatted(instance, RunId.of(POLICY, at)),
            at,
            Optional.empty());
    return DynamoSnapshotItem.key(row.snapshot())
        .with(DynamoSnapshotItem.facts(row))
        .with(
            DynamoSnapshotItem.settlement(
                new SnapshotChange(
                    row.snapshot(),
                    SnapshotState.COMPLETED,
                    at.plusSeconds(300),
                    Optional.empty())))
        .with(
            DynamoSnapshotItem.verdict(
                set,
                row.volume(),
                Rows.verdict(
                    Consistency.APPLICATION,
                    "held by its scripts from 02:00:05.7 to 02:00:08.4, taken at 02:00:07.1"),
                Optional.of(at.plus(Duration.ofDays(DAYS)))))
        .withMap("terms", DynamoRetentionSettingsItem.map(TERMS))
        .with("setSize", MEMBERS);
  }

  private static final RetentionSettings TERMS =
      new RetentionSettings(
          OptionalInt.of(DAYS),
          "the policy says 30 days",
          OptionalInt.empty(),
          Optional.empty(),
          RetentionSettings.MIN,
          false,
          ZoneOffset.UTC);

  private static AttemptId set(int instance, int day) {
    return new AttemptId(new UUID(0x4000L, (2L << 62) | ((long) instance << 8) | day).toString());
  }

  private static SnapshotId snapshot(int instance, int day, int member) {
    return new SnapshotId(
        "snap-%017x".formatted(((long) instance * SETS + day) * MEMBERS + member));
  }

  /** What the tags of a snapshot say, found again by its id. */
  public Tags tags(SnapshotId snapshot) {
    long number = Long.parseLong(snapshot.value().substring("snap-".length()), 16);
    int day = (int) (number / MEMBERS % SETS);
    int instance = (int) (number / MEMBERS / SETS);
    Instant at = pointInTime(instance, day);
    return new Tags(at, RunId.of(POLICY, at), set(instance, day));
  }

  /** The tags of one. */
  public record Tags(Instant pointInTime, RunId run, AttemptId set) {}
}
