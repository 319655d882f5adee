package dev.freezeframe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.PlanPage.PlannedSet;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.retention.rule.Decision;
import dev.freezeframe.retention.rule.SetFacts;
import dev.freezeframe.retention.rule.SetState;
import dev.freezeframe.snapshot.SnapshotState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each decision on a whole group, whatever happened to its sets. */
class RandomGroupsTest {

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 6);
  }

  /** Looks at a fleet on one day in three; on one in three its due snapshots are deleted. */
  private static void eachDay(long seed, Consumer<RandomFleet> look) {
    RandomFleet random = new RandomFleet(seed);
    int days = 5 + random.random().nextInt(30);
    for (int day = 0; day < days; day++) {
      random.day();
      if (random.random().nextInt(3) == 0) {
        look.accept(random);
      }
      if (random.random().nextInt(3) == 0) {
        random.fleet.expire();
      }
    }
    look.accept(random);
  }

  private static List<GroupDecider.Decided> decide(Fleet fleet) {
    List<GroupDecider.Question> questions =
        IntStream.rangeClosed(1, RandomFleet.INSTANCES)
            .mapToObj(instance -> GroupView.read(fleet.ledger, Fleet.group(instance)))
            .map(group -> GroupDecider.Question.of(group, fleet.now()))
            .toList();
    return new GroupDecider(fleet.live, Map.of(), fleet.now()).decide(questions);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aSetThatIsDueGoesExactlyIfTheReferenceLetsItGo(long seed) {
    eachDay(
        seed,
        random ->
            decide(random.fleet)
                .forEach(
                    group -> {
                      Known known = new Known(group.group(), random.fleet);
                      for (RetentionCandidate set : group.sets()) {
                        assertThat(group.on(set.set()).expires())
                            .as("%s at %s: %s", set, random.fleet.now(), group.on(set.set()))
                            .isEqualTo(known.letsGo(set));
                      }
                    }));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderInWhichTheLedgerShowsAGroupDoesNotMatter(long seed) {
    eachDay(
        seed,
        random -> {
          for (int instance = 1; instance <= RandomFleet.INSTANCES; instance++) {
            GroupView group = GroupView.read(random.fleet.ledger, Fleet.group(instance));
            List<RetentionCandidate> shuffled = new ArrayList<>();
            for (RetentionCandidate set : group.sets()) {
              List<IndexedSnapshot> members = new ArrayList<>(set.members());
              Collections.shuffle(members, random.random());
              shuffled.add(new RetentionCandidate(members, Optional.empty()));
            }
            Collections.shuffle(shuffled, random.random());

            assertThat(new GroupView(group.key(), shuffled).decide(random.fleet.now()))
                .isEqualTo(group.decide(random.fleet.now()));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingGoesThatEc2ShowsToBeHeldOrPendingOrTheNewestOrOfTheMinimum(long seed) {
    eachDay(
        seed,
        random -> {
          for (GroupDecider.Decided group : decide(random.fleet)) {
            GroupView all = askedAboutEachSet(group.group(), random.fleet);
            Map<AttemptId, Decision> decisions = all.decide(random.fleet.now());
            for (RetentionCandidate set : all.sets()) {
              if (group.question().due().contains(set.set()) && group.on(set.set()).expires()) {
                assertThat(set.inEc2().orElseThrow().holds()).isEmpty();
                assertThat(set.inEc2().orElseThrow().states())
                    .doesNotContainValue(SnapshotState.PENDING);
                assertThat(decisions.get(set.set()).rules())
                    .as("%s: %s", set.set(), group.on(set.set()))
                    .doesNotContain("newest", "minimum");
              }
            }
          }
        });
  }

  private static GroupView askedAboutEachSet(GroupView group, Fleet fleet) {
    return group.with(
        group.sets().stream()
            .map(set -> ask(group, set, fleet))
            .collect(Collectors.toMap(RetentionCandidate::set, Function.identity())));
  }

  private static RetentionCandidate ask(GroupView group, RetentionCandidate set, Fleet fleet) {
    List<SnapshotId> sharingMatters = group.keepsShared(set) ? set.snapshots() : List.of();
    return set.asked(
        fleet.live.find(set.snapshots()),
        fleet.live.sharing(sharingMatters),
        group.zone(set),
        fleet.now());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPlanKeepsItsLimitsAndIsTheSameWhenItIsMadeAgain(long seed) {
    eachDay(
        seed,
        random -> {
          DeletionLimit limit =
              new DeletionLimit(
                  random.random().nextInt(20), 0.1 + random.random().nextInt(9) / 10.0);
          PlanRow plan = random.fleet.plan(limit);
          List<PlannedSet> planned = planned(random.fleet, plan);

          assertThat(planned(random.fleet, random.fleet.plan(limit))).isEqualTo(planned);
          int unreplaced = 0;
          for (GroupDecider.Decided group : decide(random.fleet)) {
            List<PlannedSet> going =
                planned.stream()
                    .filter(set -> set.group().equals(group.group().key()) && set.expires())
                    .toList();
            Turnover turnover = Turnover.of(group);
            if (!turnover.ordinary() && !going.isEmpty()) {
              unreplaced += turnover.snapshots();
              assertThat((double) turnover.going())
                  .isLessThanOrEqualTo(limit.share() * turnover.size());
            }
          }
          assertThat(plan.within()).isEqualTo(unreplaced <= limit.snapshots());
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsNotDeletedInARunIsNotDeletedByTheNextThatFollowsAtOnceEither(long seed) {
    eachDay(
        seed,
        random -> {
          random.fleet.expire();
          Set<SnapshotId> left = new TreeSet<>(random.fleet.live.all().keySet());

          random.fleet.expire();

          assertThat(random.fleet.live.all().keySet()).isEqualTo(left);
        });
  }

  private static List<PlannedSet> planned(Fleet fleet, PlanRow plan) {
    return fleet.pages(plan).stream().flatMap(page -> page.sets().stream()).toList();
  }

  /** What is known of a group, said once more, for the reference to decide on. */
  private record Known(GroupView group, Fleet fleet) {

    /**
     * A set goes if the reference does not keep it as it is, or would not keep it if it had never
     * had the members that are gone; the others always are as they are.
     */
    boolean letsGo(RetentionCandidate set) {
      return !keeps(set, facts(set, false)) || (missing(set) > 0 && !keeps(set, facts(set, true)));
    }

    private boolean keeps(RetentionCandidate set, SetFacts own) {
      List<SetFacts> facts = new ArrayList<>();
      for (RetentionCandidate other : group.sets()) {
        facts.add(other.set().equals(set.set()) ? own : facts(other, false));
      }
      return new SlowReference(facts, fleet.now()).keeps(own);
    }

    /** The states of the members that are there, by EC2 if it was asked. */
    private Map<SnapshotId, SnapshotState> states(RetentionCandidate set) {
      Map<SnapshotId, SnapshotState> states = new TreeMap<>();
      for (IndexedSnapshot member : set.members()) {
        if (set.inEc2().isEmpty()) {
          states.put(member.snapshot(), member.state().orElseThrow());
        } else if (fleet.live.all().containsKey(member.snapshot())) {
          states.put(member.snapshot(), fleet.live.all().get(member.snapshot()).state());
        }
      }
      return states;
    }

    private int missing(RetentionCandidate set) {
      int judged = set.members().stream().mapToInt(one -> one.setSize().orElse(0)).max().orElse(0);
      return Math.max(judged, set.members().size()) - states(set).size();
    }

    private SetFacts facts(RetentionCandidate set, boolean asIfWhole) {
      Map<SnapshotId, SnapshotState> states = states(set);
      boolean pending = states.containsValue(SnapshotState.PENDING);
      boolean completed = states.containsValue(SnapshotState.COMPLETED);
      boolean failed =
          states.containsValue(SnapshotState.ERROR) || (!asIfWhole && missing(set) > 0);
      SetState state;
      if (pending) {
        state = SetState.PENDING;
      } else if (completed) {
        state = failed ? SetState.PARTIAL : SetState.COMPLETED;
      } else {
        state = failed ? SetState.FAILED : SetState.COMPLETED;
      }
      Optional<RetentionSettings> terms = set.terms();
      List<String> holds = set.inEc2().map(RetentionCandidate.InEc2::holds).orElse(List.of());
      return new SetFacts(set.set(), set.pointInTime(), state, set.consistency(), terms, holds);
    }
  }
}
