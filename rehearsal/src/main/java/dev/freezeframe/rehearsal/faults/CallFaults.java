package dev.freezeframe.rehearsal.faults;

import static dev.freezeframe.rehearsal.faults.InjectionPoint.CALL;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.CREATE_SNAPSHOTS;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * The faults of calls: of any, of those of a service, of CreateSnapshots, and of those of restores.
 *
 * <p>The codes are those of EC2's "Error codes for the Amazon EC2 API" (RequestLimitExceeded,
 * InternalError), of Systems Manager's API reference (ThrottlingException, InternalServerError) and
 * of DynamoDB's "Error handling" (ThrottlingException, InternalServerError,
 * TransactionConflictException).
 */
final class CallFaults {
  /** After so long the SDK gives a call up. */
  private static final Duration SDK_TIMEOUT = Duration.ofSeconds(10);

  private static final String CREATE = "ec2:CreateSnapshots";

  /** The places of calls that a restore makes, by their actions. */
  private static final Map<String, InjectionPoint> RESTORE =
      Map.of(
          "ec2:CreateVolume", InjectionPoint.CREATE_VOLUME,
          "ec2:AttachVolume", InjectionPoint.ATTACH_VOLUME,
          "ec2:DetachVolume", InjectionPoint.DETACH_VOLUME,
          "ec2:RunInstances", InjectionPoint.RUN_INSTANCES,
          "ec2:CreateReplaceRootVolumeTask", InjectionPoint.REPLACE_ROOT);

  /** What refuses such a call before it takes effect. */
  private static final Set<FaultAction> REFUSALS =
      EnumSet.of(
          FaultAction.VOLUME_CAPACITY,
          FaultAction.VOLUME_LIMIT,
          FaultAction.ATTACHMENT_LIMIT,
          FaultAction.LAUNCH_CAPACITY,
          FaultAction.LAUNCH_LIMIT);

  private final Injector injector;
  private final VirtualTime time;

  CallFaults(Injector injector, VirtualTime time) {
    this.injector = injector;
    this.time = time;
  }

  /** Before a call takes effect. */
  void before(String action, boolean changes, Caller caller, String detail) {
    String instance = caller.instanceId();
    if (injector.happens(CALL, FaultAction.CALL_CRASH_BEFORE, instance)) {
      throw new FunctionDied("before " + action);
    }
    injector
        .next(CALL, FaultAction.CALL_SLOW, instance)
        .ifPresent(slow -> delay(slow.argument().length()));
    if (injector.happens(CALL, FaultAction.CALL_LOSE, instance)) {
      delay(SDK_TIMEOUT);
    }
    service(action)
        .flatMap(where -> injector.next(where, instance, fault -> changes || !onlyWrites(fault)))
        .ifPresent(fault -> refuse(fault.action()));
    if (action.equals(CREATE)) {
      injector
          .next(CREATE_SNAPSHOTS, detail, fault -> fault.action() != FaultAction.UNANSWERED)
          .ifPresent(fault -> refuse(fault.action()));
    }
    placeOf(action)
        .flatMap(
            where -> injector.next(where, instance, fault -> REFUSALS.contains(fault.action())))
        .ifPresent(fault -> refuse(fault.action()));
  }

  /** The place of a call that a restore makes; empty: it is of another kind. */
  static Optional<InjectionPoint> placeOf(String action) {
    return Optional.ofNullable(RESTORE.get(action));
  }

  /** After a call took effect, before its caller knows. */
  void after(String action, boolean changes, Caller caller, String detail) {
    String instance = caller.instanceId();
    if (injector.happens(CALL, FaultAction.CALL_CRASH_AFTER, instance)) {
      throw new FunctionDied("after " + action);
    }
    if (action.equals(CREATE)) {
      injector
          .next(CREATE_SNAPSHOTS, FaultAction.UNANSWERED, detail)
          .ifPresent(fault -> loseAnswer(injector.one(fault, detail, List.of(true, false))));
    }
    if (placeOf(action)
        .filter(where -> injector.happens(where, FaultAction.LOSE_ANSWER, instance))
        .isPresent()) {
      loseAnswer(false);
    }
    if (changes && injector.happens(CALL, FaultAction.CALL_LOSE_ANSWER, instance)) {
      loseAnswer(false);
    }
  }

  private static Optional<InjectionPoint> service(String action) {
    return InjectionPoint.of(action.substring(0, action.indexOf(':')));
  }

  private static boolean onlyWrites(Fault fault) {
    return fault.action() == FaultAction.DYNAMODB_CONFLICT;
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

  private static void refuse(FaultAction action) {
    throw switch (action) {
      case THROTTLE, EC2_THROTTLE -> Ec2Refusal.throttled();
      case PENDING_QUOTA ->
          Ec2Refusal.of(
              "PendingSnapshotLimitExceeded",
              "The maximum number of pending snapshots has been reached");
      case ERROR, EC2_ERROR -> Ec2Refusal.failed();
      case VOLUME_CAPACITY -> Ec2Refusal.lacksVolumeCapacity();
      case VOLUME_LIMIT ->
          Ec2Refusal.of(
              "VolumeLimitExceeded",
              "You have reached the limit on your Amazon EBS volume storage");
      case ATTACHMENT_LIMIT ->
          Ec2Refusal.of(
              "AttachmentLimitExceeded",
              "You have reached the limit on the number of volumes of the instance");
      case LAUNCH_CAPACITY -> Ec2Refusal.lacksCapacity();
      case LAUNCH_LIMIT ->
          Ec2Refusal.of(
              "InstanceLimitExceeded",
              "You have reached the limit on the number of instances you can run concurrently");
      case SSM_THROTTLE -> refused(SsmException.builder(), "ThrottlingException", 400);
      case SSM_ERROR -> refused(SsmException.builder(), "InternalServerError", 500);
      case DYNAMODB_THROTTLE -> refused(DynamoDbException.builder(), "ThrottlingException", 400);
      case DYNAMODB_ERROR ->
          refused(InternalServerErrorException.builder(), "InternalServerError", 500);
      case DYNAMODB_CONFLICT ->
          refused(TransactionConflictException.builder(), "TransactionConflictException", 400);
      default -> new IllegalStateException("no call is refused with " + action);
    };
  }

  private static RuntimeException refused(
      AwsServiceException.Builder builder, String code, int status) {
    return builder
        .message("as the faults have it")
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(code).errorMessage("as the faults have it").build())
        .build();
  }
}
