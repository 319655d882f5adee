package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.task.Environment;
import dev.freezeframe.task.Task;
import dev.freezeframe.task.trigger.AsynchronousRetries;
import dev.freezeframe.task.trigger.DeployedSchedule;
import dev.freezeframe.task.trigger.EventRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the template says, value by value, beside the records that an embedded cloud is made from:
 * nothing is deployed that is not rehearsed, and the other way round.
 */
class RehearsedAsDeployedTest {

  /** Each policy's, and the system's own. */
  private static List<DeployedSchedule> rehearsed() {
    List<DeployedSchedule> schedules = new ArrayList<>();
    Synthesized.POLICIES.forEach(policy -> schedules.add(DeployedSchedule.ofPolicy(policy)));
    schedules.add(DeployedSchedule.watch(Synthesized.POLICIES, DeployedSchedule.GRACE));
    schedules.add(DeployedSchedule.expiry(true));
    schedules.add(DeployedSchedule.startStopped(Synthesized.POLICIES));
    schedules.add(DeployedSchedule.sweepRestores());
    schedules.add(DeployedSchedule.sweepDrills());
    Synthesized.POLICIES.forEach(
        policy ->
            policy
                .drill()
                .ifPresent(
                    drill -> schedules.add(DeployedSchedule.ofDrills(policy.name(), drill))));
    return schedules;
  }

  private static Map<String, Resource> schedules() {
    return Synthesized.resources("AWS::Scheduler::Schedule").values().stream()
        .collect(
            Collectors.toMap(
                schedule -> schedule.property("/Name").asText(), schedule -> schedule));
  }

  /** The name of a function or state machine without that of its stack. */
  private static String nameOf(JsonNode arn) {
    Map<String, Resource> all = new HashMap<>();
    all.putAll(Synthesized.resources("AWS::StepFunctions::StateMachine"));
    Synthesized.resources("AWS::Lambda::Alias")
        .forEach(
            (id, alias) ->
                all.put(
                    id,
                    Synthesized.resources("AWS::Lambda::Function")
                        .get(alias.property("/FunctionName/Ref").asText())));
    Resource target = all.get(Resource.text(arn).replaceAll("[<>]", ""));
    return (target.property("/StateMachineName").asText()
            + target.property("/FunctionName").asText())
        .replaceFirst("^freezeframe-", "");
  }

  @Test
  void everyScheduleHasTheNameTheTimeTheTargetAndTheInputOfItsRecord() {
    Map<String, Resource> deployed = schedules();
    for (DeployedSchedule schedule : rehearsed()) {
      Resource resource = deployed.get(schedule.name());

      assertThat(resource).as(schedule.name()).isNotNull();
      assertThat(resource.property("/ScheduleExpression").asText())
          .as(schedule.name())
          .isEqualTo(schedule.when().expression());
      assertThat(resource.property("/ScheduleExpressionTimezone").asText())
          .as(schedule.name())
          .isEqualTo(schedule.when().timeZone().getId());
      assertThat(resource.property("/Target/Input").asText())
          .as(schedule.name())
          .isEqualTo(schedule.input());
      assertThat(nameOf(resource.property("/Target/Arn")))
          .as(schedule.name())
          .isEqualTo(schedule.target().name());
    }
  }

  @Test
  void nothingFiresThatHasNoRecord() {
    List<DeployedSchedule> known = rehearsed();
    known.addAll(DeployedSchedule.wakes());

    assertThat(known).extracting(DeployedSchedule::name).containsAll(schedules().keySet());
  }

