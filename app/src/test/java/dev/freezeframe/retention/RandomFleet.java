package dev.freezeframe.retention;

import static dev.freezeframe.retention.Sets.BERLIN;
import static dev.freezeframe.retention.Sets.tiers;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Weeks of backups of some instances, in which anything may have happened to a set: never judged,
 * pending for days, failed in part, settled without the ledger knowing, deleted by hand in part or
 * whole, pinned, locked, shared, used by an image.
 */
final class RandomFleet {
  static final int INSTANCES = 3;
  private static final List<Consistency> WORTH =
      List.of(
          Consistency.APPLICATION, Consistency.APPLICATION, Consistency.CRASH, Consistency.UNKNOWN);

  final Fleet fleet = new Fleet();
  private final Random random;
  private final List<Fleet.Taken> taken = new ArrayList<>();
  private RetentionSettings terms;

  RandomFleet(long seed) {
    random = new Random(seed);
    terms = terms();
  }

  Random random() {
    return random;
  }

  /** A day passes: each instance is backed up, and someone interferes. */
  void day() {
    if (random.nextInt(12) == 0) {
      terms = terms();
    }
    for (int instance = 1; instance <= INSTANCES; instance++) {
      int sets = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3);
      for (int set = 0; set < sets; set++) {
        fleet.pass(Duration.ofMinutes(1 + random.nextInt(200)));
        backUp(instance);
      }
    }
    for (int times = random.nextInt(4); times > 0; times--) {
      interfere();
    }
    fleet.pass(Duration.ofHours(random.nextInt(30)));
  }

  private RetentionSettings terms() {
    int kind = random.nextInt(5);
    return new RetentionSettings(
        kind == 0 || random.nextInt(3) == 0
            ? OptionalInt.of(1 + random.nextInt(12))
            : OptionalInt.empty(),
        "the policy says so",
        kind == 1 || random.nextInt(4) == 0
            ? OptionalInt.of(1 + random.nextInt(6))
            : OptionalInt.empty(),
        kind == 2 || kind == 3
            ? Optional.of(
                tiers(
                    random.nextInt(3),
                    random.nextInt(6),
                    random.nextInt(4),
                    random.nextInt(3),
                    random.nextInt(2)))
            : Optional.empty(),
        random.nextInt(4),
        random.nextInt(5) == 0,
        random.nextBoolean() ? BERLIN : ZoneOffset.UTC);
  }

  private void backUp(int instance) {
    int kind = random.nextInt(14);
    Fleet.Taken set = fleet.create(instance, 1 + random.nextInt(3));
    taken.add(set);
    fleet.record(set);
    Consistency worth = WORTH.get(random.nextInt(WORTH.size()));
    for (SnapshotId member : set.members()) {
      SnapshotState state =
          switch (kind) {
            case 0 -> SnapshotState.ERROR;
            case 1 -> SnapshotState.PENDING;
            case 2 -> random.nextBoolean() ? SnapshotState.ERROR : SnapshotState.COMPLETED;
            default -> SnapshotState.COMPLETED;
          };
      if (kind == 3 && random.nextBoolean()) {
        fleet.live.settle(member, state);
      } else {
        fleet.settle(member, state);
      }
    }
    if (random.nextInt(10) > 0) {
      fleet.judge(set, worth, terms);
    }
  }

  /** Something happens to one of the newest sets, or much of what was held is not any more. */
  private void interfere() {
    if (taken.isEmpty()) {
      return;
    }
    Fleet.Taken set = taken.get(taken.size() - 1 - random.nextInt(Math.min(taken.size(), 12)));
    SnapshotId one = set.members().get(random.nextInt(set.members().size()));
    int kind = random.nextInt(12);
    switch (kind) {
      case 5 -> fleet.live.deleteByHand(one);
      case 6 -> {
        fleet.live.deleteByHand(one);
        fleet.ledger.recordVanished(one, fleet.now());
      }
      case 7 -> set.members().forEach(fleet.live::deleteByHand);
      case 11 -> releaseHolds();
      default -> {
        if (fleet.live.all().containsKey(one)) {
          change(one, kind);
        }
      }
    }
  }

  private void change(SnapshotId one, int kind) {
    switch (kind) {
      case 0 -> fleet.live.tag(one, SnapshotTags.PIN, Optional.of("forever"));
      case 1 -> fleet.live.tag(one, SnapshotTags.PIN, Optional.of("2026-01-20"));
      case 2 -> fleet.live.use(one, List.of("ami-1"));
      case 3 -> fleet.live.lock(one, Optional.of("governance"));
      case 4 -> fleet.live.share(one, "111122223333");
      case 8 -> fleet.settle(one, SnapshotState.COMPLETED);
      case 9 ->
          fleet.live.settle(
              one, random.nextBoolean() ? SnapshotState.COMPLETED : SnapshotState.ERROR);
      default -> fleet.live.refuse(one, "InUse");
    }
  }

  private void releaseHolds() {
    for (SnapshotId any : List.copyOf(fleet.live.all().keySet())) {
      if (random.nextInt(3) == 0) {
        fleet.live.tag(any, SnapshotTags.PIN, Optional.empty());
        fleet.live.use(any, List.of());
        fleet.live.lock(any, Optional.empty());
      }
    }
  }
}
