package dev.freezeframe.rehearsal.faults;

import static java.util.stream.Collectors.joining;

import dev.freezeframe.operator.cli.Legend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every fault that a file can name, for help: where, and what happens there. */
public final class FaultList {
  private FaultList() {}

  /** A heading for each place, or for places at which the same can happen, and its faults. */
  public static List<Legend.Entry> entries() {
    Map<List<Deed>, List<Where>> places = new LinkedHashMap<>();
    for (Where where : Where.values()) {
      places.computeIfAbsent(Deed.at(where), none -> new ArrayList<>()).add(where);
    }
    List<Legend.Entry> entries = new ArrayList<>();
    places.forEach(
        (deeds, at) -> {
          String names = at.stream().map(Where::toString).collect(joining(", "));
          entries.add(new Legend.Entry("at: " + names, ""));
          deeds.forEach(deed -> entries.add(new Legend.Entry("  " + deed.usage(), deed.meaning())));
        });
    return entries;
  }
}
