package dev.freezeframe.rehearsal.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freezeframe.rehearsal.run.Mutation;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Deliberate bugs of drills, each of which breaks an invariant. */
final class DrillBugs {
  private DrillBugs() {}

  /** Launches instances that do not end themselves, and believes that it ended them. */
  static Mutation leavesItsInstances() {
    return Bugs.changed(
        ledger -> ledger,
        client ->
            Bugs.wrapped(
                Ec2Client.class,
                client,
                (method, arguments, real) -> {
                  if (method.equals("terminateInstances")) {
                    return TerminateInstancesResponse.builder().build();
                  }
                  return real.call(
                      method.equals("runInstances")
                              && arguments[0] instanceof RunInstancesRequest request
                          ? new Object[] {withoutShutdown(request)}
                          : arguments);
                }),
        ssm -> ssm);
  }

  private static RunInstancesRequest withoutShutdown(RunInstancesRequest request) {
    String script = new String(Base64.getDecoder().decode(request.userData()), UTF_8);
    return request.copy(
        builder ->
            builder.userData(
                Base64.getEncoder()
                    .encodeToString(script.replaceFirst("shutdown.*\n", "").getBytes(UTF_8))));
  }

  /** Sends a dry run in place of each validation, and believes what it says. */
  static Mutation validatesNothing() {
    return Bugs.changed(
        ledger -> ledger,
        ec2 -> ec2,
        client ->
            Bugs.wrapped(
                SsmClient.class,
                client,
                (method, arguments, real) -> {
                  if (!method.equals("sendCommand")
                      || !(arguments[0] instanceof SendCommandRequest sent)) {
                    return real.call(arguments);
                  }
                  Map<String, List<String>> parameters = new TreeMap<>(sent.parameters());
                  parameters.computeIfPresent(
                      "command",
                      (name, command) ->
                          command.equals(List.of("validate")) ? List.of("dry-run") : command);
                  return real.call(sent.copy(builder -> builder.parameters(parameters)));
                }));
  }
}
