package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.events.EventFault;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Each backup is aborted before it freezes and redriven at once; that it ended is told late, for
 * each a little later, so that the events of some comes while their guests are frozen again.
 */
class LateNewsOfAnEndTest {
  private static final int INSTANCES = 24;
  private static final Duration APART = Duration.ofMillis(250);

  private static final class Aborts implements ExecutionFault, EventFault {
    private final Map<String, Duration> late = new TreeMap<>();
    private final Set<String> aborted = new TreeSet<>();

    Aborts() {
      for (int number = 1; number <= INSTANCES; number++) {
        late.put(Fleets.instanceId(number), APART.multipliedBy(number));
      }
    }

    @Override
    public boolean abortsAfter(String execution, String instanceId, String state) {
      return state.equals("Dry run") && aborted.add(instanceId);
    }

    @Override
    public List<Duration> deliveries(JsonNode event) {
      String name = event.path("detail").path("name").asText();
      return event.path("detail").path("status").asText().equals("ABORTED") && name.length() > 19
          ? List.of(late.getOrDefault(name.substring(0, 19), Duration.ZERO))
          : List.of(Duration.ZERO);
    }
  }

  @Test
  void noFreezeOfTheRedrivenExecutionIsThawedForTheOneThatEnded() {
    Aborts aborts = new Aborts();

    Result result =
        Scene.of(Fleets.of(INSTANCES, 1))
            .faults(Faults.NONE.withExecutions(aborts).withEvents(aborts))
            .besides(
                cloud -> {
                  for (int half = 1; half < 240; half++) {
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plusMillis(500L * half),
                            () ->
                                cloud.backups().stream()
                                    .filter(backup -> backup.status().name().equals("ABORTED"))
                                    .forEach(backup -> cloud.states().redrive(backup.arn())));
                  }
                })
            .play();

    assertThat(aborts.aborted).hasSize(INSTANCES);
    Invariants.areKept(result);
    assertThat(result.reports())
        .allSatisfy(report -> assertThat(report.consistency()).contains("APPLICATION"));
    assertThat(result.ledger().toString()).doesNotContain("|ThawAbandoned");
  }
}
