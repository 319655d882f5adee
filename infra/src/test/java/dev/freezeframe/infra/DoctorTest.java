package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.operator.doctor.Diagnosis;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyFiles;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.fleet.ExampleFleet;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.run.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/** Doctor in front of a first deployment after its first night, well and with each thing broken. */
class DoctorTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Duration NIGHT = Duration.ofHours(6);
  private static final Instant LATER = START.plus(Duration.ofDays(2));
  private static final String KEY = Account.arn("kms", "key/11112222-3333-4444-5555-666677778888");
  private static final String GROUP = "freezeframe";
  private static final String TOPIC = "AWS::SNS::Topic";
  private static final List<Policy> POLICIES =
      PolicyFiles.read(Synthesized.ROOT.resolve("policies"), new PolicyReader()::read);

  private static Assembly assembly;
  private static TemplateCloud slept;
  private DoctorCloud cloud;

  @BeforeAll
  static void deployAndWaitForTheMorning() {
    FreezeframeStack stack = Synthesized.shippedStack();
    assembly = Assembly.of(stack);
    slept = new TemplateCloud(Flattened.of(stack), fleet(), Faults.NONE, START, NIGHT);
    slept.time().runUntil(START.plus(NIGHT));
  }

  @AfterAll
  static void tearDown() {
    slept.close();
  }

  /** Two that are well, and whose volumes are encrypted. */
  private static Fleet fleet() {
    Fleet all = ExampleFleet.read(new Seed(1));
    return new Fleet(
        all.instances().subList(0, 2),
        all.volumes().stream()
            .map(volume -> volume.toBuilder().encrypted(true).kmsKeyId(KEY).build())
            .toList());
  }

  @BeforeEach
  void askAnew() {
    cloud = well(slept);
  }

  private static DoctorCloud well(TemplateCloud deployed) {
    DoctorCloud cloud = new DoctorCloud(deployed, assembly, START);
    cloud.kms.put(KEY, KeyState.ENABLED);
    cloud.cloudWatch.judge();
    String topic = cloud.id(TOPIC, "");
    cloud.sns.subscribe(topic, "operator@example.com");
    cloud.sns.confirm(topic);
    return cloud;
  }

  @Test
  void aDeploymentThatIsWellIsAllGreen() {
    Diagnosis diagnosis = cloud.examine(POLICIES);

    assertThat(diagnosis.findings())
        .extracting(Finding::check)
        .contains("targets daily", "document daily", "dry run DeleteSnapshot", "alarms");
    assertThat(diagnosis.findings())
        .allSatisfy(
            finding -> assertThat(finding.status()).as(finding.toString()).isEqualTo(Status.PASS));
  }

  @Test
  void nothingIsChangedByAsking() {
    int snapshots = slept.ec2().snapshots().size();

    cloud.examine(POLICIES);

    assertThat(slept.ec2().snapshots()).hasSize(snapshots);
  }

  static Stream<Arguments> whatCanBeBroken() {
    return Stream.of(
        broken("region", Status.FAIL, "none is set", c -> c.region = Optional.empty()),
        broken(
            "region",
            Status.WARN,
            "no Region that this",
            c -> c.region = Optional.of("eu-nowhere-1")),
        broken(
            "stack",
            Status.WARN,
            "there is no stack",
            c -> c.cloudFormation.status(c.stack, StackStatus.DELETE_COMPLETE)),
        broken(
            "stack",
            Status.FAIL,
            "UPDATE_ROLLBACK_COMPLETE",
            c -> c.cloudFormation.status(c.stack, StackStatus.UPDATE_ROLLBACK_COMPLETE)),
        broken(
            "stack",
            Status.WARN,
            "UPDATE_IN_PROGRESS",
            c -> c.cloudFormation.status(c.stack, StackStatus.UPDATE_IN_PROGRESS)),
        broken(
            "runtime",
            Status.FAIL,
            "runs java21 on arm64",
            c -> c.lambda.runtime(alias(c), "java21")),
        broken("functions", Status.FAIL, "is gone", c -> c.lambda.delete(alias(c))),
        broken("functions", Status.FAIL, "was not deployed by", c -> c.lambda.point(alias(c), "7")),
        broken(
            "functions",
            Status.WARN,
            "not invoked for 14 days",
            c -> c.lambda.state(alias(c), State.INACTIVE)),
        broken(
            "functions", Status.FAIL, "cannot start", c -> c.lambda.state(alias(c), State.FAILED)),
        broken(
            "quota pending snapshots",
            Status.WARN,
            "what is over it waits",
            c -> c.serviceQuotas.put("ebs", "L-94D7AB7D", "Pending snapshots per account", 1)),
        broken(
            "quota pending snapshots",
            Status.WARN,
            "is 'Another quota'",
            c -> c.serviceQuotas.put("ebs", "L-94D7AB7D", "Another quota", 1_000)),
        broken(
            "quota snapshots",
            Status.FAIL,
            "of 3 snapshots",
            c -> c.serviceQuotas.put("ebs", "L-309BACF6", "Snapshots per Region", 3)),
        broken(
            "quota concurrency",
            Status.FAIL,
            "1 functions may run at once",
            c -> c.serviceQuotas.put("lambda", "L-B99A9384", "Concurrent executions", 1)),
        broken(
            "keys daily",
            Status.WARN,
            "PendingDeletion",
            c -> c.kms.put(KEY, KeyState.PENDING_DELETION)),
        broken("keys daily", Status.WARN, "Disabled", c -> c.kms.put(KEY, KeyState.DISABLED)),
        broken(
            "state machines",
            Status.FAIL,
            "is DELETING",
            c -> c.machines.delete(c.id("AWS::StepFunctions::StateMachine", ""))),
        broken(
            "schedules",
            Status.FAIL,
            "daily is DISABLED, deployed as ENABLED",
            c -> c.scheduler.state(GROUP, "daily", ScheduleState.DISABLED)),
        broken("schedules", Status.FAIL, "daily is gone", c -> c.scheduler.delete(GROUP, "daily")),
        broken(
            "schedules",
            Status.FAIL,
            "fires by rate(9 days) in Europe/Berlin",
            c -> c.scheduler.expression(GROUP, "daily", "rate(9 days)")),
        broken(
            "schedules",
            Status.FAIL,
            "starts arn:aws:lambda:other",
            c ->
                c.scheduler.target(
                    GROUP,
                    "freezeframe.wake.RunPreScript",
                    "arn:aws:lambda:other",
                    "{\"wake\":true}")),
        broken(
            "schedules",
            Status.FAIL,
            "freezeframe.wake.RunPreScript has another input",
            c ->
                c.scheduler.target(
                    GROUP, "freezeframe.wake.RunPreScript", alias(c, "RunPreScript"), "{}")),
        broken(
            "rules",
            Status.FAIL,
            "is DISABLED",
            c -> c.eventBridge.state(rule(c), RuleState.DISABLED)),
        broken("rules", Status.FAIL, "has 0 targets", c -> c.eventBridge.removeTargets(rule(c))),
        broken("rules", Status.FAIL, "is gone", c -> c.eventBridge.delete(rule(c))),
        broken(
            "queues", Status.FAIL, "1 message waits", c -> c.sqs.send(c.id("AWS::SQS::Queue", ""))),
        broken("queues", Status.FAIL, "is gone", c -> c.sqs.delete(c.id("AWS::SQS::Queue", ""))),
        broken(
            "alarms",
            Status.FAIL,
            "freezeframe-daily-not-thawed rings",
            c -> c.cloudWatch.state("freezeframe-daily-not-thawed", StateValue.ALARM)),
        broken(
            "alarms",
            Status.WARN,
            "not been judged",
            c -> c.cloudWatch.state("freezeframe-daily-not-thawed", StateValue.INSUFFICIENT_DATA)),
        broken(
            "alarms",
            Status.FAIL,
            "is muted",
            c -> c.cloudWatch.mute("freezeframe-daily-not-thawed")),
        broken(
            "alarms",
            Status.FAIL,
            "changed by hand",
            c -> c.cloudWatch.threshold("freezeframe-daily-not-thawed", 99)),
        broken(
            "alarms",
            Status.FAIL,
            "is gone",
            c -> c.cloudWatch.delete("freezeframe-daily-not-thawed")),
        broken("notices", Status.WARN, "nobody is notified", c -> c.sns.put(c.id(TOPIC, ""))),
        broken(
            "notices",
            Status.WARN,
            "new@example.com has not confirmed",
            c -> c.sns.subscribe(c.id(TOPIC, ""), "new@example.com")),
        broken(
            "ledger",
            Status.FAIL,
            "no active index by-run",
            c -> c.tables.put(table(c), true, List.of("due", "group"))),
        broken("ledger", Status.FAIL, "is gone", c -> c.tables.delete(table(c))));
  }

  private static Arguments broken(
      String check, Status status, String words, Consumer<DoctorCloud> deed) {
    return Arguments.of(check, status, words, deed);
  }

  private static String alias(DoctorCloud cloud) {
    return alias(cloud, "RunPostScript");
  }

  private static String alias(DoctorCloud cloud, String task) {
    return cloud.id("AWS::Lambda::Alias", "Tasks" + task + "Live");
  }

  private static String table(DoctorCloud cloud) {
    return cloud.id("AWS::DynamoDB::Table", "");
  }

  private static String rule(DoctorCloud cloud) {
    return cloud.id("AWS::Events::Rule", "BrokenExecutions");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("whatCanBeBroken")
  void whatIsBrokenIsFoundAndNothingElseIs(
      String check, Status status, String words, Consumer<DoctorCloud> deed) {
    deed.accept(cloud);

    Diagnosis diagnosis = cloud.examine(POLICIES);

    assertThat(diagnosis.findings())
        .filteredOn(finding -> finding.status() != Status.PASS)
        .filteredOn(finding -> !followsFrom(finding, check))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.check()).isEqualTo(check);
              assertThat(finding.status()).isEqualTo(status);
              assertThat(finding.found()).contains(words);
              assertThat(finding.todo()).isNotBlank();
            });
  }

  /** A key that cannot be used keeps the sets that are there from being restored, too. */
  private static boolean followsFrom(Finding finding, String check) {
    return check.equals("keys daily")
        && finding.check().equals("restorable daily")
        && finding.found().contains(KEY);
  }

  @Test
  void aRegionWithoutTheRuntimeIsFoundBeforeADeployment() {
    cloud.cloudFormation.forget(cloud.stack);
    cloud.lambda.without("java25");

    assertThat(cloud.examine(POLICIES).findings())
        .filteredOn(finding -> finding.check().equals("runtime"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.status()).isEqualTo(Status.FAIL);
              assertThat(finding.found())
                  .startsWith("Lambda has no java25 on arm64 here: 1 validation error");
            });
  }

  /** The findings of a deployment on which no night has come, two days later. */
  private static List<Finding> ofSleepless(BiConsumer<TemplateCloud, DoctorCloud> deed) {
    try (TemplateCloud sleepless =
        new TemplateCloud(Synthesized.shipped(), fleet(), Faults.NONE, START, Duration.ZERO)) {
      sleepless.time().runUntil(LATER);
      DoctorCloud asked = well(sleepless);
      deed.accept(sleepless, asked);
      List<Finding> findings = asked.examine(POLICIES).findings();
      return findings.stream().filter(finding -> finding.status() != Status.PASS).toList();
    }
  }

  @Test
  void aRecoveryPointThatWasDueIsMissedAndThereIsNothingToTryADeletionOn() {
    assertThat(ofSleepless((cloud, asked) -> {}))
        .extracting(Finding::check, Finding::status)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("dry run CreateTags", Status.WARN),
            org.assertj.core.groups.Tuple.tuple("dry run DeleteSnapshot", Status.WARN),
            org.assertj.core.groups.Tuple.tuple("recovery point daily", Status.FAIL));
  }

  @Test
  void aPolicyThatWasDeployedAnHourAgoHasMissedNothing() {
    assertThat(
            ofSleepless(
                (cloud, asked) ->
                    asked.cloudFormation.createdAt(
                        asked.nested("daily"), LATER.minus(Duration.ofHours(1)))))
        .filteredOn(finding -> finding.check().equals("recovery point daily"))
        .extracting(Finding::status)
        .containsExactly(Status.WARN);
  }

  @Test
  void anAgentThatNeverRegisteredAndABootstrapThatIsTooOldAreFound() {
    List<Finding> findings =
        ofSleepless(
            (cloud, asked) -> {
              cloud.ssm().unmanage(fleet().instances().get(0).instanceId());
              cloud.ssm().putParameter(DoctorCloud.BOOTSTRAP, "5");
            });

    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.check()).isEqualTo("agents daily");
              assertThat(finding.status()).isEqualTo(Status.WARN);
              assertThat(finding.found()).contains("has no agent");
            })
        .anySatisfy(
            finding -> {
              assertThat(finding.check()).isEqualTo("bootstrap");
              assertThat(finding.status()).isEqualTo(Status.FAIL);
            });
  }

  @Test
  void aPolicyWithoutTargetsAndOneThatIsNotDeployedAreFound() {
    Policy other =
        new PolicyReader()
            .read(
                "other.yaml",
                """
                name: other
                targets: [nobody=has-it]
                schedule:
                  cron: "0 3 * * ? *"
                scripts:
                  document: freezeframe-postgres
                retention:
                  days: 3
                """);

    List<Finding> findings =
        cloud.examine(List.of(POLICIES.get(0), other)).findings().stream()
            .filter(finding -> finding.status() != Status.PASS)
            .toList();

    assertThat(findings)
        .extracting(Finding::check)
        .contains("targets other", "document other", "policies");
    assertThat(findings)
        .filteredOn(finding -> finding.check().equals("document other"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.status()).isEqualTo(Status.FAIL);
              assertThat(finding.todo()).contains("freezeframe-postgresql");
            });
  }

  @Test
  void whatDrillsLaunchAndRunIsLookedAt() {
    Policy well = new PolicyReader().read("p.yaml", "{name: well, drill: {each: 90d}}");
    Policy gone =
        new PolicyReader()
            .read(
                "p.yaml",
                "{name: gone, drill: {document: our-drill, image: ami-0123456789abcdef0,"
                    + " subnets: [subnet-0123456789abcdef0], securityGroups: [sg-0123456789abcdef0]}}");

    assertThat(
            cloud.examine(List.of(POLICIES.get(0), well, gone)).findings().stream()
                .filter(finding -> finding.check().startsWith("drills ")))
        .satisfiesExactly(
            finding ->
                assertThat(finding)
                    .isEqualTo(
                        Finding.pass("drills well", "freezeframe-drill-filesystem is there")),
            finding -> {
              assertThat(finding.status()).isEqualTo(Status.FAIL);
              assertThat(finding.found())
                  .contains(
                      "there is no document our-drill",
                      "there is no subnet subnet-0123456789abcdef0",
                      "there is no security group sg-0123456789abcdef0",
                      "the image ami-0123456789abcdef0 is gone");
            });
  }
}
