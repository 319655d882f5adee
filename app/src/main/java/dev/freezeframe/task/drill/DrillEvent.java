package dev.freezeframe.task.drill;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillEnd;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.policy.Drill;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The event of a drill that has ended.
 *
 * @param instanceId that the set was taken of
 * @param drillInstanceId that was launched
 * @param level that was asked for
 * @param reached what is proved
 * @param exitCodes by command
 * @param stages in seconds from the launch; those of the document by the guest's clock
 * @param recoveryPointSeconds age of the set when the drill began
 * @param cost about, in US$
 * @param left what could not be taken away
 */
public record DrillEvent(
    DrillId drillId,
    PolicyName policy,
    AttemptId setId,
    InstanceId instanceId,
    Optional<InstanceId> drillInstanceId,
    Drill.Level level,
    Optional<Drill.Level> reached,
    DrillVerdict verdict,
    String reason,
    List<String> warnings,
    Optional<Document> document,
    Optional<String> image,
    Map<String, Integer> exitCodes,
    Instant startedAt,
    Instant endedAt,
    Map<String, Double> stages,
    Optional<Long> recoveryPointSeconds,
    double cost,
    List<String> left) {

  /** The document that was pinned. */
  public record Document(String name, String version, String sha256) {}

  /** Stamps of the document that are stages of a recovery. */
  private static final List<String> STAMPS = List.of("mounted", "checked", "started");

  /** Of a drill that has ended. */
  public static DrillEvent of(DrillRow row) {
    DrillEnd end = row.end().orElseThrow();
    SortedMap<String, Integer> exitCodes = new TreeMap<>();
    row.found()
        .checks()
        .forEach((command, check) -> exitCodes.put(command.parameter(), check.exitCode()));
    return new DrillEvent(
        row.id(),
        row.order().policy(),
        row.order().set(),
        row.order().instance(),
        row.found().instance(),
        row.order().drill().level(),
        end.reached(),
        end.verdict(),
        end.reason(),
        end.warnings(),
        row.plan()
            .flatMap(DrillPlan::document)
            .map(pinned -> new Document(pinned.name(), pinned.version(), pinned.sha256())),
        row.found().image(),
        exitCodes,
        row.startedAt(),
        end.at(),
        stages(row),
        row.age().map(Duration::toSeconds),
        end.cost().dollars(),
        end.left());
  }

  /** Seconds from the launch until each stage was reached; empty where nothing was launched. */
  public static SortedMap<String, Double> stages(DrillRow row) {
    SortedMap<String, Double> stages = new TreeMap<>();
    Optional<Instant> from = row.at(DrillStage.LAUNCHING);
    if (from.isEmpty()) {
      return stages;
    }
    for (DrillStage stage :
        List.of(DrillStage.RUNNING, DrillStage.AGENT, DrillStage.VALIDATED, DrillStage.GONE)) {
      row.at(stage)
          .ifPresent(
              at -> stages.put(stage.name().toLowerCase(Locale.ROOT), seconds(from.get(), at)));
    }
    row.check(DrillCommand.VALIDATE)
        .ifPresent(
            check ->
                STAMPS.forEach(
                    stamp ->
                        Optional.ofNullable(check.stamps().get(stamp))
                            .ifPresent(at -> stages.put(stamp, seconds(from.get(), at)))));
    return stages;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
