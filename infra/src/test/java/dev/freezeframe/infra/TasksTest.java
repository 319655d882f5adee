package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.infra.workflow.StateMachineFile;
import dev.freezeframe.task.Task;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TasksTest {

  @Test
  void everyHandlerIsAClassThatLambdaCanMake() throws ReflectiveOperationException {
    Map<String, Resource> functions = Synthesized.resources("AWS::Lambda::Function");
    assertThat(functions).hasSameSizeAs(Task.byName());
    for (Resource function : functions.values()) {
      String[] handler = function.property("/Handler").asText().split("::", -1);
      Class<?> type = Class.forName(handler[0]);

      assertThat(RequestStreamHandler.class).isAssignableFrom(type);
      assertThat(type.getConstructor().getParameterCount()).isZero();
      assertThat(type.getMethods()).anyMatch(method -> method.getName().equals(handler[1]));
    }
  }

  @Test
  void everyFunctionStartsFromASnapshotAndIsInvokedByItsAlias() {
    assertThat(Synthesized.resources("AWS::Lambda::Function"))
        .allSatisfy(
            (id, function) -> {
              assertThat(function.property("/SnapStart/ApplyOn").asText())
                  .isEqualTo("PublishedVersions");
              assertThat(function.property("/Runtime").asText()).isEqualTo("java25");
              assertThat(function.property("/Architectures/0").asText()).isEqualTo("arm64");
              assertThat(function.property("/TracingConfig/Mode").toString())
                  .isEqualTo("{\"Fn::If\":[\"LambdaHasNoTraces\",\"PassThrough\",\"Active\"]}");
              assertThat(function.property("/LoggingConfig/LogFormat").toString())
                  .isEqualTo("{\"Fn::If\":[\"LambdaHasNoJsonLogs\",\"Text\",\"JSON\"]}");
            });
    Set<String> aliases =
        Synthesized.resources("AWS::Lambda::Alias").keySet().stream()
            .map("<%s>"::formatted)
            .collect(Collectors.toSet());
    assertThat(Grants.all())
        .filteredOn(grant -> grant.action().equals("lambda:InvokeFunction"))
        .isNotEmpty()
        .allMatch(grant -> aliases.contains(grant.resource()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run-policy",
        "snapshot-instance",
        "expire-snapshots",
        "thaw-abandoned",
        "restore-set",
        "drill-set"
      })
  void everyStateWaitsLongerThanItsFunctionMayTake(String machine) {
    StateMachineFile file =
        StateMachineFile.read(Synthesized.ROOT.resolve("statemachines/" + machine + ".asl.json"));
    for (JsonNode state : Json.read(file.text()).findParents("Resource")) {
      String name = state.at("/Parameters/FunctionName").asText().replaceAll("[${}]", "");
      if (name.isEmpty() || state.at("/Parameters/Payload/wake").asBoolean()) {
        continue;
      }
      assertThat(state.get("TimeoutSeconds").asInt())
          .as(name)
          .isGreaterThan(Task.of(name).seconds());
    }
  }

  @Test
  void everyPlaceholderOfAStateMachineIsFilledIn() {
    Map<String, JsonNode> substitutions = new TreeMap<>();
    Synthesized.resources("AWS::StepFunctions::StateMachine")
        .values()
        .forEach(
            machine -> {
              String text = machine.property("/DefinitionString").asText();
              StateMachineFile file = new StateMachineFile("any", text);
              JsonNode filled = machine.property("/DefinitionSubstitutions");
              file.placeholders().forEach(name -> substitutions.put(name, filled.path(name)));
              assertThat(filled.fieldNames())
                  .toIterable()
                  .containsExactlyInAnyOrderElementsOf(file.placeholders());
            });

    assertThat(substitutions).containsKeys("CreateSnapshots", "SelectTargets", "SnapshotInstance");
    assertThat(substitutions.values()).noneMatch(JsonNode::isMissingNode);
  }

  @Test
  void stateMachinesLogEverythingAndAreTraced() {
    assertThat(Synthesized.resources("AWS::StepFunctions::StateMachine"))
        .allSatisfy(
            (id, machine) -> {
              JsonNode logging = machine.property("/LoggingConfiguration");
              assertThat(logging.get("Level").asText()).isEqualTo("ALL");
              assertThat(logging.get("IncludeExecutionData").asBoolean()).isTrue();
              assertThat(machine.property("/TracingConfiguration/Enabled").asBoolean()).isTrue();
            });
  }
}
