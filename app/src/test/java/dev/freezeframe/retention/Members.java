package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Members of sets of one group, as the ledger and as EC2 have them. */
final class Members {

  private Members() {}

  static SnapshotId id(int number) {
    return new SnapshotId("snap-%017x".formatted(number));
  }

  private static IndexedSnapshot member(
      int number, String at, SnapshotState state, RetentionSettings terms, int setSize) {
    return new IndexedSnapshot(
        id(number),
        AttemptId.of(at, 1),
        Fleet.DAILY,
        Fleet.instance(1),
        Instant.parse(at),
        Optional.of(state),
        Optional.of(Consistency.APPLICATION),
        terms.days().isPresent()
            ? Optional.of(Instant.parse(at).plusSeconds(86_400L * terms.days().getAsInt()))
            : Optional.empty(),
        Optional.of(terms),
        OptionalInt.of(setSize));
  }

  /**
   * A set that completed.
   *
   * @param setSize with how many members it was judged
   * @param numbers of the members that the ledger has
   */
  static RetentionCandidate set(String at, RetentionSettings terms, int setSize, int... numbers) {
    return new RetentionCandidate(
        IntStream.of(numbers)
            .mapToObj(number -> member(number, at, SnapshotState.COMPLETED, terms, setSize))
            .toList(),
        Optional.empty());
  }

  static GroupView group(RetentionCandidate... sets) {
    return new GroupView(Fleet.group(1), List.of(sets));
  }

  /** What EC2 has of a set, but for some members. */
  static Map<SnapshotId, Ec2Snapshot> inEc2(RetentionCandidate set, int... without) {
    Map<SnapshotId, Ec2Snapshot> found = new TreeMap<>();
    for (IndexedSnapshot member : set.members()) {
      found.put(
          member.snapshot(),
          new Ec2Snapshot(
              member.snapshot(),
              new VolumeId("vol-00000000000000001"),
              set.pointInTime(),
              SnapshotState.COMPLETED,
              Optional.empty(),
              Map.of(
                  SnapshotTags.RUN,
                  Fleet.DAILY + "-20260101T020000Z",
                  SnapshotTags.SET,
                  set.set().value()),
              Optional.empty(),
              List.of()));
    }
    for (int number : without) {
      found.remove(id(number));
    }
    return found;
  }
}
