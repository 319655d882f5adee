package dev.freezeframe.rehearsal.report;

import dev.freezeframe.operator.report.Report.Count;
import dev.freezeframe.rehearsal.run.Firing;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.rehearsal.states.Execution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** What a rehearsal called and entered, and what AWS would charge for it. */
final class Counts {
  private Counts() {}

  static List<Count> of(Result result) {
    List<Count> counts = new ArrayList<>(charged(result));
    counts.addAll(group("AWS calls", result.calls()));
    counts.addAll(group("Function invocations", result.invocations()));
    return counts;
  }

  private static List<Count> charged(Result result) {
    long entered =
        Stream.concat(
                result.firings().stream().map(Firing::backups).flatMap(List::stream),
                result.expiries().stream())
            .mapToLong((Execution execution) -> execution.states().size())
            .sum();
    long invoked = result.invocations().values().stream().mapToLong(times -> times).sum();
    String group = "What is charged by the piece, as far as it was counted";
    return List.of(
        new Count(
            group,
            "state transitions",
            entered,
            Optional.of(Price.TRANSITION.of((double) entered)),
            "25 a million; of backups and retention, without retries and without run-policy's own"),
        new Count(
            group,
            "function invocations",
            invoked,
            Optional.of(Price.INVOCATION.of((double) invoked)),
            "0.20 a million; their time is charged besides"));
  }

  private static List<Count> group(String group, SortedMap<String, Integer> times) {
    return times.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .map(entry -> new Count(group, entry.getKey(), entry.getValue(), Optional.empty(), ""))
        .toList();
  }
}
