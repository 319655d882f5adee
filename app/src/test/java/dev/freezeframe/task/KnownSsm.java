package dev.freezeframe.task;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * A Systems Manager of which a test says how the commands stand; it refuses every other call. A
 * command that nothing is said of has the status that is told by {@link #looks}, the last of them
 * at every look after it.
 */
public final class KnownSsm implements SsmClient {
  public final List<SendCommandRequest> sent = new ArrayList<>();
  public final List<CancelCommandRequest> cancelled = new ArrayList<>();
  public final List<ListCommandsRequest> listed = new ArrayList<>();

  /** What is sent already. */
  public final List<Command> commands = new ArrayList<>();

  /** How each of those stands. */
  public final Map<String, GetCommandInvocationResponse> standing = new TreeMap<>();

  /** What the looks at other commands bring, one after the other. */
  public final Deque<Supplier<GetCommandInvocationResponse>> looks = new ArrayDeque<>();

  /** The ping status of the agent on any Linux instance; empty: none may be asked for. */
  public Optional<String> ping = Optional.empty();

  /** Why no command is taken; empty: it is. */
  public Optional<RuntimeException> refusal = Optional.empty();

  /** An invocation that has ended, at its start and a second later. */
  public static GetCommandInvocationResponse ended(
      CommandInvocationStatus status, int code, Instant startedAt, String output) {
    return GetCommandInvocationResponse.builder()
        .status(status)
        .pluginName("step")
        .responseCode(code)
        .executionStartDateTime(startedAt.toString())
        .executionEndDateTime(startedAt.plusSeconds(1).toString())
        .standardOutputContent(output)
        .standardErrorContent("")
        .build();
  }

  /** One that has not. */
  public static GetCommandInvocationResponse running(String startedAt) {
    return GetCommandInvocationResponse.builder()
        .status(CommandInvocationStatus.IN_PROGRESS)
        .pluginName("step")
        .responseCode(-1)
        .executionStartDateTime(startedAt)
        .executionEndDateTime("")
        .build();
  }

  /** An answer that is no success. */
  public static <T extends SsmException> T refused(
      SsmException.Builder builder, int status, String code, Class<T> type) {
    return type.cast(
        builder
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(code)
                    .errorMessage("as the test has it")
                    .build())
            .build());
  }

  public static SsmException refused(int status, String code) {
    return refused(SsmException.builder(), status, code, SsmException.class);
  }

  @Override
  public DescribeInstanceInformationResponse describeInstanceInformation(
      DescribeInstanceInformationRequest request) {
    String status = ping.orElseThrow(UnsupportedOperationException::new);
    return DescribeInstanceInformationResponse.builder()
        .instanceInformationList(
            InstanceInformation.builder().pingStatus(status).platformType("Linux").build())
        .build();
  }

  @Override
  public SendCommandResponse sendCommand(SendCommandRequest request) {
    sent.add(request);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return SendCommandResponse.builder()
        .command(Command.builder().commandId("command-" + sent.size()).build())
        .build();
  }

  @Override
  public GetCommandInvocationResponse getCommandInvocation(GetCommandInvocationRequest request) {
    if (standing.containsKey(request.commandId())) {
      return standing.get(request.commandId());
    }
    return looks.size() > 1 ? looks.remove().get() : looks.element().get();
  }

  @Override
  public ListCommandsResponse listCommands(ListCommandsRequest request) {
    listed.add(request);
    return ListCommandsResponse.builder().commands(commands).build();
  }

  /** Of no command it has the steps. */
  @Override
  public ListCommandInvocationsResponse listCommandInvocations(
      ListCommandInvocationsRequest request) {
    return ListCommandInvocationsResponse.builder().build();
  }

  @Override
  public CancelCommandResponse cancelCommand(CancelCommandRequest request) {
    cancelled.add(request);
    return CancelCommandResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
