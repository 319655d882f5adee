package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.SdkRetries;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** A client that tries again. By hand: a proxy of this interface takes seconds to make. */
final class RetryingSsm implements SsmClient {
  private final EmbeddedSsm ssm;
  private final SdkRetries retries;
  private final SendPermission permission;

  RetryingSsm(EmbeddedSsm ssm, SdkRetries retries, SendPermission permission) {
    this.ssm = ssm;
    this.retries = retries;
    this.permission = permission;
  }

  @Override
  public GetDocumentResponse getDocument(GetDocumentRequest request) {
    return retries.around(() -> ssm.getDocument(request));
  }

  @Override
  public DescribeDocumentResponse describeDocument(DescribeDocumentRequest request) {
    return retries.around(() -> ssm.describeDocument(request));
  }

  @Override
  public SendCommandResponse sendCommand(SendCommandRequest request) {
    return retries.around(() -> ssm.sendCommand(request, permission));
  }

  @Override
  public CancelCommandResponse cancelCommand(CancelCommandRequest request) {
    return retries.around(() -> ssm.cancelCommand(request));
  }

  @Override
  public GetCommandInvocationResponse getCommandInvocation(GetCommandInvocationRequest request) {
    return retries.around(() -> ssm.getCommandInvocation(request));
  }

  @Override
  public ListCommandsResponse listCommands(ListCommandsRequest request) {
    return retries.around(() -> ssm.listCommands(request));
  }

  @Override
  public ListCommandInvocationsResponse listCommandInvocations(
      ListCommandInvocationsRequest request) {
    return retries.around(() -> ssm.listCommandInvocations(request));
  }

  @Override
  public DescribeInstanceInformationResponse describeInstanceInformation(
      DescribeInstanceInformationRequest request) {
    return retries.around(() -> ssm.describeInstanceInformation(request));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
