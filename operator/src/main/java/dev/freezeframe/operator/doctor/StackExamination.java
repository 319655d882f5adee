package dev.freezeframe.operator.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.operator.doctor.aws.fleet.RestoreCheck;
import dev.freezeframe.operator.doctor.aws.stack.CloudWatchAlarms;
import dev.freezeframe.operator.doctor.aws.stack.DynamoTables;
import dev.freezeframe.operator.doctor.aws.stack.EventBridgeRules;
import dev.freezeframe.operator.doctor.aws.stack.LambdaFunctions;
import dev.freezeframe.operator.doctor.aws.stack.SchedulerSchedules;
import dev.freezeframe.operator.doctor.aws.stack.SnsTopics;
import dev.freezeframe.operator.doctor.aws.stack.SqsQueues;
import dev.freezeframe.operator.doctor.aws.stack.StepFunctionsMachines;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.stack.AlarmTopicCheck;
import dev.freezeframe.operator.doctor.check.stack.AlarmsCheck;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import dev.freezeframe.operator.doctor.check.stack.FunctionsCheck;
import dev.freezeframe.operator.doctor.check.stack.FunctionsCheck.Version;
import dev.freezeframe.operator.doctor.check.stack.LedgerCheck;
import dev.freezeframe.operator.doctor.check.stack.MachinesCheck;
import dev.freezeframe.operator.doctor.check.stack.QueuesCheck;
import dev.freezeframe.operator.doctor.check.stack.RecoveryPointCheck;
import dev.freezeframe.operator.doctor.check.stack.RestorableCheck;
import dev.freezeframe.operator.doctor.check.stack.RestorableCheck.NewestSet;
import dev.freezeframe.operator.doctor.check.stack.RulesCheck;
import dev.freezeframe.operator.doctor.check.stack.SchedulesCheck;
import dev.freezeframe.operator.doctor.check.stack.SchedulesCheck.Schedule;
import dev.freezeframe.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether what a stack holds is as it was deployed: each service is asked for its own. */
final class StackExamination {
  /** The default of {@code freezeframe:graceHours}. */
  private static final Duration GRACE = Duration.ofHours(6);

  private final Clients clients;
  private final List<Policy> policies;
  private final DeployedStack stack;
  private final Instant now;
  private final Consumer<String> progress;

  StackExamination(
      Clients clients,
      List<Policy> policies,
      DeployedStack stack,
      Instant now,
      Consumer<String> progress) {
    this.clients = clients;
    this.policies = policies;
    this.stack = stack;
    this.now = now;
    this.progress = progress;
  }

  List<Finding> findings() {
    progress.accept("the functions");
    Map<Resource, Asked<Optional<Version>>> aliases =
        each("AWS::Lambda::Alias", new LambdaFunctions(clients.lambda())::behind);
    List<Finding> findings = new ArrayList<>();
    findings.add(FunctionsCheck.runtime(aliases));
    findings.add(FunctionsCheck.of(aliases, ids("AWS::Lambda::Version")));
    findings.add(
        MachinesCheck.of(
            each(
                "AWS::StepFunctions::StateMachine",
                new StepFunctionsMachines(clients.stepFunctions())::status)));
    findings.add(RestorableCheck.machine(stack));
    progress.accept("schedules and rules");
    Map<Resource, Asked<Optional<Schedule>>> schedules = schedules();
    findings.add(SchedulesCheck.policies(policies, stack, schedules));
    findings.add(SchedulesCheck.of(schedules));
    findings.add(
        RulesCheck.of(
            each("AWS::Events::Rule", new EventBridgeRules(clients.eventBridge())::find)));
    progress.accept("queues and alarms");
    findings.add(QueuesCheck.of(each("AWS::SQS::Queue", new SqsQueues(clients.sqs())::messages)));
    List<Resource> alarms = stack.of("AWS::CloudWatch::Alarm");
    findings.add(
        AlarmsCheck.of(
            alarms,
            new CloudWatchAlarms(clients.cloudWatch())
                .find(alarms.stream().map(Resource::physicalId).toList())));
    findings.add(
        AlarmTopicCheck.of(
            each("AWS::SNS::Topic", new SnsTopics(clients.sns())::subscriptions).values()));
    findings.addAll(ledger());
    return findings;
  }

  private Map<Resource, Asked<Optional<Schedule>>> schedules() {
    SchedulerSchedules scheduler = new SchedulerSchedules(clients.scheduler());
    Map<Resource, Asked<Optional<Schedule>>> answers = new LinkedHashMap<>();
    stack
        .of("AWS::Scheduler::Schedule")
        .forEach(one -> answers.put(one, scheduler.find(one.text("/GroupName"), one.physicalId())));
    return answers;
  }

  private <T> Map<Resource, Asked<T>> each(String type, Function<String, Asked<T>> question) {
    Map<Resource, Asked<T>> answers = new LinkedHashMap<>();
    stack.of(type).forEach(one -> answers.put(one, question.apply(one.physicalId())));
    return answers;
  }

  private Set<String> ids(String type) {
    return stack.of(type).stream().map(Resource::physicalId).collect(Collectors.toSet());
  }

  private List<Finding> ledger() {
    progress.accept("the ledger");
    DynamoTables dynamo = new DynamoTables(clients.dynamoDb());
    List<Finding> findings = new ArrayList<>();
    for (Resource table : stack.of("AWS::DynamoDB::Table")) {
      String name = table.physicalId();
      findings.add(
          LedgerCheck.of(
              name,
              table.properties().path("DeletionProtectionEnabled").asBoolean(),
              dynamo.find(name)));
      for (Policy policy : policies) {
        findings.add(
            RecoveryPointCheck.of(
                policy,
                dynamo.newestRecoveryPoint(name, policy.name()),
                since(policy),
                now,
                grace()));
        findings.add(restorable(policy, dynamo, name));
      }
    }
    return findings;
  }

  /** What is on record is asked first, and then whether EC2 and KMS have what it names. */
  private Finding restorable(Policy policy, DynamoTables dynamo, String table) {
    Asked<List<NewestSet>> newest =
        dynamo.newestSets(table, policy.name(), RestorableCheck.MAX_ASKED);
    return RestorableCheck.of(
        policy,
        newest,
        RestoreCheck.ask(RestorableCheck.facts(newest), clients.ec2(), clients.kms()));
  }

  /** When a policy was deployed; one that is not has nothing due. */
  private Instant since(Policy policy) {
    return stack.of("AWS::Scheduler::Schedule").stream()
        .filter(schedule -> schedule.physicalId().equals(policy.name().value()))
        .flatMap(schedule -> stack.since(schedule).stream())
        .findFirst()
        .orElse(now);
  }

  /** What the function that watches recovery points is told. */
  private Duration grace() {
    return stack.of("AWS::Scheduler::Schedule").stream()
        .flatMap(schedule -> schedule.text("/Target/Input").stream())
        .flatMap(input -> grace(input).stream())
        .findFirst()
        .orElse(GRACE);
  }

  private static Optional<Duration> grace(String input) {
    try {
      return Optional.of(Duration.parse(new ObjectMapper().readTree(input).path("grace").asText()));
    } catch (JsonProcessingException | DateTimeParseException other) {
      return Optional.empty();
    }
  }
}
