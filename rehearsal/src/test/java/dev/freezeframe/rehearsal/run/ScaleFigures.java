package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.Call;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What docs/scale.md promises of a fleet, as a run had it.
 *
 * @param backups that were asked for
 * @param application of them whose set is {@code APPLICATION}
 * @param firstAttempt of them that needed no second attempt
 * @param commands calls of SendCommand for a backup
 * @param longestFreeze of any guest
 */
record ScaleFigures(
    int backups,
    long application,
    long firstAttempt,
    IntSummaryStatistics commands,
    Duration longestFreeze) {

  static ScaleFigures of(Result result) {
    Map<String, Integer> commands =
        result.log().stream()
            .filter(call -> call.action().equals("ssm:SendCommand"))
            .map(Call::caller)
            .collect(Collectors.toMap(caller -> caller.execution(), caller -> 1, Integer::sum));
    Collection<InstanceReport> reports = result.reports();
    return new ScaleFigures(
        reports.size(),
        reports.stream()
            .filter(report -> report.consistency().filter("APPLICATION"::equals).isPresent())
            .count(),
        reports.stream().filter(report -> report.attempts() == 1).count(),
        commands.values().stream().mapToInt(Integer::intValue).summaryStatistics(),
        reports.stream()
            .map(InstanceReport::frozen)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO));
  }

  /** A row of docs/scale.md. */
  String row(int pendingLimit) {
    return "| %,d | %,d | %,d | %,d | %d to %d | %.2f s |"
        .formatted(
            backups,
            pendingLimit,
            application,
            firstAttempt,
            commands.getMin(),
            commands.getMax(),
            longestFreeze.toMillis() / 1000.0);
  }
}
