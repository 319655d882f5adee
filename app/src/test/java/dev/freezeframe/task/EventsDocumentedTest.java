package dev.freezeframe.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillVerdict;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.Settings;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.task.backup.OutcomeEvent;
import dev.freezeframe.task.drill.DrillEvent;
import dev.freezeframe.task.restore.message.RestoreEvent;
import dev.freezeframe.task.run.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples in docs/events.md are what the code writes. */
class EventsDocumentedTest {
  private static final PolicyName DAILY = new PolicyName("daily");
  private static final Instant THREE = Instant.parse("2026-11-22T03:00:00Z");
  private static final RunId RUN = RunId.of(DAILY, THREE);

  private static JsonNode documented(int number) throws IOException {
    Path file = Path.of(System.getProperty("freezeframe.root")).resolve("docs/events.md");
    String[] blocks = Files.readString(file).split("```", -1);
    return Json.mapper().readTree(blocks[2 * number - 1].replaceFirst("json", ""));
  }

  @Test
  void theEventOfABackupIsDocumentedAsItIs() throws IOException {
    String execution =
        "arn:aws:states:eu-central-1:111122223333:execution:freezeframe-snapshot-instance:"
            + "i-0123456789abcdef0-daily-20261122T030000Z";
    OutcomeEvent event =
        new OutcomeEvent(
            DAILY,
            RUN,
            new InstanceId("i-0123456789abcdef0"),
            execution,
            Status.SUCCEEDED,
            Optional.of(Consistency.APPLICATION),
            Optional.of(Proof.PROVED),
            "held by its scripts from 2026-11-22T03:00:03.101Z to 2026-11-22T03:00:05.207Z, point in time 2026-11-22T03:00:04Z (guest's clock within 2 s)",
            Optional.of("freezeframe-filesystem"),
            Optional.of(30L),
            Optional.of(AttemptId.of(execution, 1)),
            1,
            Optional.of("succeeded"),
            Optional.of("succeeded"),
            Optional.of(2.106),
            Optional.of(Instant.parse("2026-11-22T03:00:04Z")),
            List.of(
                new OutcomeEvent.Member(
                    new SnapshotId("snap-0123456789abcdef0"),
                    new VolumeId("vol-0123456789abcdef0"),
                    SnapshotState.COMPLETED,
                    Optional.of(Consistency.APPLICATION),
                    Optional.of(Proof.PROVED))),
            Instant.parse("2026-11-22T03:07:31.500Z"),
            Optional.of(facts(AttemptId.of(execution, 1)).forEvent()));

    assertThat(Json.mapper().<JsonNode>valueToTree(event)).hasToString(documented(1).toString());
  }

  private static RestoreFacts facts(AttemptId set) {
    InstanceId instance = new InstanceId("i-0123456789abcdef0");
    return InspectedInstance.of(
            RUN,
            instance,
            Instant.parse("2026-11-22T03:00:01.250Z"),
            Optional.of(Settings.instance(Map.of("Name", "web"))),
            List.of(Settings.volume(1, "/dev/xvda", Map.of("team", "shop"))))
        .facts(set, Map.of(new SnapshotId("snap-0123456789abcdef0"), Settings.volumeId(1)));
  }

  @Test
  void theEventOfARunIsDocumentedAsItIs() throws IOException {
    RunEvent event =
        RunEvent.of(
            RUN,
            DAILY,
            THREE,
            new RunSummary(
                11,
                1,
                2,
                9,
                2,
                1,
                "11 succeeded, 1 failed, 2 skipped",
                Instant.parse("2026-11-22T03:41:09Z")),
            true);

    assertThat(Json.mapper().<JsonNode>valueToTree(event)).hasToString(documented(2).toString());
  }

  @Test
  void theEventOfARestoreIsDocumentedAsItIs() throws IOException {
    RestoreEvent event =
        new RestoreEvent(
            new RestoreId("restore-20261128T153000Z-1a2b3c4d"),
            new AttemptId("f6cc8fb6-9e4a-3ba5-9d8e-000000000001"),
            new InstanceId("i-0123456789abcdef0"),
            Destination.IN_PLACE,
            RestoreRow.Status.SUCCEEDED,
            "i-0123456789abcdef0 runs",
            Optional.of(new InstanceId("i-0123456789abcdef0")),
            Optional.empty(),
            Instant.parse("2026-11-28T15:30:02Z"),
            Optional.of(Instant.parse("2026-11-28T15:34:10.250Z")),
            Optional.of(21.5),
            Optional.of(244.0),
            Optional.empty(),
            List.of(
                new RestoreEvent.Member(
                    new VolumeId("vol-0123456789abcdef0"),
                    new SnapshotId("snap-0123456789abcdef0"),
                    Optional.of("/dev/sdf"),
                    Optional.empty())));

    assertThat(Json.mapper().<JsonNode>valueToTree(event)).hasToString(documented(3).toString());
  }

  @Test
  void theEventOfADrillIsDocumentedAsItIs() throws IOException {
    DrillEvent event =
        new DrillEvent(
            new DrillId("drill-20261128T080000Z-1a2b3c4d"),
            DAILY,
            new AttemptId("f6cc8fb6-9e4a-3ba5-9d8e-000000000001"),
            new InstanceId("i-0123456789abcdef0"),
            Optional.of(new InstanceId("i-0fedcba9876543210")),
            Drill.Level.L2,
            Optional.of(Drill.Level.L2),
            DrillVerdict.PASSED_WITH_WARNINGS,
            "the validation succeeded",
            List.of(
                "snap-0123456789abcdef1 of vol-0123456789abcdef1 boots its instance, and is not"
                    + " drilled"),
            Optional.of(
                new DrillEvent.Document(
                    "freezeframe-drill-filesystem",
                    "1",
                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")),
            Optional.of("ami-0123456789abcdef0"),
            new TreeMap<>(Map.of("dry-run", 0, "validate", 0)),
            Instant.parse("2026-11-28T08:00:02Z"),
            Instant.parse("2026-11-28T08:02:30Z"),
            new TreeMap<>(
                Map.of(
                    "running",
                    41.0,
                    "agent",
                    62.0,
                    "mounted",
                    80.0,
                    "checked",
                    95.0,
                    "validated",
                    100.0,
                    "gone",
                    140.0)),
            Optional.of(18_001L),
            0.02,
            List.of());

    assertThat(Json.mapper().<JsonNode>valueToTree(event)).hasToString(documented(4).toString());
  }
}
