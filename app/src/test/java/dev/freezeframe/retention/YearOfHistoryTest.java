package dev.freezeframe.retention;

import static dev.freezeframe.retention.Sets.BERLIN;
import static dev.freezeframe.retention.Sets.tiers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.retention.rule.Decision;
import dev.freezeframe.retention.rule.Decisions;
import dev.freezeframe.retention.rule.Group;
import dev.freezeframe.retention.rule.SetFacts;
import dev.freezeframe.retention.rule.SetState;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A year of random backups under random policies, against a slow and obvious reference. */
class YearOfHistoryTest {
  private static final int INSTANCES = 2;
  private static final List<Consistency> WORTH =
      List.of(Consistency.APPLICATION, Consistency.CRASH, Consistency.UNKNOWN);

  /** More of them with {@code -Dfreezeframe.years=100}. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("freezeframe.years", 4));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingGoesThatTheReferenceKeepsAndNothingStaysThatItLetsGo(long seed) {
    Random random = new Random(seed);
    Fleet fleet = new Fleet();
    if (seed % 2 == 0) {
      fleet.cutPlans((int) seed);
    }
    History history = new History(fleet);
    fleet.live.afterDeletion(history::check);
    RetentionSettings terms = randomTerms(random);
    for (int day = 0; day < 365; day++) {
      if (random.nextInt(90) == 0) {
        terms = randomTerms(random);
      }
      for (int instance = 1; instance <= INSTANCES; instance++) {
        backUp(random, fleet, history, instance, terms);
      }
      interfere(random, fleet, history);
      fleet.pass(Duration.ofMinutes(random.nextInt(60)));
      history.begin();
      fleet.expire();
      history.end();
      fleet.pass(Duration.ofHours(18).plusMinutes(random.nextInt(360)));
    }
    assertThat(history.deletions).as("the year of seed %d deletes something", seed).isPositive();
  }

  private static RetentionSettings randomTerms(Random random) {
    int kind = random.nextInt(4);
    ZoneId zone = random.nextBoolean() ? BERLIN : ZoneOffset.UTC;
    return new RetentionSettings(
        kind == 0 || random.nextInt(3) == 0
            ? OptionalInt.of(1 + random.nextInt(20))
            : OptionalInt.empty(),
        "the policy says so",
        kind == 1 || random.nextInt(4) == 0
            ? OptionalInt.of(1 + random.nextInt(8))
            : OptionalInt.empty(),
        kind >= 2
            ? Optional.of(
                tiers(
                    random.nextInt(3),
                    1 + random.nextInt(8),
                    random.nextInt(5),
                    random.nextInt(4),
                    random.nextInt(2)))
            : Optional.empty(),
        random.nextInt(4),
        false,
        zone);
  }

  private static void backUp(
      Random random, Fleet fleet, History history, int instance, RetentionSettings terms) {
    int sets = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(2);
    for (int set = 0; set < sets; set++) {
      fleet.pass(Duration.ofMinutes(1 + random.nextInt(90)));
      int fate = random.nextInt(20);
      SnapshotState state =
          fate == 0
              ? SnapshotState.ERROR
              : fate == 1 ? SnapshotState.PENDING : SnapshotState.COMPLETED;
      Consistency worth = WORTH.get(random.nextInt(5) < 3 ? 0 : 1 + random.nextInt(2));
      history.add(fleet.take(instance, 1 + random.nextInt(3), state, worth, terms));
    }
  }

  /** Someone pins, unpins, uses, frees; what was pending completes. */
  private static void interfere(Random random, Fleet fleet, History history) {
    List<SnapshotId> existing = new ArrayList<>(fleet.live.all().keySet());
    for (SnapshotId id : existing) {
      if (fleet.live.all().get(id).state() == SnapshotState.PENDING && random.nextBoolean()) {
        history.of(id).members().forEach(member -> fleet.settle(member, SnapshotState.COMPLETED));
      }
    }
    if (existing.isEmpty()) {
      return;
    }
    SnapshotId one = existing.get(random.nextInt(existing.size()));
    switch (random.nextInt(6)) {
      case 0 -> fleet.live.tag(one, SnapshotTags.PIN, Optional.of("forever"));
      case 1 -> fleet.live.tag(one, SnapshotTags.PIN, Optional.of("2026-07-01"));
      case 2 -> fleet.live.use(one, List.of("ami-1"));
      case 3 -> fleet.live.lock(one, Optional.of("governance"));
      default -> {
        for (SnapshotId id : existing) {
          if (random.nextInt(4) == 0) {
            fleet.live.tag(id, SnapshotTags.PIN, Optional.empty());
            fleet.live.use(id, List.of());
            fleet.live.lock(id, Optional.empty());
          }
        }
      }
    }
  }

