package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.KnownMembers;
import dev.freezeframe.rehearsal.ssm.document.SsmRefusal;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SsmRequest;

/**
 * The members of each request that are acted on here. Systems Manager passes over a member that it
 * does not have, and has all that a request of the SDK can hold; here another is a {@code
 * ValidationException}: harsher side taken.
 */
final class SsmMembers {
  private static final Map<Class<? extends SsmRequest>, Set<String>> KNOWN =
      Map.of(
          GetDocumentRequest.class,
          Set.of("Name", "DocumentVersion", "DocumentFormat"),
          DescribeDocumentRequest.class,
          Set.of("Name", "DocumentVersion"),
          SendCommandRequest.class,
          Set.of(
              "InstanceIds",
              "DocumentName",
              "DocumentVersion",
              "DocumentHash",
              "DocumentHashType",
              "TimeoutSeconds",
              "Comment",
              "Parameters"),
          CancelCommandRequest.class,
          Set.of("CommandId", "InstanceIds"),
          GetCommandInvocationRequest.class,
          Set.of("CommandId", "InstanceId", "PluginName"),
          ListCommandsRequest.class,
          Set.of("CommandId", "InstanceId", "Filters", "MaxResults", "NextToken"),
          ListCommandInvocationsRequest.class,
          Set.of("CommandId", "InstanceId", "Filters", "Details", "MaxResults", "NextToken"),
          DescribeInstanceInformationRequest.class,
          Set.of("InstanceInformationFilterList", "Filters", "MaxResults", "NextToken"),
          GetParameterRequest.class,
          Set.of("Name"));

  private SsmMembers() {}

  /** Every request that is answered here. */
  static Set<Class<? extends SsmRequest>> requests() {
    return KNOWN.keySet();
  }

  /** Refuses a request with a member that is not acted on. */
  static void check(SsmRequest request) {
    KnownMembers.unknown(request, KNOWN.get(request.getClass()))
        .ifPresent(
            name -> {
              throw SsmRefusal.invalid("%s: not simulated by the rehearsal".formatted(name));
            });
  }
}
