package dev.freezeframe.rehearsal.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final String PROMISE = "a promise";

  private final List<Storm> played = new ArrayList<>();

  private StormResult play(Storm storm, Predicate<Storm> breaks) {
    played.add(storm);
    List<Violation> violations =
        breaks.test(storm) ? List.of(new Violation(PROMISE, "broken")) : List.of();
    return new StormResult(storm, 0, new TreeMap<>(), violations);
  }

  private Storm shrunk(Storm storm, Predicate<Storm> breaks, int most) {
    Shrinker shrinker = new Shrinker(smaller -> play(smaller, breaks), most);
    return shrinker.shrink(play(storm, breaks)).storm();
  }

  /** The first that is drawn with several instances, both policies and much weather. */
  private static Storm large() {
    return LongStream.rangeClosed(1, 1_000)
        .mapToObj(StormDrawing::draw)
        .filter(storm -> storm.machines().size() > 2 && storm.policies().size() == 2)
        .filter(storm -> storm.weather().size() > 5)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatBreaksThePromiseStaysAndAllElseGoes() {
    Storm storm = large();
    Weather culprit = storm.weather().get(3);
    Machine victim = storm.machines().get(storm.machines().size() - 1);
    String policy = storm.policies().get(1);

    Storm shrunk =
        shrunk(
            storm,
            one ->
                one.weather().contains(culprit)
                    && one.machines().contains(victim)
                    && one.policies().contains(policy),
            200);

    // An instance that weather names stays with it: without it the weather would go as well.
    assertThat(shrunk.weather()).containsExactly(culprit);
    assertThat(shrunk.policies()).containsExactly(policy);
    assertThat(shrunk.machines())
        .contains(victim)
        .allMatch(
            machine -> machine.equals(victim) || machine.instanceId().equals(culprit.place()));
    assertThat(shrunk.seed()).isEqualTo(storm.seed());
  }

  @Test
  void aStormThatNeedsAllOfItStaysAsItIs() {
    Storm storm = large();

    assertThat(shrunk(storm, storm::equals, 200)).isEqualTo(storm);
  }

  @Test
  void itPlaysNoMoreThanItMay() {
    Storm storm = large();

    shrunk(storm, storm::equals, 3);

    assertThat(played).hasSize(1 + 3);
  }
}
