package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A ledger of instances that are backed up every hour and keep their sets for 30 days, with a day's
 * sets due, and an EC2 that has them all. Each snapshot follows from its number, so that none is
 * held. What is read and asked is counted.
 */
final class HourlyFleet extends InMemoryLedger {
  static final int MEMBERS = 3;
  static final int DAYS = 30;
  static final int HOURS = DAYS * 24;
  static final int DUE = 24;
  static final Instant NOW = Instant.parse("2026-12-01T06:00:00Z");
  private static final HexFormat HEX = HexFormat.of();
  private static final PolicyName POLICY = new PolicyName("hourly");
  private static final RetentionSettings TERMS = Sets.days(DAYS);

  private final int instances;
  long rows;
  long queries;
  long dueRows;

  HourlyFleet(int instances) {
    this.instances = instances;
    beginDueFrom(LocalDate.ofInstant(NOW, ZoneOffset.UTC).minusDays(2));
  }

  /** The oldest is of a day before the first that is kept. */
  private static Instant at(int set) {
    return NOW.minus(Duration.ofDays(DAYS))
        .minus(Duration.ofHours(DUE - 1 - set))
        .minusSeconds(1800);
  }

  private static InstanceId instance(int number) {
    return new InstanceId("i-" + HEX.toHexDigits(number, 16));
  }

  private static Stream<IndexedSnapshot> members(InstanceId id, int instance, int set) {
    AttemptId attempt = id(instance, set);
    Instant at = at(set);
    return IntStream.range(0, MEMBERS)
        .mapToObj(member -> member(id, attempt, at, number(instance, set) * MEMBERS + member));
  }

  private static IndexedSnapshot member(
      InstanceId instance, AttemptId set, Instant at, long number) {
    return new IndexedSnapshot(
        new SnapshotId("snap-" + HEX.toHexDigits(number, 16)),
        set,
        POLICY,
        instance,
        at,
        Optional.of(SnapshotState.COMPLETED),
        Optional.of(Consistency.APPLICATION),
        Optional.of(at.plus(Duration.ofDays(DAYS))),
        Optional.of(TERMS),
        OptionalInt.of(MEMBERS));
  }

  private static long number(int instance, int set) {
    return (long) instance * (HOURS + DUE) + set;
  }

  private static AttemptId id(int instance, int set) {
    return new AttemptId(new UUID(0x4000L, (2L << 62) | number(instance, set)).toString());
  }

  @Override
  public synchronized List<IndexedSnapshot> members(GroupKey group) {
    int instance = Integer.parseInt(group.instance().value().substring(2), 16);
    queries++;
    rows += (HOURS + DUE) * MEMBERS;
    return IntStream.range(0, HOURS + DUE)
        .boxed()
        .flatMap(set -> members(group.instance(), instance, set))
        .toList();
  }

  @Override
  public synchronized Stream<IndexedSnapshot> due(LocalDate day, Instant now) {
    return IntStream.range(0, instances)
        .boxed()
        .flatMap(
            instance ->
                IntStream.range(0, DUE)
                    .filter(
                        set ->
                            LocalDate.ofInstant(at(set), ZoneOffset.UTC)
                                .equals(day.minusDays(DAYS)))
                    .boxed()
                    .flatMap(set -> members(instance(instance), instance, set)))
        .peek(any -> dueRows++);
  }

  /** An EC2 that has every snapshot, and counts those that it is asked about. */
  static final class Everything implements Ec2SnapshotsOfPlan {
    long asked;

    @Override
    public Map<SnapshotId, Ec2Snapshot> find(Collection<SnapshotId> snapshots) {
      asked += snapshots.size();
      Map<SnapshotId, Ec2Snapshot> found = new TreeMap<>();
      for (SnapshotId snapshot : snapshots) {
        long number = Long.parseLong(snapshot.value().substring("snap-".length()), 16) / MEMBERS;
        int instance = (int) (number / (HOURS + DUE));
        int set = (int) (number % (HOURS + DUE));
        found.put(
            snapshot,
            new Ec2Snapshot(
                snapshot,
                new VolumeId("vol-00000000000000000"),
                at(set),
                SnapshotState.COMPLETED,
                Optional.of(at(set).plusSeconds(300)),
                Map.of(
                    SnapshotTags.RUN, RunId.of(POLICY, at(set)).value(),
                    SnapshotTags.SET, id(instance, set).value()),
                Optional.empty(),
                List.of()));
      }
      return found;
    }
  }
}
