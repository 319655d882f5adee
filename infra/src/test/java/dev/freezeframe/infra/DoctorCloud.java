package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.operator.doctor.Diagnosis;
import dev.freezeframe.operator.doctor.Doctor;
import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.deployment.EmbeddedCloudFormation;
import dev.freezeframe.rehearsal.deployment.EmbeddedCloudWatch;
import dev.freezeframe.rehearsal.deployment.EmbeddedEventBridge;
import dev.freezeframe.rehearsal.deployment.EmbeddedLambda;
import dev.freezeframe.rehearsal.deployment.EmbeddedMachines;
import dev.freezeframe.rehearsal.deployment.EmbeddedScheduler;
import dev.freezeframe.rehearsal.deployment.EmbeddedServiceQuotas;
import dev.freezeframe.rehearsal.deployment.EmbeddedSns;
import dev.freezeframe.rehearsal.deployment.EmbeddedSqs;
import dev.freezeframe.rehearsal.deployment.EmbeddedSts;
import dev.freezeframe.rehearsal.deployment.EmbeddedTables;
import dev.freezeframe.rehearsal.kms.EmbeddedKms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * What an operator can ask of what was deployed into an embedded cloud: CloudFormation about the
 * stack and those nested in it, as {@code cdk synth} wrote them, and each service about its own.
 * What was deployed once can be asked anew, and broken, as often as one likes.
 */
final class DoctorCloud implements Clients {
  private static final String STACK = "freezeframe";
  static final String BOOTSTRAP = "/cdk-bootstrap/hnb659fds/version";

  private final TemplateCloud cloud;
  private final Map<String, String> ids = new TreeMap<>();
  final EmbeddedCloudFormation cloudFormation = new EmbeddedCloudFormation();
  final EmbeddedLambda lambda = new EmbeddedLambda();
  final EmbeddedServiceQuotas serviceQuotas = new EmbeddedServiceQuotas();
  final EmbeddedKms kms = new EmbeddedKms();
  final EmbeddedScheduler scheduler = new EmbeddedScheduler();
  final EmbeddedEventBridge eventBridge = new EmbeddedEventBridge();
  final EmbeddedSqs sqs = new EmbeddedSqs();
  final EmbeddedSns sns = new EmbeddedSns();
  final EmbeddedCloudWatch cloudWatch = new EmbeddedCloudWatch();
  final EmbeddedMachines machines = new EmbeddedMachines();
  final EmbeddedTables tables;

  /** The id of the stack. */
  final String stack;

  Optional<String> region = Optional.of(Account.REGION);
  Ec2Client ec2;

  /**
   * Everything is well.
   *
   * @param cloud into which all templates of the assembly were deployed
   */
  DoctorCloud(TemplateCloud cloud, Assembly assembly, Instant createdAt) {
    this.cloud = cloud;
    this.ec2 = cloud.ec2();
    this.tables = new EmbeddedTables(cloud.dynamo());
    cloud.ssm().putParameter(BOOTSTRAP, "21");
    cloud
        .template()
        .get("Resources")
        .properties()
        .forEach(field -> create(field.getKey(), field.getValue()));
    createLast();
    this.stack = cloudFormation.create(STACK, assembly.template().toString(), createdAt);
    assembly
        .template()
        .get("Resources")
        .properties()
        .forEach(
            field -> {
              JsonNode nested = assembly.nested().get(field.getKey());
              if (nested == null) {
                put(stack, field.getKey(), "", field.getValue());
              } else {
                nest(field.getKey(), nested, field.getValue(), createdAt);
              }
            });
  }

  private void nest(String id, JsonNode template, JsonNode resource, Instant createdAt) {
    Map<String, String> parameters = new TreeMap<>();
    resource
        .at("/Properties/Parameters")
        .properties()
        .forEach(given -> parameters.put(given.getKey(), text(given.getValue())));
    String nested = cloudFormation.nest(stack, id, template.toString(), parameters, createdAt);
    template
        .get("Resources")
        .properties()
        .forEach(field -> put(nested, field.getKey(), id, field.getValue()));
  }

