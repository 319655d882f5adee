package dev.freezeframe.documents;

import java.util.List;
import java.util.stream.Collectors;

/** What the agent would report of a step: its exit code and what it printed. */
record Answer(int exitCode, String output) {

  List<Stamp> stamps() {
    return Stamp.all(output);
  }

  List<String> events() {
    return stamps().stream().map(Stamp::event).toList();
  }

  Stamp stamp(String event) {
    return stamps().stream()
        .filter(stamp -> stamp.event().equals(event))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no event " + event + " in:\n" + output));
  }

  /** The causes of all refusals, failures and problems. */
  String causes() {
    return stamps().stream()
        .map(stamp -> stamp.values().getOrDefault("cause", ""))
        .collect(Collectors.joining("\n"));
  }
}
