package dev.freezeframe.ledger.dynamo;

import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.OTHER_EXECUTION;
import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.attempt;
import static dev.freezeframe.ledger.Rows.completed;
import static dev.freezeframe.ledger.Rows.freeze;
import static dev.freezeframe.ledger.Rows.instance;
import static dev.freezeframe.ledger.Rows.outcome;
import static dev.freezeframe.ledger.Rows.page;
import static dev.freezeframe.ledger.Rows.pending;
import static dev.freezeframe.ledger.Rows.run;
import static dev.freezeframe.ledger.Rows.snapshotId;
import static dev.freezeframe.ledger.Rows.thaw;
import static dev.freezeframe.ledger.Rows.verdict;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.Rows;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the ledger's calls consume; the table in {@code docs/ledger.md} is what this measures. */
class DynamoLedgerCapacityTest {
  private static final Path DOC =
      Path.of(System.getProperty("freezeframe.root"), "docs", "ledger.md");

  private final MeteredDynamoDb metered = new MeteredDynamoDb(LocalTables.client());
  private final Ledger ledger = new DynamoLedger(metered, LocalTables.create());
  private final StringBuilder table =
      new StringBuilder("| what | calls | read units | write units |\n|---|--:|--:|--:|\n");

  @Test
  void theHotPathsConsumeWhatTheDocumentSays() throws IOException {
    List<SnapshotId> set = List.of(snapshotId(1), snapshotId(2), snapshotId(3));

    measure("claim a run", () -> ledger.claimRun(run(EXECUTION)));
    measure("claim a run that is taken", () -> ledger.claimRun(run(OTHER_EXECUTION)));
    measure("record a page of 100 instances", () -> ledger.recordPage(page(1, 100)));
    measure("record a freeze", () -> ledger.recordFreeze(freeze(SERVER, 1)));
    measure(
        "record a thaw, and its answer",
        () -> {
          ledger.recordThaw(RUN, SERVER, attempt(1), thaw(10, "RunPostScriptTask", "sent", false));
          ledger.recordThaw(
              RUN, SERVER, attempt(1), thaw(10, "RunPostScriptTask", "succeeded", true));
        });
    measure("record a set of 3 snapshots", () -> ledger.recordSnapshots(pending(1, 3)));
    measure("record it again", () -> ledger.recordSnapshots(pending(1, 3)));
    InspectedInstance usual = inspected(SERVER, 3, 5, 20);
    measure("record an inspection of 3 volumes", () -> ledger.recordInspection(usual));
    measure("record what it found as the facts of their set", () -> recordFacts(SERVER, 1, 3));
    measure("record the facts again", () -> recordFacts(SERVER, 1, 3));
    measure("read the facts", () -> ledger.facts(attempt(1)));
    measure("let the facts go", () -> ledger.recordFactsExpiry(attempt(1), TWO));
    InspectedInstance largest = inspected(instance(2), 128, 50, 256);
    measure("record an inspection of all that EC2 allows", () -> ledger.recordInspection(largest));
    measure("record what it found", () -> recordFacts(instance(2), 2, 128));
    measure("apply an event", () -> ledger.apply(completed(1, 5)));
    measure("apply it again", () -> ledger.apply(completed(1, 5)));
    measure("keep an early event", () -> ledger.apply(completed(4, 5)));
    measure("keep it again", () -> ledger.apply(completed(4, 5)));
    measure("look at the set", () -> ledger.snapshots(set));
    measure(
        "record its verdict and expiry",
        () ->
            ledger.recordVerdict(
                set,
                verdict(Consistency.APPLICATION, "taken between freeze and thaw"),
                Optional.of(TWO.plus(Duration.ofDays(14)))));
    measure(
        "record an outcome",
        () -> ledger.recordOutcome(outcome(SERVER, EXECUTION, "completed", TWO)));

    ledger.recordSnapshots(pending(5, 301));
    IntStream.rangeClosed(2, 100)
        .forEach(
            number -> {
              ledger.recordFreeze(freeze(instance(number), 1));
              ledger.recordOutcome(outcome(instance(number), EXECUTION, "completed", TWO));
            });
    measure("read a run of 100 instances", () -> ledger.run(RUN));
    measure("read its 300 snapshots", () -> ledger.snapshotsOf(RUN));

    System.out.println(table);
    assertThat(Files.readString(DOC)).contains(table);
  }

  /** An instance whose tags, and those of each volume, have keys of 16 letters. */
  private static InspectedInstance inspected(
      InstanceId instance, int volumes, int tags, int letters) {
    Map<String, String> each =
        IntStream.range(0, tags)
            .boxed()
            .collect(toMap("department-no-%02d"::formatted, number -> "v".repeat(letters)));
    return InspectedInstance.of(
        RUN,
        instance,
        TWO,
        Optional.of(Settings.instance(each)),
        IntStream.rangeClosed(1, volumes)
            .mapToObj(number -> Settings.volume(number, "/dev/xvdaa", each))
            .toList());
  }

  private void recordFacts(InstanceId instance, int attempt, int volumes) {
    ledger.recordInspectedFacts(
        RUN,
        instance,
        attempt(attempt),
        IntStream.rangeClosed(1, volumes)
            .boxed()
            .collect(toMap(Rows::snapshotId, Settings::volumeId)));
  }

  private void measure(String what, Runnable action) {
    metered.reset();
    action.run();
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %s |\n",
            what,
            metered.calls(),
            units(metered.readUnits()),
            units(metered.writeUnits())));
  }

  private static String units(double units) {
    return units == 0 ? "" : String.format(Locale.ROOT, "%.1f", units).replace(".0", "");
  }
}
