package dev.freezeframe.lambda;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every task on the clients that it has in Lambda, up to its first call. */
class FirstCallsTest {
  private static final String ENDPOINT = "aws.endpointUrl";

  private final List<String> calls = new ArrayList<>();

  @Test
  void everyTaskReachesTheServiceThatItBeginsWith() throws IOException {
    Map<String, String> first = new TreeMap<>();
    try (FirstCall aws = new FirstCall(calls::add)) {
      System.setProperty(ENDPOINT, aws.url());
      for (String task : Tasks.all().keySet()) {
        first.put(task, firstCallOf(task));
      }
    } finally {
      System.clearProperty(ENDPOINT);
    }

    assertThat(first)
        .containsOnly(
            entry("AdoptSnapshots", "DescribeSnapshots"),
            entry("ApplySnapshotEvent", "UpdateItem"),
            entry("CheckSnapshots", "BatchGetItem"),
            entry("CreateSnapshots", "CreateSnapshots"),
            entry("DeleteSnapshots", "GetItem"),
            entry("DryRunScript", "SendCommand"),
            entry("FindSnapshots", "DescribeSnapshots"),
            entry("InspectInstance", "DescribeInstances"),
            entry("PlanExpiry", "GetItem"),
            entry("ReconcileLedger", "Query"),
            entry("RecordOutcome", "BatchGetItem"),
            entry("RecordSnapshots", "UpdateItem"),
            entry("RunPostScript", "SendCommand"),
            entry("RunPreScript", "PutItem"),
            entry("SelectTargets", "DescribeInstances"),
            entry("SummarizeRun", "Query"),
            entry("ThawAbandoned", "Query"),
            entry("WatchRecoveryPoints", "GetItem"));
  }

  private String firstCallOf(String task) throws IOException {
    calls.clear();
    byte[] input = Inputs.whileFrozen(task).toString().getBytes(StandardCharsets.UTF_8);
    Surroundings surroundings = new AwsSurroundings(new Environment("ledger"));
    try {
      Tasks.all()
          .get(task)
          .apply(surroundings)
          .handleRequest(
              new ByteArrayInputStream(input), new ByteArrayOutputStream(), new TestContext());
    } catch (RuntimeException refused) {
      assertThat(calls).as("%s said %s", task, refused).isNotEmpty();
    }
    return calls.get(0);
  }
}
