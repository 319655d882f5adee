package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a backup costs, counted; the tables of {@code docs/deploying.md} are what this finds. */
class CostsTest {
  private static final SnapshotBehavior COMPLETE_AFTER_TEN_MINUTES =
      SnapshotBehavior.GOOD.taking(Duration.ofMinutes(10));

  /** Those that take slots at the same instant ask twice, which is a matter of chance. */
  private static final String ONE_AFTER_THE_OTHER =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      scripts: {document: freezeframe-filesystem, timeout: 30s, retries: 1}
      retention: {days: 14}
      pacing: {setsPerSecond: 0.05}
      """;

  private static Spent backup;
  private static Spent run;

  /** What ten instances more spend is theirs; what is left of one is the run's. */
  @BeforeAll
  static void backUpOneInstanceAndEleven() {
    Spent one = spentOn(1);
    backup = spentOn(11).less(one).by(10);
    run = one.less(backup);
  }

  /** Each has a root volume, which is left out, and three others. */
  private static Spent spentOn(int instances) {
    return Spent.on(
        Scene.of(Fleets.of(instances, 3))
            .policy(ONE_AFTER_THE_OTHER)
            .faults(Faults.NONE.withSets(instance -> COMPLETE_AFTER_TEN_MINUTES)));
  }

  private static String text(String file) throws IOException {
    return Files.readString(Scene.root().resolve(file));
  }

  @Test
  void whatABackupTakesIsWhatTheDocumentSays() throws IOException {
    assertThat(text("docs/deploying.md"))
        .contains(
            "| what | for each backup | for each run besides |\n|---|---|---|\n"
                + row("state transitions", backup.transitions(), run.transitions())
                + row("function invocations", backup.invocations(), run.invocations())
                + row("calls of EC2", calls(backup, "ec2:"), calls(run, "ec2:"))
                + row("calls of SSM", calls(backup, "ssm:"), calls(run, "ssm:"))
                + row("calls of DynamoDB", calls(backup, "dynamodb:"), calls(run, "dynamodb:"))
                + row("units of DynamoDB", backup.units(), run.units()));
  }

  @Test
  void whatAThousandBackupsCostFollowsFromIt() throws IOException {
    assertThat(text("docs/deploying.md")).contains(Bill.of(backup).table());
  }

  private static SortedMap<String, Double> calls(Spent spent, String service) {
    SortedMap<String, Double> calls = new TreeMap<>();
    spent
        .calls()
        .forEach(
            (action, times) -> {
              if (action.startsWith(service)) {
                calls.put(action.substring(service.length()), times);
              }
            });
    return calls;
  }

  private static String row(
      String what, SortedMap<String, Double> ofBackup, SortedMap<String, Double> ofRun) {
    return "| %s | %s | %s |\n".formatted(what, words(ofBackup), words(ofRun));
  }

  /**
   * How often a script is asked about is a matter of chance: a part of a call is not one of a run.
   */
  private static String words(SortedMap<String, Double> counts) {
    return counts.entrySet().stream()
        .filter(count -> Math.abs(count.getValue()) > 0.5)
        .map(count -> "`%s` %s".formatted(count.getKey(), Spent.words(count.getValue())))
        .collect(Collectors.joining(", "));
  }
}