  /** What was taken, and what should be there. */
  private static final class History {
    private final Fleet fleet;
    private final Map<AttemptId, Fleet.Taken> taken = new TreeMap<>();
    private final Map<SnapshotId, AttemptId> sets = new TreeMap<>();
    private final Set<AttemptId> mayGo = new HashSet<>();
    private final Map<Integer, Floor> floors = new TreeMap<>();
    private int deletions;

    History(Fleet fleet) {
      this.fleet = fleet;
    }

    void add(Fleet.Taken set) {
      taken.put(set.set(), set);
      set.members().forEach(member -> sets.put(member, set.set()));
    }

    Fleet.Taken of(SnapshotId id) {
      return taken.get(sets.get(id));
    }

    private List<SetFacts> group(int instance) {
      List<SetFacts> facts = new ArrayList<>();
      for (Fleet.Taken set : taken.values()) {
        if (set.instance() == instance && fleet.live.all().containsKey(set.members().get(0))) {
          facts.add(facts(set));
        }
      }
      return facts;
    }

    private SetFacts facts(Fleet.Taken set) {
      SnapshotHistory life = fleet.ledger.lives(set.members()).get(0);
      List<String> holds = new ArrayList<>();
      List<SnapshotState> states = new ArrayList<>();
      for (SnapshotId member : set.members()) {
        Ec2Snapshot live = fleet.live.all().get(member);
        states.add(live.state());
        String pin = live.tags().getOrDefault(SnapshotTags.PIN, "");
        boolean pinned =
            pin.equals("forever")
                || (pin.equals("2026-07-01")
                    && fleet
                        .now()
                        .atZone(life.terms().orElseThrow().zone())
                        .toLocalDate()
                        .isBefore(java.time.LocalDate.parse("2026-07-02")));
        if (pinned || live.lock().isPresent() || !live.images().isEmpty()) {
          holds.add("held");
        }
      }
      return new SetFacts(
          set.set(),
          set.pointInTime(),
          SetState.of(states),
          life.row().consistency(),
          life.terms(),
          holds);
    }

    private static List<SetFacts> proved(List<SetFacts> whole) {
      return whole.stream().filter(SetFacts::application).toList();
    }

    private List<SetFacts> whole(int instance) {
      return Group.newestFirst(group(instance)).stream()
          .filter(set -> set.state() == SetState.COMPLETED)
          .filter(set -> fleet.live.all().keySet().containsAll(taken.get(set.set()).members()))
          .toList();
    }

    /** What has to be there at every instant of a run: said by itself, not by a rule. */
    private Floor floor(int instance) {
      int minimum =
          Group.newestFirst(group(instance)).stream()
              .flatMap(set -> set.terms().stream())
              .findFirst()
              .map(RetentionSettings::minimum)
              .orElse(0);
      List<SetFacts> whole = whole(instance);
      List<SetFacts> proved = proved(whole);
      return new Floor(
          proved.stream().findFirst().map(SetFacts::set),
          Math.min(minimum, proved.size()),
          Math.min(minimum, whole.size()));
    }

