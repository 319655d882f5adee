package dev.freezeframe.rehearsal.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.run.Capacity;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What no seed draws, no seed can find. */
class StormDrawingTest {
  private static final List<Storm> DRAWN =
      LongStream.rangeClosed(1, 500).mapToObj(StormDrawing::draw).toList();

  @Test
  void everyKindOfWeatherIsDrawn() {
    assertThat(
            DRAWN.stream()
                .flatMap(storm -> storm.weather().stream())
                .map(Weather::kind)
                .distinct()
                .toList())
        .containsExactlyInAnyOrder(WeatherKind.values());
  }

  @Test
  void theQuotaOfPendingSnapshotsIsTheOrdinaryOneOrSmaller() {
    assertThat(DRAWN).allMatch(storm -> storm.pendingLimit() <= 100);
    assertThat(DRAWN).anyMatch(storm -> storm.pendingLimit() == 100);
    assertThat(DRAWN)
        .as("one into which each set fits, and not all at once")
        .anyMatch(
            storm ->
                largestSet(storm) <= storm.pendingLimit() && storm.pendingLimit() < all(storm));
    assertThat(DRAWN)
        .as("one into which a set never fits")
        .anyMatch(storm -> storm.pendingLimit() < largestSet(storm));
  }

  @Test
  void someAccountsHaveLittleLeftOfTheRatesOfSystemsManagerAndOfConcurrency() {
    assertThat(DRAWN).anyMatch(storm -> storm.capacity().equals(Capacity.USUAL));
    assertThat(DRAWN).anyMatch(storm -> storm.capacity().ssmRate() < 1);
    assertThat(DRAWN).anyMatch(storm -> storm.capacity().concurrency() == 10);
  }

  @Test
  void someVolumesAreHeldByNoScriptOrWrittenByAnotherInstance() {
    assertThat(DRAWN)
        .flatExtracting(Storm::machines)
        .map(Machine::swapVolume)
        .anyMatch(Optional::isPresent);
    assertThat(DRAWN)
        .anyMatch(
            storm ->
                storm.machines().stream()
                    .anyMatch(
                        machine ->
                            machine.running()
                                && machine
                                    .sharer(storm.machines())
                                    .filter(Machine::running)
                                    .isPresent()));
  }

  private static List<Integer> sets(Storm storm) {
    return Machine.fleet(storm.machines()).instances().stream()
        .map(instance -> instance.blockDeviceMappings().size())
        .toList();
  }

  private static int largestSet(Storm storm) {
    return sets(storm).stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private static int all(Storm storm) {
    return sets(storm).stream().mapToInt(Integer::intValue).sum();
  }
}
