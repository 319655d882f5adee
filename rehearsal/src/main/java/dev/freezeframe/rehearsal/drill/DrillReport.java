package dev.freezeframe.rehearsal.drill;

import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.task.drill.DrillEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A drill, as {@code run.json} tells it.
 *
 * @param row as it is on record at the end
 * @param states the names of the states of its execution, in the order entered
 */
public record DrillReport(DrillRow row, List<String> states) {
  /** The stages of a recovery in their order, as the event of a drill names them. */
  private static final List<String> STAGES =
      List.of("running", "agent", "mounted", "checked", "started", "validated", "gone");

  public DrillReport {
    states = List.copyOf(states);
  }

  /** Empty: it has not ended. */
  public Optional<DrillVerdict> verdict() {
    return row.end().map(DrillEnd::verdict);
  }

  /** Why, in a sentence. */
  public String reason() {
    return row.end().map(DrillEnd::reason).orElse("it has not ended");
  }

  /** What makes a drill that passed less than good. */
  public List<String> warnings() {
    return row.end().map(DrillEnd::warnings).orElse(List.of());
  }

  /** About, in US$. */
  public double cost() {
    return row.end().map(end -> end.cost().dollars()).orElse(0.0);
  }

  /** Seconds from the launch to each stage that was reached, in their order. */
  public Map<String, Double> stages() {
    SortedMap<String, Double> reached = DrillEvent.stages(row);
    Map<String, Double> ordered = new LinkedHashMap<>();
    for (String stage : STAGES) {
      if (reached.containsKey(stage)) {
        ordered.put(stage, reached.get(stage));
      }
    }
    return ordered;
  }

  /** Whether its set cannot be relied on, or nobody knows because it has not ended. */
  public boolean failed() {
    return verdict().isEmpty() || verdict().get() == DrillVerdict.FAILED;
  }
}
