package dev.freezeframe.task.startup;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.Environment;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.Task;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TestContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Every task on the clients that it has in Lambda, up to its first call. */
class FirstCallsTest {
  private static final String ENDPOINT = "aws.endpointUrl";

  private final List<String> calls = new ArrayList<>();

  @Test
  void everyTaskReachesTheServiceThatItBeginsWith() throws IOException {
    Map<String, String> first = new TreeMap<>();
    try (FirstCall aws = new FirstCall(calls::add)) {
      System.setProperty(ENDPOINT, aws.url());
      for (String task : Task.byName().keySet()) {
        first.put(task, firstCallOf(task));
      }
    } finally {
      System.clearProperty(ENDPOINT);
    }

    assertThat(first)
        .containsOnly(
            entry("AdoptSnapshots", "DescribeSnapshots"),
            entry("AttachVolumes", "GetItem"),
            entry("AwaitInitialized", "GetItem"),
            entry("AwaitVolumes", "GetItem"),
            entry("ClaimRestore", "GetItem"),
            entry("CleanRestore", "GetItem"),
            entry("CreateVolumes", "GetItem"),
            entry("DeregisterImage", "GetItem"),
            entry("DetachReplaced", "GetItem"),
            entry("LaunchInstance", "GetItem"),
            entry("RecordRestore", "GetItem"),
            entry("RegisterImage", "GetItem"),
            entry("ReplaceRoot", "GetItem"),
            entry("StartTarget", "GetItem"),
            entry("StopTarget", "GetItem"),
            entry("SweepRestores", "Query"),
            entry("UndoRestore", "GetItem"),
            entry("ChooseDrills", "Query"),
            entry("ClaimDrill", "GetItem"),
            entry("EndDrill", "GetItem"),
            entry("LaunchDrill", "GetItem"),
            entry("RecordDrill", "GetItem"),
            entry("SweepDrills", "Query"),
            entry("ValidateDrill", "GetItem"),
            entry("ApplySnapshotEvent", "UpdateItem"),
            entry("CheckSnapshots", "BatchGetItem"),
            entry("CreateSnapshots", "CreateSnapshots"),
            entry("DeleteSnapshots", "GetItem"),
            entry("DryRunScript", "SendCommand"),
            entry("FindSnapshots", "DescribeSnapshots"),
            entry("InspectInstance", "DescribeInstances"),
            entry("PlanExpiry", "GetItem"),
            entry("ReconcileLedger", "Query"),
            entry("RecordAbandoned", "Query"),
            entry("RecordOutcome", "BatchGetItem"),
            entry("RecordSnapshots", "UpdateItem"),
            entry("RunPostScript", "SendCommand"),
            entry("RunPreScript", "PutItem"),
            entry("SelectTargets", "DescribeInstances"),
            entry("StartInstance", "Query"),
            entry("StartStopped", "Query"),
            entry("StopInstance", "Query"),
            entry("SummarizeRun", "Query"),
            entry("TakeSlots", "GetItem"),
            entry("ThawAbandoned", "Query"),
            entry("WatchRecoveryPoints", "GetItem"));
  }

  private String firstCallOf(String task) throws IOException {
    calls.clear();
    byte[] input = Inputs.whileFrozen(task).toString().getBytes(StandardCharsets.UTF_8);
    TaskDependencies dependencies =
        new WithoutPauses(new AwsDependencies(new Environment("ledger", 100)));
    try {
      Task.of(task)
          .in(dependencies)
          .handleRequest(
              new ByteArrayInputStream(input), new ByteArrayOutputStream(), new TestContext());
    } catch (RuntimeException refused) {
      assertThat(calls).as("%s said %s", task, refused).isNotEmpty();
    }
    return calls.get(0);
  }

  /** AWS's own clients, and nobody waits. */
  private record WithoutPauses(AwsDependencies aws) implements TaskDependencies {
    @Override
    public Ec2Client ec2() {
      return aws.ec2();
    }

    @Override
    public Ec2Client ec2WithoutRetries() {
      return aws.ec2WithoutRetries();
    }

    @Override
    public SsmClient ssm() {
      return aws.ssm();
    }

    @Override
    public SsmClient ssmWithoutRetries() {
      return aws.ssmWithoutRetries();
    }

    @Override
    public Ledger ledger() {
      return aws.ledger();
    }

    @Override
    public Clock clock() {
      return aws.clock();
    }

    @Override
    public Sleeper pause() {
      return any -> {};
    }
  }
}
