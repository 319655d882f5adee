package dev.freezeframe.rehearsal.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.rehearsal.cloud.OneMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.InvalidFilterKeyException;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.SsmRequest;

/** What Systems Manager's model has and the embedded one does not act on is refused. */
class SsmMembersTest {
  private final RunCommand run = new RunCommand();

  @AfterEach
  void close() {
    run.close();
  }

  @Test
  void aMemberIsActedOnOrRefused() throws ReflectiveOperationException {
    List<String> actedOn = new ArrayList<>();
    for (Class<? extends SsmRequest> type : SsmMembers.requests()) {
      for (Map.Entry<String, Object> request : OneMember.requests(type).entrySet()) {
        String operation = type.getSimpleName().replaceAll("Request$", "");
        try {
          SsmMembers.check((SsmRequest) request.getValue());
          actedOn.add(operation + " " + request.getKey());
        } catch (SsmException refused) {
          assertThat(refused.awsErrorDetails().errorMessage())
              .isEqualTo(request.getKey() + ": not simulated by the rehearsal");
        }
      }
    }

    assertThat(actedOn)
        .containsExactlyInAnyOrder(
            "CancelCommand CommandId",
            "CancelCommand InstanceIds",
            "DescribeDocument DocumentVersion",
            "DescribeDocument Name",
            "DescribeInstanceInformation Filters.Key",
            "DescribeInstanceInformation Filters.Values",
            "DescribeInstanceInformation InstanceInformationFilterList.key",
            "DescribeInstanceInformation InstanceInformationFilterList.valueSet",
            "DescribeInstanceInformation MaxResults",
            "DescribeInstanceInformation NextToken",
            "GetCommandInvocation CommandId",
            "GetCommandInvocation InstanceId",
            "GetCommandInvocation PluginName",
            "GetDocument DocumentFormat",
            "GetDocument DocumentVersion",
            "GetDocument Name",
            "GetParameter Name",
            "ListCommandInvocations CommandId",
            "ListCommandInvocations Details",
            "ListCommandInvocations Filters.key",
            "ListCommandInvocations Filters.value",
            "ListCommandInvocations InstanceId",
            "ListCommandInvocations MaxResults",
            "ListCommandInvocations NextToken",
            "ListCommands CommandId",
            "ListCommands Filters.key",
            "ListCommands Filters.value",
            "ListCommands InstanceId",
            "ListCommands MaxResults",
            "ListCommands NextToken",
            "SendCommand Comment",
            "SendCommand DocumentHash",
            "SendCommand DocumentHashType",
            "SendCommand DocumentName",
            "SendCommand DocumentVersion",
            "SendCommand InstanceIds",
            "SendCommand Parameters",
            "SendCommand TimeoutSeconds");
  }

  @Test
  void everyOperationAsksWhatItActsOn() {
    refuses("MaxConcurrency", () -> run.ssm.sendCommand(r -> r.maxConcurrency("1")));
    refuses("VersionName", () -> run.ssm.getDocument(r -> r.versionName("v")));
    refuses("VersionName", () -> run.ssm.describeDocument(r -> r.versionName("v")));
    refuses("WithDecryption", () -> run.ssm.getParameter(r -> r.withDecryption(true)));
  }

  private void refuses(String member, Supplier<?> call) {
    assertThatThrownBy(() -> run.stage.call(call::get))
        .isInstanceOf(SsmException.class)
        .hasMessageContaining(member + ": not simulated by the rehearsal");
  }

  @Test
  void anUnknownFilterIsRefusedWhetherOrNotAnythingIsThere() {
    assertThatThrownBy(
            () ->
                run.stage.call(
                    () ->
                        run.ssm.describeInstanceInformation(
                            r ->
                                r.filters(
                                    InstanceInformationStringFilter.builder()
                                        .key("InstanceIds")
                                        .values("i-none")
                                        .build(),
                                    InstanceInformationStringFilter.builder()
                                        .key("tag:env")
                                        .values("prod")
                                        .build()))))
        .isInstanceOf(InvalidFilterKeyException.class);
    assertThatThrownBy(
            () ->
                run.stage.call(
                    () ->
                        run.ssm.listCommands(
                            r ->
                                r.filters(
                                    CommandFilter.builder()
                                        .key("ExecutionStage")
                                        .value("Executing")
                                        .build()))))
        .isInstanceOf(SsmException.class)
        .hasMessageContaining("ExecutionStage");
  }
}
