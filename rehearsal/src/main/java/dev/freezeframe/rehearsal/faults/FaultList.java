package dev.freezeframe.rehearsal.faults;

import static java.util.stream.Collectors.joining;

import dev.freezeframe.operator.cli.Legend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a file of faults can say, for help: where, what happens there, and when. */
public final class FaultList {
  private FaultList() {}

  /**
   * A heading for each place, or for places at which the same can happen, and its faults; then
   * fields.
   */
  public static List<Legend.Entry> entries() {
    Map<List<FaultAction>, List<InjectionPoint>> places = new LinkedHashMap<>();
    for (InjectionPoint where : InjectionPoint.values()) {
      places.computeIfAbsent(FaultAction.at(where), none -> new ArrayList<>()).add(where);
    }
    List<Legend.Entry> entries = new ArrayList<>();
    places.forEach(
        (actions, at) -> {
          String names = at.stream().map(InjectionPoint::toString).collect(joining(", "));
          entries.add(new Legend.Entry("at: " + names, ""));
          actions.forEach(
              action -> entries.add(new Legend.Entry("  " + action.usage(), action.meaning())));
        });
    entries.add(new Legend.Entry("in every entry:", ""));
    entries.add(
        new Legend.Entry("  from, until", "when: 2h30m after the start, or an instant in quotes"));
    entries.add(new Legend.Entry("  percent", "of how many of its occasions, 1 to 100"));
    entries.add(new Legend.Entry("  number", "its random draws go by it, wherever it stands"));
    return entries;
  }
}
