package dev.freezeframe.rehearsal.deployment;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;

/** What Step Functions says of state machines; what runs them is {@code StepFunctions}. */
public final class EmbeddedMachines implements SfnClient {
  private final Map<String, StateMachineStatus> machines = new TreeMap<>();

  /** A state machine that can be started. */
  public void put(String arn) {
    machines.put(arn, StateMachineStatus.ACTIVE);
  }

  /** Somebody deletes it; it is described until its executions have ended. */
  public void delete(String arn) {
    machines.put(arn, StateMachineStatus.DELETING);
  }

  @Override
  public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest request) {
    Refusal.ofMoreThan(request, "stateMachineArn");
    StateMachineStatus status = machines.get(request.stateMachineArn());
    if (status == null) {
      throw Refusal.of(
          StateMachineDoesNotExistException.builder(),
          400,
          "StateMachineDoesNotExist",
          "State Machine Does Not Exist: '%s'".formatted(request.stateMachineArn()));
    }
    return DescribeStateMachineResponse.builder()
        .stateMachineArn(request.stateMachineArn())
        .status(status)
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
