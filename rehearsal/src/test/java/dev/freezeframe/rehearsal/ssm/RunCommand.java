package dev.freezeframe.rehearsal.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** A fleet of three with Run Command, for tests; fates are those of the scripts to come. */
final class RunCommand implements AutoCloseable {
  static final String FIRST = Fleets.instanceId(1);
  static final String OTHER = Fleets.instanceId(2);
  static final String WINDOWS = Fleets.instanceId(3);
  static final String RUN_1 = "11111111-1111-4111-8111-111111111111";
  static final String RUN_2 = "22222222-2222-4222-8222-222222222222";

  final Stage stage = new Stage();
  final Deque<ScriptBehavior> fates = new ArrayDeque<>();
  boolean offline;
  boolean busy;
  final EmbeddedEc2 ec2;
  final EmbeddedSsm ssm;

  RunCommand() {
    Fleet linux = Fleets.of(2, 1);
    Fleet windows = Fleets.one(3, 1);
    Fleet fleet =
        Fleets.together(
            linux,
            new Fleet(
                List.of(windows.instances().get(0).copy(i -> i.platform("windows"))),
                windows.volumes()));
    ec2 =
        new EmbeddedEc2(
            stage.time,
            stage.seed,
            stage.api,
            Ec2Settings.DEFAULTS,
            fleet,
            SetFault.NONE,
            stage.events::add);
    GuestFault faults =
        new GuestFault() {
          @Override
          public boolean offline(String instanceId) {
            return offline;
          }

          @Override
          public boolean busy(String instanceId) {
            return busy;
          }

          @Override
          public ScriptBehavior script(String instanceId, String command) {
            return fates.isEmpty() ? ScriptBehavior.GOOD : fates.remove();
          }
        };
    ssm =
        new EmbeddedSsm(stage.time, stage.seed, stage.api, fleet, ec2, faults, DocumentFiles.all());
  }

  void fates(ScriptBehavior... coming) {
    fates.addAll(Arrays.asList(coming));
  }

  Guest guest() {
    return ssm.guest(FIRST);
  }

  /** Sends a script of the document that freezes, with a timer. */
  String send(String command, String executionId) {
    return send("freezing", command, executionId);
  }

  String send(String document, String command, String executionId) {
    return send(request(document, command, executionId));
  }

  String send(SendCommandRequest request) {
    return stage.call(() -> ssm.sendCommand(request)).command().commandId();
  }

  static SendCommandRequest request(String document, String command, String executionId) {
    return SendCommandRequest.builder()
        .documentName(document)
        .instanceIds(FIRST)
        .timeoutSeconds(30)
        .parameters(Map.of("command", List.of(command), "executionId", List.of(executionId)))
        .build();
  }

  /** Sends a script, waits, and gives its result. */
  GetCommandInvocationResponse run(String command, String executionId) {
    return run("freezing", command, executionId);
  }

  GetCommandInvocationResponse run(String document, String command, String executionId) {
    String id = send(document, command, executionId);
    stage.pass(Duration.ofSeconds(2));
    return answer(id);
  }

  GetCommandInvocationResponse answer(String commandId) {
    return stage.call(
        () -> ssm.getCommandInvocation(r -> r.commandId(commandId).instanceId(FIRST)));
  }

  void assertExit(GetCommandInvocationResponse answer, int code) {
    assertThat(answer.responseCode()).isEqualTo(code);
    assertThat(answer.statusAsString()).isEqualTo(code == 0 ? "Success" : "Failed");
  }

  @Override
  public void close() {
    stage.close();
  }
}