  /**
   * A resource of a stack.
   *
   * @param within the logical id of the nested stack that it is in; empty: in none
   */
  private void put(String of, String id, String within, JsonNode resource) {
    String physical = ids.get(within + id);
    if (physical == null) {
      throw new IllegalArgumentException(
          "%s: expected to be deployed, found nothing".formatted(within + id));
    }
    cloudFormation.put(of, id, resource.get("Type").asText(), physical);
  }

  /** What a resource is called, by its type, as CloudFormation's documentation of Ref has it. */
  private void create(String id, JsonNode resource) {
    Resource found = new Resource(resource);
    String type = resource.get("Type").asText();
    String physical =
        switch (type) {
          case "AWS::SQS::Queue" ->
              "https://sqs.%s.amazonaws.com/%s/freezeframe-%s"
                  .formatted(Account.REGION, Account.ID, id);
          case "AWS::SNS::Topic" -> Account.arn("sns", "freezeframe-" + id);
          case "AWS::Events::Rule" -> "freezeframe-" + id;
          case "AWS::SSM::Document", "AWS::Scheduler::Schedule", "AWS::Scheduler::ScheduleGroup" ->
              found.property("/Name").asText();
          case "AWS::CloudWatch::Alarm" -> found.property("/AlarmName").asText();
          case "AWS::DynamoDB::Table",
              "AWS::Lambda::Function",
              "AWS::Lambda::Version",
              "AWS::Lambda::Alias",
              "AWS::StepFunctions::StateMachine" ->
              cloud.filled().text(ref(id));
          default -> "freezeframe-" + id;
        };
    ids.put(id, physical);
  }

  private static JsonNode ref(String id) {
    return Json.read("{\"Ref\":\"%s\"}".formatted(id));
  }

  /** What a property says, of whatever is known by now. */
  private String text(JsonNode value) {
    if (value.has("Ref")) {
      return ids.getOrDefault(value.get("Ref").asText(), "");
    }
    if (value.has("Fn::GetAtt") && ids.containsKey(value.at("/Fn::GetAtt/0").asText())) {
      String id = value.at("/Fn::GetAtt/0").asText();
      return value.at("/Fn::GetAtt/1").asText().equals("Version")
          ? ids.get(id).replaceFirst(".*:", "")
          : "arn of " + ids.get(id);
    }
    return value.asText();
  }

  private void createLast() {
    cloud
        .resources("AWS::Lambda::Alias")
        .forEach(
            (id, alias) -> {
              String function = alias.property("/FunctionName/Ref").asText();
              Resource of = cloud.resources("AWS::Lambda::Function").get(function);
              lambda.put(
                  ids.get(id),
                  ids.get(function),
                  text(alias.property("/FunctionVersion")),
                  of.property("/Runtime").asText(),
                  of.property("/Architectures/0").asText(),
                  of.property("/SnapStart/ApplyOn").asText().equals("PublishedVersions"));
            });
    cloud
        .resources("AWS::Scheduler::Schedule")
        .forEach(
            (id, schedule) ->
                scheduler.put(
                    text(schedule.property("/GroupName")),
                    ids.get(id),
                    schedule.property("/State").asText(),
                    schedule.property("/ScheduleExpression").asText(),
                    schedule.property("/ScheduleExpressionTimezone").asText(),
                    text(schedule.property("/Target/Arn")),
                    text(schedule.property("/Target/Input"))));
    cloud
        .resources("AWS::Events::Rule")
        .forEach(
            (id, rule) -> {
              eventBridge.put(ids.get(id));
              rule.property("/Targets")
                  .forEach(
                      target ->
                          eventBridge.target(
                              ids.get(id),
                              target.get("Id").asText(),
                              text(target.get("Arn")),
                              text(target.at("/DeadLetterConfig/Arn"))));
            });
    cloud.resources("AWS::SQS::Queue").keySet().forEach(id -> sqs.put(ids.get(id)));
    cloud.resources("AWS::SNS::Topic").keySet().forEach(id -> sns.put(ids.get(id)));
    cloud
        .resources("AWS::CloudWatch::Alarm")
        .forEach(
            (id, alarm) -> {
              List<String> actions = new ArrayList<>();
              alarm.property("/AlarmActions").forEach(action -> actions.add(text(action)));
              cloudWatch.put(ids.get(id), alarm.property("/Threshold").asDouble(), actions);
            });
    cloud
        .resources("AWS::StepFunctions::StateMachine")
        .keySet()
        .forEach(id -> machines.put(ids.get(id)));
    cloud
        .resources("AWS::DynamoDB::Table")
        .forEach(
            (id, table) -> {
              List<String> indexes = new ArrayList<>();
              table
                  .property("/GlobalSecondaryIndexes")
                  .forEach(index -> indexes.add(index.get("IndexName").asText()));
              tables.put(
                  ids.get(id), table.property("/DeletionProtectionEnabled").asBoolean(), indexes);
            });
  }

