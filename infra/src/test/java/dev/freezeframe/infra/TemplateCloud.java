package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.cloud.RequestRates;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.dynamo.EmbeddedDynamo;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.events.EventBus;
import dev.freezeframe.rehearsal.events.Scheduler;
import dev.freezeframe.rehearsal.events.Target;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.functions.Functions;
import dev.freezeframe.rehearsal.run.EmbeddedDependencies;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.rehearsal.run.RecordedMetrics;
import dev.freezeframe.rehearsal.ssm.EmbeddedSsm;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.StepFunctions;
import dev.freezeframe.rehearsal.time.VirtualTime;
import dev.freezeframe.task.Environment;
import dev.freezeframe.task.Task;
import dev.freezeframe.task.TaskDependencies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A template, deployed into an embedded cloud as CloudFormation deploys it into AWS: whatever is in
 * this cloud stands in the template, and is called there what it is called here.
 */
final class TemplateCloud implements AutoCloseable {
  private static final Seed SEED = new Seed(1);

  private final JsonNode template;
  private final Filled filled = new Filled();
  private final RoleGrants grants;
  private final VirtualTime time;
  private final SimulatedApi api;
  private final EventBus bus;
  private final EmbeddedEc2 ec2;
  private final EmbeddedSsm ssm;
  private final EmbeddedDynamo dynamo;
  private final Functions functions;
  private final StepFunctions states;
  private final Scheduler scheduler;
  private final RecordedMetrics measured = new RecordedMetrics();
  private String table;

  /**
   * Deploys.
   *
   * @param firingFor for how long from the start its schedules fire
   */
  TemplateCloud(JsonNode template, Fleet fleet, Faults faults, Instant start, Duration firingFor) {
    this.template = template;
    this.grants = new RoleGrants(template, fleet);
    this.time = new VirtualTime(start);
    this.api = new SimulatedApi(time, faults.calls(), RequestRates.documented());
    this.functions = new Functions(time, SEED, faults.invocations(), Functions.DEFAULT_CONCURRENCY);
    this.bus = new EventBus(time, faults.events());
    this.ec2 =
        new EmbeddedEc2(
            time, SEED, api, Ec2Settings.DEFAULTS, fleet, faults.sets(), faults.instances(), bus);
    this.ssm = new EmbeddedSsm(time, SEED, api, fleet, ec2, faults.guests(), documents());
    this.dynamo = new EmbeddedDynamo(time, SEED, api);
    this.states = new StepFunctions(time, SEED, functions, bus, faults.executions());
    this.scheduler = new Scheduler(time, SEED, faults.schedules());
    each("AWS::DynamoDB::Table", this::createTable);
    each("AWS::IAM::InstanceProfile", (id, profile) -> filled.created(id, "freezeframe-" + id));
    each("AWS::EC2::Subnet", (id, subnet) -> filled.created(id, ec2Id("subnet", id)));
    each("AWS::EC2::SecurityGroup", (id, group) -> filled.created(id, "GroupId", ec2Id("sg", id)));
    each("AWS::Lambda::Function", this::createFunction);
    each("AWS::Lambda::Version", this::createVersion);
    each("AWS::Lambda::Alias", this::createAlias);
    createStateMachines();
    each("AWS::Events::Rule", this::createRule);
    each(
        "AWS::Scheduler::Schedule",
        (id, schedule) -> createSchedule(schedule, start.plus(firingFor)));
  }

  private Map<String, String> documents() {
    Map<String, String> documents = new TreeMap<>();
    each(
        "AWS::SSM::Document",
        (id, document) ->
            documents.put(
                document.property("/Name").asText(), document.property("/Content").toString()));
    return documents;
  }

  /** An id as EC2 makes them, the same at each deployment. */
  private static String ec2Id(String kind, String logicalId) {
    return "%s-%017x".formatted(kind, logicalId.hashCode() & 0xffffffffL);
  }

  private void createTable(String id, Resource resource) {
    String name = "freezeframe-" + id;
    dynamo.direct().createTable(TableOfTemplate.request(name, resource));
    this.table = name;
    filled.created(id, name);
    filled.created(id, "Arn", Account.arn("dynamodb", "table/" + name));
  }

  /** The handler that the template names has to be the task whose time-out and name it has. */
  private void createFunction(String id, Resource function) {
    String type = function.property("/Handler").asText().replaceFirst("::.*", "");
    String task = type.replaceFirst(".*\\.(\\w+)Task$", "$1");
    Map<String, String> variables = new TreeMap<>();
    function
        .property("/Environment/Variables")
        .properties()
        .forEach(field -> variables.put(field.getKey(), filled.text(field.getValue())));
    TaskDependencies dependencies =
        new EmbeddedDependencies(
            time,
            ec2,
            ssm,
            new DynamoLedger(
                dynamo.client(EmbeddedDependencies.SDK_ATTEMPTS),
                Environment.of(variables).ledgerTable()),
            Environment.of(variables),
            measured,
            grants.sends(Resource.text(function.property("/Role"))),
            grants.instances(Resource.text(function.property("/Role"))));
    var handler = Task.of(task).in(dependencies);
    if (!handler.getClass().getName().equals(type)) {
      throw new IllegalArgumentException(
          "%s: expected the handler %s, found %s".formatted(id, handler.getClass(), type));
    }
    String name = function.property("/FunctionName").asText();
    String arn =
        functions.register(
            name,
            handler,
            Duration.ofSeconds(function.property("/Timeout").asInt()),
            function.property("/MemorySize").asInt());
    filled.created(id, name);
    filled.created(id, "Arn", arn);
  }

