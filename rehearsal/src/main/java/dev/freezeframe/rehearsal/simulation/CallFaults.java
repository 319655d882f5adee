package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.ec2.Ec2Refusal;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** Calls in a simulation. */
final class CallFaults implements CallFault {
  /** After so long the SDK gives a call up. */
  private static final Duration SDK_TIMEOUT = Duration.ofSeconds(10);

  private final FaultInjector injector;
  private final VirtualTime time;

  CallFaults(FaultInjector injector, VirtualTime time) {
    this.injector = injector;
    this.time = time;
  }

  @Override
  public void before(String action, boolean changes, Caller caller, String detail) {
    String instance = caller.instanceId();
    if (injector.occurs(FaultType.DIES_BEFORE_CALL, instance).isPresent()) {
      throw new FunctionDied("before " + action);
    }
    injector.occurs(FaultType.CALL_SLOW, instance).ifPresent(slow -> delay(slow.length()));
    if (injector.occurs(FaultType.CALL_LOST, instance).isPresent()) {
      delay(SDK_TIMEOUT);
    }
    if (action.startsWith("ec2:")) {
      ec2(action, instance);
    } else if (action.startsWith("ssm:")
        && injector.occurs(FaultType.SSM_THROTTLED, instance).isPresent()) {
      throw refused(SsmException.builder(), "ThrottlingException", 400);
    } else if (action.startsWith("dynamodb:")) {
      dynamo(changes, instance);
    }
  }

  @Override
  public void after(String action, boolean changes, Caller caller, String detail) {
    String instance = caller.instanceId();
    if (injector.occurs(FaultType.DIES_AFTER_CALL, instance).isPresent()) {
      throw new FunctionDied("after " + action);
    }
    if (action.equals("ec2:CreateSnapshots")) {
      injector
          .occurs(FaultType.SET_UNANSWERED, instance)
          .ifPresent(entry -> loseAnswer(injector.one(entry, instance, List.of(true, false))));
    }
    if (changes && injector.occurs(FaultType.ANSWER_LOST, instance).isPresent()) {
      loseAnswer(false);
    }
  }

  /** The caller dies at once, or waits as long as the SDK does. */
  private void loseAnswer(boolean dies) {
    if (dies) {
      throw new FunctionDied("after a call of which it had no answer");
    }
    time.pause(SDK_TIMEOUT);
    throw ApiCallTimeoutException.create(SDK_TIMEOUT.toMillis());
  }

  /** A call that takes longer than the SDK waits never arrives. */
  private void delay(Duration length) {
    if (length.compareTo(SDK_TIMEOUT) < 0) {
      time.pause(length);
    } else {
      time.pause(SDK_TIMEOUT);
      throw ApiCallTimeoutException.create(SDK_TIMEOUT.toMillis());
    }
  }

  private void ec2(String action, String instance) {
    if (injector.occurs(FaultType.EC2_THROTTLED, instance).isPresent()) {
      throw Ec2Refusal.throttled();
    }
    if (injector.occurs(FaultType.EC2_FAILS, instance).isPresent()) {
      throw Ec2Refusal.failed();
    }
    if (action.equals("ec2:CreateSnapshots")
        && injector.occurs(FaultType.QUOTA_FULL, instance).isPresent()) {
      throw Ec2Refusal.of(
          "PendingSnapshotLimitExceeded",
          "The maximum number of pending snapshots has been reached");
    }
  }

  private void dynamo(boolean changes, String instance) {
    if (injector.occurs(FaultType.DYNAMO_THROTTLED, instance).isPresent()) {
      throw refused(DynamoDbException.builder(), "ThrottlingException", 400);
    }
    if (changes && injector.occurs(FaultType.DYNAMO_CONFLICT, instance).isPresent()) {
      throw refused(TransactionConflictException.builder(), "TransactionConflictException", 400);
    }
  }

  private static RuntimeException refused(
      software.amazon.awssdk.awscore.exception.AwsServiceException.Builder builder,
      String code,
      int status) {
    return builder
        .message("as the simulation has it")
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage("as the simulation has it")
                .build())
        .build();
  }
}
