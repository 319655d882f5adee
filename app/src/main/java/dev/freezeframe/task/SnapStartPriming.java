package dev.freezeframe.task;

import dev.freezeframe.common.Json;
import dev.freezeframe.task.backup.BackupInput;
import dev.freezeframe.task.backup.CreateSnapshotsTask;
import dev.freezeframe.task.script.RunPostScriptTask;
import dev.freezeframe.task.script.RunPreScriptTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Loads what the first invocation of a function needs, by work that reaches nobody: the steps of
 * the freeze are done once from their input to their answer, and of every other call there is one.
 */
final class SnapStartPriming {
  private static final Instant NOW = Instant.parse("2000-01-01T00:00:00Z");

  /** With a policy in it, of which every limit is checked, and a freeze that has just begun. */
  private static final byte[] ORDER =
      """
      {"execution": "none", "instanceId": "i-00000000", "redrives": 0,
       "enteredAt": "2000-01-01T00:00:00Z",
       "work": {"runId": "none-20000101T000000Z",
         "attempt": {"number": 1, "scriptFailures": 0, "refusals": 0},
         "policy": {"name": "none", "enabled": true, "targets": [{"key": "none", "value": "none"}],
           "schedule": {"expression": "cron(0 2 * * ? *)", "timeZone": "UTC",
             "flexibleWindow": "PT0S"},
           "volumes": {"excludeBoot": true, "excludeTags": []},
           "scripts": {"document": "none", "stages": ["PRE", "POST"], "timeout": "PT10S",
             "retries": 0, "fallBackToCrashConsistent": true, "freezeBudget": "PT30S"},
           "retention": {"days": 1, "lifetimeTag": "none", "keepShared": false},
           "tagging": {"add": {"none": "none"}, "copyFromVolume": true},
           "pacing": {"setsPerSecond": 5.0, "jitter": "PT0S"},
           "completion": {"firstWait": "PT1M", "longestWait": "PT15M", "giveUpAfter": "PT24H"}},
         "inspection": {"answer": {"next": "DRY_RUN", "reason": "none", "preScript": true,
           "postScript": true, "retries": 0, "fallBack": true,
           "document": {"name": "none", "version": "1", "sha256": "none", "stamps": true},
           "volumes": {"included": ["vol-00000000"], "excludeBoot": true,
             "excludeData": ["vol-00000001"], "reasons": ["none"]},
           "stopped": false, "launchedAt": "2000-01-01T00:00:00Z",
           "lifetime": {"days": 1, "reason": "none"}}},
         "dryRun": {"answer": {"failure": "none"}},
         "preScript": {"answer": {"attempt": "00000000-0000-0000-0000-000000000000",
           "knownAt": "2000-01-01T00:00:00Z", "startedAt": "2000-01-01T00:00:00Z",
           "frozenAt": "2000-01-01T00:00:00Z", "frozeNothing": false}}}}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final StubDependencies canned = new StubDependencies(NOW);

  void primeEc2() {
    try (Ec2Client ec2 = canned.ec2()) {
      ec2.describeInstances();
      ec2.describeSnapshots();
      ec2.createTags(request -> request.resources("snap-0"));
    }
    order(new CreateSnapshotsTask(canned));
  }

  void primeSsm() {
    try (SsmClient ssm = canned.ssm()) {
      ssm.sendCommand(request -> request.instanceIds("i-0").documentName("none"));
      ssm.getCommandInvocation(request -> request.commandId("none").instanceId("i-0"));
    }
  }

  void primeDynamoDb() {
    try (DynamoDbClient dynamo = canned.dynamoDb()) {
      dynamo.getItem(request -> request.tableName("none").key(Map.of()));
      dynamo.putItem(request -> request.tableName("none").item(Map.of()));
      dynamo.updateItem(request -> request.tableName("none").key(Map.of()));
      dynamo.query(request -> request.tableName("none"));
    }
  }

  /** What freezes and what thaws. */
  void primeScripts() {
    order(new RunPreScriptTask(canned));
    order(new RunPostScriptTask(canned));
  }

  /** The JSON of what most functions get. */
  void primeJson() {
    try {
      Json.mapper().readerFor(BackupInput.class).readValue(ORDER);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** From the input to the answer, with what is logged of it. */
  private static <O> void order(JsonTask<BackupInput, O> task) {
    try {
      O answer = task.handle(task.read(ORDER));
      task.line("none", "INFO", "decided", task.explain(answer));
      Json.mapper().writeValueAsBytes(answer);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
