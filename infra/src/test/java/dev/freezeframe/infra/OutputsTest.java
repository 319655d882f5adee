package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.task.Task;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutputsTest {
  private static final JsonNode OUTPUTS = Synthesized.flattened().get("Outputs");

  private static Set<String> named(String type) {
    Set<String> ids = new TreeSet<>();
    Synthesized.resources(type).keySet().forEach(id -> ids.add("<%s>".formatted(id)));
    return ids;
  }

  private static Set<String> values() {
    Set<String> values = new TreeSet<>();
    OUTPUTS.forEach(output -> values.add(Resource.text(output.get("Value"))));
    return values;
  }

  @Test
  void everyStateMachineQueueAndLogIsNamed() {
    assertThat(values())
        .containsAll(named("AWS::StepFunctions::StateMachine"))
        .containsAll(named("AWS::SQS::Queue"))
        .containsAll(named("AWS::Logs::LogGroup"))
        .containsAll(named("AWS::SNS::Topic"))
        .containsAll(named("AWS::CloudWatch::Dashboard"))
        .containsAll(named("AWS::DynamoDB::Table"));
  }

  @Test
  void eachHasANameThatCanBeGuessed() {
    assertThat(OUTPUTS.fieldNames())
        .toIterable()
        .contains(
            "LedgerTableName",
            "AlarmTopicArn",
            "DashboardName",
            "RunPolicyArn",
            "SnapshotInstanceArn",
            "ExpireSnapshotsArn",
            "ThawAbandonedArn",
            "NotStartedQueueUrl",
            "EventsNotAppliedQueueUrl",
            "GuestNotThawedQueueUrl")
        .containsAll(
            Task.byName().keySet().stream()
                .map("%sLogGroup"::formatted)
                .collect(Collectors.toSet()));
    assertThat(OUTPUTS).allMatch(output -> !output.get("Description").asText().isBlank());
  }
}
