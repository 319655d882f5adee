package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.fleet.ExampleFleet;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.run.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.kms.model.KeyState;

/** Doctor in front of nested stacks in every state, and of what it may not ask. */
class DoctorOfStacksTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Duration NIGHT = Duration.ofHours(6);

  /** Its stack has the longest name that CloudFormation gives one. */
  private static final String LONG = "policy-of-the-forty-characters-it-may-be";

  private static final List<Policy> POLICIES =
      List.of(
          new PolicyReader()
              .read("a.yaml", "name: weekly\ntargets: [{key: größe, value: süß ☃ 😀}]\n"),
          new PolicyReader()
              .read(
                  "b.yaml",
                  "name: %s\nscripts: {document: freezeframe-filesystem}\n".formatted(LONG)));

  private static final Policy STOPS =
      new PolicyReader().read("c.yaml", "name: stops\nhold: stop\n");

  /** What is asked only where a policy stops instances. */
  private static final Set<String> OF_STOPS =
      Set.of(
          "ec2:DescribeInstanceAttribute",
          "ec2:DescribeInstanceTypes",
          "ec2:StopInstances",
          "ec2:StartInstances");

  private static final String KEY = Account.arn("kms", "key/11112222-3333-4444-5555-666677778888");

  private static Assembly assembly;
  private static TemplateCloud slept;
  private DoctorCloud cloud;

  @BeforeAll
  static void deployAndWaitForTheMorning() {
    FreezeframeStack stack = Synthesized.of(Map.of(), POLICIES);
    assembly = Assembly.of(stack);
    Fleet all = ExampleFleet.read(new Seed(1));
    slept =
        new TemplateCloud(
            Flattened.of(stack),
            new Fleet(
                all.instances().subList(0, 2),
                all.volumes().stream()
                    .map(volume -> volume.toBuilder().encrypted(true).kmsKeyId(KEY).build())
                    .toList()),
            Faults.NONE,
            START,
            NIGHT);
    slept.time().runUntil(START.plus(NIGHT));
  }

  @AfterAll
  static void tearDown() {
    slept.close();
  }

  @BeforeEach
  void askAnew() {
    cloud = new DoctorCloud(slept, assembly, START);
    cloud.cloudWatch.judge();
    cloud.kms.put(KEY, KeyState.ENABLED);
  }

  private List<Finding> findings() {
    return cloud.examine(POLICIES).findings();
  }

  private static Finding of(String check, List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Those that something nested can have spoilt: nobody is subscribed, and no tag is on the fleet.
   */
  private static Map<String, Status> spoilt(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.status() != Status.PASS)
        .filter(
            finding ->
                Set.of("stack", "policies", "schedules", "alarms", "rules", "queues", "functions")
                    .contains(finding.check()))
        .collect(Collectors.toMap(Finding::check, Finding::status));
  }

  @Test
  void theAlarmsThatKeepInstancesRunningAreAskedForCompositeOnesToo() {
    Policy watches =
        new PolicyReader()
            .read("d.yaml", "{name: d, hold: stop, stop: {skipIfAlarm: [late, all quiet]}}");
    cloud.cloudWatch.put("late", false, StateValue.INSUFFICIENT_DATA, "new");
    cloud.cloudWatch.put("all quiet", true, StateValue.OK, "of two");
    assertThat(of("stop alarms d", cloud.examine(List.of(watches)).findings()))
        .isEqualTo(Finding.pass("stop alarms d", "2 alarms, none rings"));

    cloud.cloudWatch.put("all quiet", true, StateValue.ALARM, "of two");
    cloud.cloudWatch.delete("late");
    assertThat(of("stop alarms d", cloud.examine(List.of(watches)).findings()))
        .matches(finding -> finding.status() == Status.FAIL)
        .matches(finding -> finding.found().contains("is 'late', so no instance"))
        .matches(finding -> finding.found().contains("'all quiet' rings"));
  }

  @Test
  void whatIsNestedIsComparedToo() {
    List<Finding> findings = findings();

    assertThat(spoilt(findings)).isEmpty();
    assertThat(of("stack", findings).found()).contains("8 nested stacks");
    assertThat(of("policies", findings).found()).isEqualTo("2 policies deployed as in the folder");
    assertThat(of("schedules", findings).found())
        .startsWith(
            Synthesized.resources(slept.template(), "AWS::Scheduler::Schedule").size() + "");
    assertThat(of("alarms", findings).found())
        .startsWith(Synthesized.resources(slept.template(), "AWS::CloudWatch::Alarm").size() + "");
  }

  @Test
  void textBeyondAsciiIsNoChangeThoughCloudFormationShowsItWithQuestionMarks() {
    Policy changed =
        new PolicyReader()
            .read("a.yaml", "name: weekly\ntargets: [{key: größe, value: süß ☃ ☠}]\n");

    assertThat(of("policies", findings()).status()).isEqualTo(Status.PASS);
    assertThat(of("schedules", findings()).status()).isEqualTo(Status.PASS);
    assertThat(of("policies", cloud.examine(List.of(changed, POLICIES.get(1))).findings()).found())
        .isEqualTo("weekly is deployed as it was before a change");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE_COMPLETE, FAIL, is gone, WARN",
    "DELETE_IN_PROGRESS, FAIL, is DELETE_IN_PROGRESS,",
    "DELETE_FAILED, FAIL, is DELETE_FAILED,",
    "UPDATE_ROLLBACK_COMPLETE, FAIL, is UPDATE_ROLLBACK_COMPLETE,",
    "UPDATE_ROLLBACK_FAILED, FAIL, is UPDATE_ROLLBACK_FAILED,",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, WARN, is UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,",
  })
  void aNestedStackIsJudgedLikeItsParent(
      StackStatus nested, Status status, String words, Status policies) {
    cloud.cloudFormation.status(cloud.nested(LONG), nested);

    List<Finding> findings = findings();

    assertThat(of("stack", findings).status()).isEqualTo(status);
    assertThat(of("stack", findings).found())
        .contains("the nested stack freezeframe-Policies")
        .contains(words);
    assertThat(spoilt(findings)).hasSize(policies == null ? 1 : 2);
    assertThat(spoilt(findings).get("policies")).isEqualTo(policies);
  }

  @Test
  void oneThatCloudFormationKnowsNoMoreIsGone() {
    cloud.cloudFormation.forget(cloud.nested(LONG));

    List<Finding> findings = findings();

    assertThat(spoilt(findings))
        .containsOnly(Map.entry("stack", Status.FAIL), Map.entry("policies", Status.WARN));
    assertThat(of("stack", findings).found()).contains("is gone");
    assertThat(of("stack", findings).todo()).contains("then with it again");
  }

  @Test
  void oneThatAnUpdateHasTakenOutIsMissedByNobody() {
    cloud.cloudFormation.resource(
        cloud.stack, logicalId(LONG), cloud.nested(LONG), ResourceStatus.DELETE_COMPLETE);
    cloud.cloudFormation.status(cloud.nested(LONG), StackStatus.DELETE_COMPLETE);

    assertThat(spoilt(cloud.examine(POLICIES.subList(0, 1)).findings())).isEmpty();
  }

  @Test
  void oneThatIsStillBeingMadeIsWaitedFor() {
    cloud.cloudFormation.status(cloud.stack, StackStatus.UPDATE_IN_PROGRESS);
    cloud.cloudFormation.resource(
        cloud.stack, logicalId(LONG), null, ResourceStatus.CREATE_IN_PROGRESS);

    List<Finding> findings = findings();

    assertThat(of("stack", findings).status()).isEqualTo(Status.WARN);
    assertThat(of("stack", findings).found()).contains("is not there");
    assertThat(spoilt(findings))
        .containsOnly(Map.entry("stack", Status.WARN), Map.entry("policies", Status.WARN));
  }

  private static String logicalId(String policy) {
    return assembly.nested().keySet().stream()
        .filter(id -> id.startsWith("Policies" + policy.replace("-", "")))
        .findFirst()
        .orElseThrow();
  }

  /** The first call that CloudFormation refuses for good, after the SDK's retries. */
  @ParameterizedTest
  @CsvSource({
    "'', may not be asked",
    "Throttling, cloudformation:DescribeStacks did not answer: Throttling"
  })
  void oneThatCannotBeReadLeavesEverythingElseKnown(String code, String words) {
    String nested = cloud.nested(LONG);
    Clients clients =
        RefusingClients.refusing(
            cloud,
            (operation, request) ->
                request instanceof DescribeStacksRequest asked && asked.stackName().equals(nested),
            code);

    List<Finding> findings = cloud.examine(clients, "freezeframe", POLICIES).findings();

    assertThat(spoilt(findings))
        .containsOnly(Map.entry("stack", Status.WARN), Map.entry("policies", Status.WARN));
    assertThat(of("stack", findings).found()).contains("freezeframe-Policies").contains(words);
    assertThat(of("policies", findings).found())
        .isEqualTo(LONG + " is not deployed, or in a nested stack that could not be read");
  }

  @Test
  void whoNamesANestedStackIsToldTheRightOne() {
    String nested = cloud.nested(LONG).replaceFirst(".*stack/(.*)/.*", "$1");

    List<Finding> findings = cloud.examine(cloud, nested, POLICIES).findings();

    assertThat(of("stack", findings).status()).isEqualTo(Status.FAIL);
    assertThat(of("stack", findings).todo()).isEqualTo("--stack freezeframe");
  }

  /** Nothing is there yet, or any more, that could be compared with what should be. */
  @ParameterizedTest
  @EnumSource(
      value = StackStatus.class,
      names = {
        "CREATE_IN_PROGRESS",
        "ROLLBACK_IN_PROGRESS",
        "ROLLBACK_COMPLETE",
        "DELETE_IN_PROGRESS",
        "REVIEW_IN_PROGRESS"
      })
  void ofAStackThatIsNotMadeNothingElseIsSaid(StackStatus status) {
    cloud.cloudFormation.status(cloud.stack, status);

    List<Finding> findings = findings();

    assertThat(spoilt(findings)).containsOnlyKeys("stack");
    assertThat(findings).extracting(Finding::check).doesNotContain("policies", "alarms", "ledger");
    assertThat(of("stack", findings).status())
        .isEqualTo(status == StackStatus.ROLLBACK_COMPLETE ? Status.FAIL : Status.WARN);
  }

  private static final Pattern PERMISSION = Pattern.compile("`([a-z0-9]+:[A-Z]\\w+)`");

  /** As the documentation lists them. */
  static Stream<String> permissions() throws IOException {
    String page = Files.readString(Synthesized.ROOT.resolve("docs/first-deployment.md"));
    return PERMISSION
        .matcher(page.substring(page.indexOf("`doctor` needs")))
        .results()
        .map(MatchResult::group)
        .map(quoted -> quoted.replace("`", ""))
        .distinct();
  }

  @Test
  void everyPermissionThatIsAskedForIsDocumented() throws IOException {
    Set<String> asked = new TreeSet<>();
    try (Stream<Path> files =
        Files.walk(
            Synthesized.ROOT.resolve(
                "operator/src/main/java/dev/freezeframe/operator/doctor/aws"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Pattern.compile("\"([a-z0-9]+:[A-Z]\\w+)\"")
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> asked.add(found.group(1)));
      }
    }
    asked.addAll(Set.of("ec2:CreateSnapshots", "ec2:CreateTags", "ec2:DeleteSnapshot"));
    asked.addAll(OF_STOPS);

    assertThat(permissions()).containsExactlyInAnyOrderElementsOf(asked);
  }

  @ParameterizedTest
  @MethodSource("permissions")
  void eachPermissionThatIsMissingIsNamedAndFailsNothing(String permission) {
    String action = permission.replaceFirst(".*:", "");
    String operation = Character.toLowerCase(action.charAt(0)) + action.substring(1);
    if (operation.equals("listLayers")) {
      cloud.cloudFormation.forget(cloud.stack);
    }

    // What is asked of policies that stop alone is asked of one that is not deployed.
    boolean ofStops = OF_STOPS.contains(permission);
    List<Finding> findings =
        cloud
            .examine(
                RefusingClients.without(cloud, operation),
                "freezeframe",
                ofStops ? List.of(STOPS) : POLICIES)
            .findings()
            .stream()
            .filter(finding -> !ofStops || finding.check().matches("(stops|dry run) .*"))
            .toList();

    if (permission.equals("sts:GetCallerIdentity")) {
      assertThat(of("credentials", findings).status()).isEqualTo(Status.FAIL);
      return;
    }
    assertThat(findings).allMatch(finding -> finding.status() != Status.FAIL);
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.status()).isEqualTo(Status.WARN);
              assertThat(finding.found() + finding.todo()).contains(permission);
            });
  }
}