  private void createVersion(String id, Resource version) {
    String function = filled.text(version.property("/FunctionName"));
    filled.created(id, Account.arn("lambda", "function:%s:1".formatted(function)));
    filled.created(id, "Version", "1");
  }

  private void createAlias(String id, Resource alias) {
    String function = filled.text(alias.property("/FunctionName"));
    filled.text(alias.property("/FunctionVersion"));
    filled.created(
        id,
        Account.arn(
            "lambda", "function:%s:%s".formatted(function, alias.property("/Name").asText())));
  }

  /** One that starts another needs its ARN, so that one is created first. */
  private void createStateMachines() {
    Deque<String> left = new ArrayDeque<>(resources("AWS::StepFunctions::StateMachine").keySet());
    for (int tries = left.size() * left.size(); !left.isEmpty() && tries > 0; tries--) {
      String id = left.remove();
      Resource machine = resources("AWS::StepFunctions::StateMachine").get(id);
      boolean waits =
          left.stream().anyMatch(other -> machine.json().toString().contains("\"" + other + "\""));
      if (waits) {
        left.add(id);
        continue;
      }
      Map<String, String> substitutions = new TreeMap<>();
      machine
          .property("/DefinitionSubstitutions")
          .properties()
          .forEach(field -> substitutions.put(field.getKey(), filled.text(field.getValue())));
      String arn =
          states.deploy(
              machine.property("/StateMachineName").asText(),
              filled.text(machine.property("/DefinitionString")),
              substitutions);
      filled.created(id, arn);
      filled.created(id, "Arn", arn);
    }
  }

  private void createRule(String id, Resource rule) {
    for (JsonNode target : rule.property("/Targets")) {
      bus.rule(
          id, filled.tree(rule.property("/EventPattern")), target(filled.text(target.get("Arn"))));
    }
  }

  private void createSchedule(Resource schedule, Instant end) {
    if (!schedule.property("/State").asText().equals("ENABLED")) {
      return;
    }
    scheduler.create(
        schedule.property("/Name").asText(),
        schedule.property("/ScheduleExpression").asText(),
        schedule.property("/ScheduleExpressionTimezone").asText(),
        end.minusMillis(1),
        filled.text(schedule.property("/Target/Input")),
        target(filled.text(schedule.property("/Target/Arn"))));
  }

  private Target target(String arn) {
    return arn.contains(":stateMachine:")
        ? Target.stateMachine(states, arn)
        : Target.function(functions, arn);
  }

  private void each(String type, BiConsumer<String, Resource> deed) {
    resources(type).forEach(deed);
  }

  /** Deploys another template, as far as it changes which documents roles may send to whom. */
  void deployGrants(JsonNode other) {
    grants.deploy(other);
  }

  Map<String, Resource> resources(String type) {
    Map<String, Resource> resources = new TreeMap<>();
    template
        .get("Resources")
        .properties()
        .forEach(
            field -> {
              if (field.getValue().path("Type").asText().equals(type)) {
                resources.put(field.getKey(), new Resource(field.getValue()));
              }
            });
    return resources;
  }

  JsonNode template() {
    return template;
  }

  /** What CloudFormation has filled in of what was created here. */
  Filled filled() {
    return filled;
  }

  VirtualTime time() {
    return time;
  }

  SimulatedApi api() {
    return api;
  }

  EventBus bus() {
    return bus;
  }

  EmbeddedEc2 ec2() {
    return ec2;
  }

  EmbeddedSsm ssm() {
    return ssm;
  }

  Functions functions() {
    return functions;
  }

  RecordedMetrics measured() {
    return measured;
  }

  DynamoDbClient dynamo() {
    return dynamo.direct();
  }

  /** The ledger in the table that the functions are told of. */
  Ledger ledger() {
    return new DynamoLedger(dynamo.direct(), table);
  }

  /** The partition keys of the rows that there are. */
  Set<String> partitionKeys() {
    Set<String> keys = new TreeSet<>();
    dynamo
        .direct()
        .scan(request -> request.tableName(table))
        .items()
        .forEach(item -> keys.add(item.get(LedgerTable.PARTITION_KEY).s()));
    return keys;
  }

  /** The executions of a state machine, by its name in the console. */
  List<Execution> executions(String machine) {
    return states.executions().stream()
        .filter(execution -> execution.stateMachineArn().endsWith(":" + machine))
        .toList();
  }

  @Override
  public void close() {
    time.close();
    dynamo.close();
  }
}