  @Test
  void everyRuleHasThePatternAndTheTargetOfItsRecord() {
    Filled filled = new Filled();
    Synthesized.resources("AWS::StepFunctions::StateMachine")
        .keySet()
        .forEach(id -> filled.created(id, "machine"));
    Map<String, JsonNode> patterns = new HashMap<>();
    for (Resource rule : Synthesized.resources("AWS::Events::Rule").values()) {
      assertThat(rule.property("/Targets")).hasSize(1);
      patterns.put(
          nameOf(rule.property("/Targets/0/Arn")), filled.tree(rule.property("/EventPattern")));
    }

    assertThat(patterns).hasSameSizeAs(EventRule.all("machine", "machine", "machine"));
    EventRule.all("machine", "machine", "machine")
        .forEach(
            rule ->
                assertThat(patterns)
                    .containsEntry(
                        rule.target().name(),
                        dev.freezeframe.common.Json.mapper()
                            .valueToTree(
                                rule.pattern(dev.freezeframe.rehearsal.cloud.Account.ID))));
  }

  @Test
  void everyTargetOfARuleIsTriedAsLongAsItsRecordSaysAndTheRestWaitsInAQueue() {
    assertThat(Synthesized.resources("AWS::Events::Rule").values())
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              JsonNode retries = rule.property("/Targets/0/RetryPolicy");
              assertThat(retries.path("MaximumRetryAttempts").asInt())
                  .isEqualTo(EventRule.DELIVERIES);
              assertThat(retries.path("MaximumEventAgeInSeconds").asLong())
                  .isEqualTo(EventRule.DELIVERED_FOR.toSeconds());
              assertThat(rule.property("/Targets/0/DeadLetterConfig/Arn")).isNotEmpty();
            });
  }

  /** EventBridge starts a machine as a role, and a function by the function's own policy. */
  @Test
  void everyMachineThatARuleStartsIsStartedAsARoleThatMayDoNothingElse() {
    List<JsonNode> machines =
        Synthesized.resources("AWS::Events::Rule").values().stream()
            .map(rule -> rule.property("/Targets/0"))
            .filter(target -> target.has("RoleArn"))
            .toList();

    assertThat(machines).hasSize(3);
    String role = machines.get(0).at("/RoleArn/Fn::GetAtt/0").asText();
    assertThat(Grants.all())
        .filteredOn(grant -> grant.role().equals("<%s>".formatted(role)))
        .singleElement()
        .satisfies(
            grant -> {
              assertThat(grant.action()).isEqualTo("states:StartExecution");
              assertThat(grant.resource()).isEqualTo(Resource.text(machines.get(0).get("Arn")));
            });
    assertThat(
            Synthesized.resources("AWS::IAM::Role")
                .get(role)
                .property("/AssumeRolePolicyDocument/Statement/0/Principal/Service")
                .asText())
        .isEqualTo("events.amazonaws.com");
  }

  @Test
  void everyFunctionHasTheSizeAndTheEnvironmentOfItsRecord() {
    Collection<Resource> functions = Synthesized.resources("AWS::Lambda::Function").values();
    Set<String> variables =
        new Environment("ledger", 100, Optional.of(new DrillHost(List.of(), List.of(), "profile")))
            .variables()
            .keySet();

    assertThat(functions).hasSameSizeAs(Task.byName().keySet());
    for (Resource function : functions) {
      Task task =
          Task.of(function.property("/FunctionName").asText().replaceFirst("^freezeframe-", ""));
      assertThat(function.property("/MemorySize").asInt())
          .as(task.toString())
          .isEqualTo(task.memory());
      assertThat(function.property("/Timeout").asInt())
          .as(task.toString())
          .isEqualTo(task.seconds());
      assertThat(function.property("/Environment/Variables").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrderElementsOf(variables);
    }
  }

  @Test
  void everyFunctionThatEventsReachIsInvokedAgainAsOftenAsItsRecordSays() {
    Collection<Resource> configs = Synthesized.resources("AWS::Lambda::EventInvokeConfig").values();

    assertThat(configs)
        .isNotEmpty()
        .allSatisfy(
            config -> {
              assertThat(config.property("/MaximumRetryAttempts").asInt(2))
                  .isEqualTo(AsynchronousRetries.DEPLOYED.repeats());
              assertThat(config.property("/MaximumEventAgeInSeconds").asLong(21_600))
                  .isEqualTo(AsynchronousRetries.DEPLOYED.kept().toSeconds());
            });
  }
}
