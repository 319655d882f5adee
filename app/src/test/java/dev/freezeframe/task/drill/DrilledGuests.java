package dev.freezeframe.task.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;

/** A Systems Manager in which guests answer a command as the test says. */
final class DrilledGuests implements SsmClient {
  private final Supplier<Instant> clock;
  final List<SendCommandRequest> sent = new ArrayList<>();
  final List<Command> commands = new ArrayList<>();
  boolean online = true;

  /** Whether what was sent is not shown. */
  boolean hidden;

  /** How many commands, the first first, are not shown. */
  int hiddenFirst;

  /** The document, as it is now. */
  String hash = "ab".repeat(32);

  /** How some commands end, by their number from 1; the others as {@link #guest} says. */
  final Map<Integer, Answer> answers = new TreeMap<>();

  /** How each command ends; no answer: it goes on. */
  Function<SendCommandRequest, Answer> guest = request -> new Answer("Success", 0, "");

  DrilledGuests(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /** The answer of a guest. */
  record Answer(String status, int code, String output) {
    static final Answer NONE = new Answer("InProgress", -1, "");
  }

  @Override
  public DescribeInstanceInformationResponse describeInstanceInformation(
      DescribeInstanceInformationRequest request) {
    return DescribeInstanceInformationResponse.builder()
        .instanceInformationList(
            online
                ? List.of(
                    InstanceInformation.builder()
                        .instanceId(request.filters().get(0).values().get(0))
                        .pingStatus("Online")
                        .platformType("Linux")
                        .build())
                : List.of())
        .build();
  }

  @Override
  public SendCommandResponse sendCommand(SendCommandRequest request) {
    sent.add(request);
    Command command =
        Command.builder()
            .commandId("command-" + sent.size())
            .comment(request.comment())
            .requestedDateTime(clock.get())
            .build();
    commands.add(command);
    return SendCommandResponse.builder().command(command).build();
  }

  @Override
  public ListCommandsResponse listCommands(ListCommandsRequest request) {
    return ListCommandsResponse.builder()
        .commands(hidden ? List.of() : commands.subList(hiddenFirst, commands.size()))
        .build();
  }

  @Override
  public GetCommandInvocationResponse getCommandInvocation(GetCommandInvocationRequest request) {
    int number = Integer.parseInt(request.commandId().replaceFirst("command-", ""));
    Answer answer =
        Optional.ofNullable(answers.get(number)).orElseGet(() -> guest.apply(sent.get(number - 1)));
    return GetCommandInvocationResponse.builder()
        .pluginName("run")
        .status(CommandInvocationStatus.fromValue(answer.status()))
        .responseCode(answer.code())
        .executionStartDateTime(clock.get().toString())
        .standardOutputContent(answer.output())
        .build();
  }

  @Override
  public DescribeDocumentResponse describeDocument(DescribeDocumentRequest request) {
    return DescribeDocumentResponse.builder()
        .document(
            DocumentDescription.builder()
                .name(request.name())
                .documentType(DocumentType.COMMAND)
                .documentVersion("3")
                .hash(hash)
                .hashType(DocumentHashType.SHA256)
                .build())
        .build();
  }

  @Override
  public GetDocumentResponse getDocument(GetDocumentRequest request) {
    return GetDocumentResponse.builder()
        .content(
            """
            {"parameters": {"executionId": {}, "command": {}, "members": {}, "timeoutSeconds": {}}}
            """)
        .build();
  }

  /** The steps of a document, of which nothing is known but what the invocation says. */
  @Override
  public ListCommandInvocationsResponse listCommandInvocations(
      ListCommandInvocationsRequest request) {
    return ListCommandInvocationsResponse.builder().commandInvocations(List.of()).build();
  }

  @Override
  public CancelCommandResponse cancelCommand(CancelCommandRequest request) {
    return CancelCommandResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "ssm";
  }

  @Override
  public void close() {}
}