    void begin() {
      mayGo.clear();
      for (int instance = 1; instance <= INSTANCES; instance++) {
        floors.put(instance, floor(instance));
      }
      for (int instance = 1; instance <= INSTANCES; instance++) {
        List<SetFacts> group = group(instance);
        SlowReference reference = new SlowReference(group, fleet.now());
        group.stream().filter(set -> !reference.keeps(set)).map(SetFacts::set).forEach(mayGo::add);
      }
    }

    /** At every instant: what goes may go; the newest proved set and the minimum are there. */
    void check(SnapshotId deleted) {
      deletions++;
      assertThat(mayGo).as("%s may go at %s", deleted, fleet.now()).contains(sets.get(deleted));
      int instance = of(deleted).instance();
      Floor floor = floors.get(instance);
      List<SetFacts> whole = whole(instance);
      List<SetFacts> proved = proved(whole);
      assertThat(proved.stream().findFirst().map(SetFacts::set))
          .as("the newest proved set when %s went at %s", deleted, fleet.now())
          .isEqualTo(floor.newest());
      assertThat(proved.size())
          .as("proved sets when %s went at %s", deleted, fleet.now())
          .isGreaterThanOrEqualTo(floor.proved());
      assertThat(whole.size())
          .as("whole sets when %s went at %s", deleted, fleet.now())
          .isGreaterThanOrEqualTo(floor.whole());
    }

    void end() {
      for (AttemptId set : mayGo) {
        assertThat(fleet.live.all().keySet())
            .as("at %s: %s", fleet.now(), fleet.ledger.lives(taken.get(set).members()))
            .doesNotContainAnyElementsOf(taken.get(set).members());
        assertThat(fleet.ledger.lives(taken.get(set).members()))
            .allMatch(life -> life.deletion().isPresent());
      }
      for (Fleet.Taken set : taken.values()) {
        long there = set.members().stream().filter(fleet.live.all()::containsKey).count();
        if (there > 0) {
          assertThat(there).isEqualTo(set.members().size());
        }
      }
    }
  }

  /**
   * What a run must not go below.
   *
   * @param newest proved set
   * @param proved sets, as many as the minimum asks for and there were
   * @param whole sets, likewise
   */
  private record Floor(Optional<AttemptId> newest, int proved, int whole) {}

  @Test
  void aDecisionOnAPartNeverExpiresWhatTheWholeKeeps() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      Fleet fleet = new Fleet();
      RetentionSettings terms = randomTerms(random);
      List<SetFacts> group = new ArrayList<>();
      for (int set = 0; set < 40; set++) {
        fleet.pass(Duration.ofHours(1 + random.nextInt(40)));
        group.add(
            new SetFacts(
                AttemptId.of("set", set),
                fleet.now(),
                random.nextInt(10) == 0 ? SetState.PARTIAL : SetState.COMPLETED,
                Optional.of(WORTH.get(random.nextInt(3))),
                Optional.of(terms),
                List.of()));
      }
      List<SetFacts> newestFirst = Group.newestFirst(group);
      List<SetFacts> part = new ArrayList<>(newestFirst.subList(0, 1 + random.nextInt(10)));
      newestFirst.stream()
          .skip(part.size())
          .filter(any -> random.nextInt(4) == 0)
          .forEach(part::add);

      Set<AttemptId> keptByTheWhole = kept(group, fleet);
      Set<AttemptId> keptByThePart = kept(part, fleet);
      keptByTheWhole.retainAll(part.stream().map(SetFacts::set).toList());
      assertThat(keptByThePart).containsAll(keptByTheWhole);
    }
  }

  private static Set<AttemptId> kept(List<SetFacts> group, Fleet fleet) {
    Set<AttemptId> kept = new HashSet<>();
    for (Decision decision : Decisions.of(group, fleet.now())) {
      if (!decision.expires()) {
        kept.add(decision.set());
      }
    }
    return kept;
  }
}
