package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;

/**
 * Measures the critical path of a fleet, in virtual time, and prints the table of
 * docs/performance.md.
 */
final class CriticalPathBenchmark {
  private static final int INSTANCES = 50;

  private CriticalPathBenchmark() {}

  public static void main(String[] arguments) {
    table(measure(Latencies.NONE), measure(Latencies.USUAL)).forEach(System.out::println);
  }

  /** The path of each backup of the fleet. */
  static List<CriticalPath> measure(Latencies latencies) {
    Map<String, Instant> ends = new TreeMap<>();
    Result result =
        Scene.of(Fleets.of(INSTANCES, 3))
            .latencies(latencies)
            .besides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plus(Duration.ofDays(1)),
                            () -> cloud.time().start("reader", () -> ends.putAll(ends(cloud)))))
            .play();
    Map<String, List<Call>> calls =
        result.log().stream().collect(Collectors.groupingBy(call -> call.caller().execution()));
    return result.firings().get(0).backups().stream()
        .map(
            backup ->
                CriticalPath.of(
                    calls.get(backup.arn()), ends.get(backup.input().path("instanceId").asText())))
        .toList();
  }

  /** When the pre-script of each instance ended, as Systems Manager tells it. */
  private static Map<String, Instant> ends(EmbeddedCloud cloud) {
    Map<String, Instant> ends = new TreeMap<>();
    for (String instance : cloud.ssm().guests().keySet()) {
      cloud.time().pause(Duration.ofSeconds(1));
      cloud
          .ssm()
          .listCommandInvocations(request -> request.instanceId(instance).details(true))
          .commandInvocations()
          .stream()
          .filter(invocation -> invocation.comment().startsWith("freezeframe pre-script"))
          .map(CommandInvocation::commandPlugins)
          .flatMap(List::stream)
          .map(CommandPlugin::responseFinishDateTime)
          .max(Instant::compareTo)
          .ifPresent(end -> ends.put(instance, end));
    }
    return ends;
  }

  /** The rows of docs/performance.md: milliseconds, least / median / most. */
  static List<String> table(List<CriticalPath> without, List<CriticalPath> usual) {
    Map<String, Function<CriticalPath, Duration>> parts =
        Map.of(
            "1 the end of the script is seen", CriticalPath::seen,
            "2 until CreateSnapshots is called", CriticalPath::toCreate,
            "3 CreateSnapshots", CriticalPath::create,
            "4 until the post-script is sent", CriticalPath::toThaw,
            "5 **together**", CriticalPath::whole);
    List<String> rows = new ArrayList<>();
    new TreeMap<>(parts)
        .forEach(
            (name, part) ->
                rows.add(
                    "| %s | %s | %s |"
                        .formatted(name.substring(2), spread(without, part), spread(usual, part))));
    rows.add(
        "| of %d, met a function that started cold | %d | %d |"
            .formatted(INSTANCES, metACold(without), metACold(usual)));
    return rows;
  }

  private static long metACold(List<CriticalPath> paths) {
    return paths.stream().filter(CriticalPath::metACold).count();
  }

  private static String spread(List<CriticalPath> paths, Function<CriticalPath, Duration> part) {
    long[] sorted =
        paths.stream().mapToLong(path -> part.apply(path).toMillis()).sorted().toArray();
    return "%,d / %,d / %,d"
        .formatted(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }
}