  /** The first resource of a type whose logical id begins so, as AWS calls it. */
  String id(String type, String begins) {
    return cloud.resources(type).keySet().stream()
        .filter(id -> id.startsWith(begins))
        .map(ids::get)
        .findFirst()
        .orElseThrow();
  }

  /** Examines it at this instant of its time. */
  Diagnosis examine(List<Policy> policies) {
    return examine(this, STACK, policies);
  }

  /**
   * Examines what some clients show of it.
   *
   * @param name of the stack that is asked about
   */
  Diagnosis examine(Clients clients, String name, List<Policy> policies) {
    AtomicReference<Diagnosis> diagnosis = new AtomicReference<>();
    Instant now = cloud.time().instant();
    cloud
        .time()
        .start(
            "doctor",
            () ->
                diagnosis.set(
                    new Doctor(clients, name, policies, cloud.time().clock(), what -> {})
                        .examine()));
    cloud.time().runUntil(now.plusSeconds(60));
    return diagnosis.get();
  }

  /** The id of the nested stack of a policy. */
  String nested(String policy) {
    return cloudFormation.nested().stream()
        .filter(id -> id.contains("Policies" + policy.replace("-", "")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Optional<String> region() {
    return region;
  }

  @Override
  public boolean regionKnown() {
    return region.equals(Optional.of(Account.REGION));
  }

  @Override
  public EmbeddedSts sts() {
    return new EmbeddedSts();
  }

  @Override
  public SsmClient ssm() {
    return cloud.ssm();
  }

  @Override
  public EmbeddedCloudFormation cloudFormation() {
    return cloudFormation;
  }

  @Override
  public EmbeddedLambda lambda() {
    return lambda;
  }

  @Override
  public EmbeddedServiceQuotas serviceQuotas() {
    return serviceQuotas;
  }

  @Override
  public Ec2Client ec2() {
    return ec2;
  }

  @Override
  public EmbeddedKms kms() {
    return kms;
  }

  @Override
  public EmbeddedScheduler scheduler() {
    return scheduler;
  }

  @Override
  public EmbeddedEventBridge eventBridge() {
    return eventBridge;
  }

  @Override
  public EmbeddedSqs sqs() {
    return sqs;
  }

  @Override
  public EmbeddedSns sns() {
    return sns;
  }

  @Override
  public EmbeddedCloudWatch cloudWatch() {
    return cloudWatch;
  }

  @Override
  public EmbeddedMachines stepFunctions() {
    return machines;
  }

  @Override
  public EmbeddedTables dynamoDb() {
    return tables;
  }

  @Override
  public void close() {}
}
