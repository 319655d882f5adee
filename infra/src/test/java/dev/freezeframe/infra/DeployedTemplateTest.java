package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.ExampleFleet;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.run.Faults;
import dev.freezeframe.rehearsal.ssm.Guest;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The template of a first deployment at work, for as long as it takes until sets expire. */
class DeployedTemplateTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final int DAYS = 17;
  private static final PolicyName DAILY = new PolicyName("daily");

  private static TemplateCloud cloud;

  @BeforeAll
  static void deployAndWait() {
    cloud =
        new TemplateCloud(
            Synthesized.shipped(), fleet(4), Faults.NONE, START, Duration.ofDays(DAYS));
    cloud.time().run();
  }

  /** The first so many of the example's. */
  private static Fleet fleet(int instances) {
    Fleet all = ExampleFleet.read(new Seed(1));
    return new Fleet(all.instances().subList(0, instances), all.volumes());
  }

  @AfterAll
  static void tearDown() {
    cloud.close();
  }

  private static Set<SnapshotId> inEc2() {
    Set<SnapshotId> ids = new TreeSet<>();
    cloud.ec2().snapshots().stream()
        .map(SnapshotView::snapshotId)
        .forEach(id -> ids.add(new SnapshotId(id)));
    return ids;
  }

  @Test
  void thePolicyFiresEveryNightAndEveryExecutionSucceeds() {
    List<Execution> runs = cloud.executions("freezeframe-run-policy");
    List<Execution> backups = cloud.executions("freezeframe-snapshot-instance");

    assertThat(runs).hasSize(DAYS);
    assertThat(runs.get(0).startedAt()).isEqualTo("2026-11-22T03:00:00Z");
    assertThat(backups).hasSizeGreaterThan(DAYS);
    assertThat(runs).extracting(Execution::status).containsOnly(ExecutionStatus.SUCCEEDED);
    assertThat(backups).extracting(Execution::status).containsOnly(ExecutionStatus.SUCCEEDED);
    assertThat(cloud.measured().sum(DAILY, Metric.APPLICATION).orElseThrow()).isPositive();
  }

  @Test
  void eventsUpdateTheLedgerAndNothingIsLost() {
    assertThat(cloud.bus().deliveries().values()).anyMatch(delivered -> delivered > 0);
    assertThat(cloud.functions().invocations().get("freezeframe-ApplySnapshotEvent"))
        .isGreaterThan(DAYS);
    assertThat(cloud.functions().dropped()).isEmpty();
    assertThat(cloud.measured().sum(DAILY, Metric.EVENTS_OVERDUE).orElse(0)).isZero();
    assertThat(cloud.ledger().lives(inEc2()))
        .hasSameSizeAs(inEc2())
        .allMatch(life -> life.row().state() == SnapshotState.COMPLETED);
  }

  @Test
  void whatExpiresIsDeletedAndTheRestIsThere() {
    assertThat(cloud.executions("freezeframe-expire-snapshots"))
        .hasSize(DAYS)
        .extracting(Execution::status)
        .containsOnly(ExecutionStatus.SUCCEEDED);
    assertThat(cloud.measured().sum(DAILY, Metric.DELETED).orElse(0)).isPositive();
    assertThat(cloud.ec2().snapshots())
        .extracting(snapshot -> Instant.parse(snapshot.tags().get(SnapshotTags.EXPIRES_AT)))
        .isNotEmpty()
        .allMatch(expiresAt -> expiresAt.isAfter(START.plus(Duration.ofDays(DAYS))));
  }

  @Test
  void everyHourSomebodyLooksAndNothingIsMissed() {
    assertThat(cloud.functions().invocations().get("freezeframe-WatchRecoveryPoints"))
        .as("each hour, and a wake a day")
        .isEqualTo(25 * DAYS);
    assertThat(cloud.measured().sum(DAILY, Metric.RECOVERY_POINT_OVERDUE).orElseThrow()).isZero();
  }

  @Test
  void nobodyIsFrozen() {
    assertThat(cloud.ssm().guests().values()).noneMatch(Guest::frozen);
  }

  @Test
  void everyCallThatWasMadeIsGranted() {
    Map<String, Set<String>> made = new TreeMap<>();
    cloud
        .api()
        .calls()
        .forEach(
            call ->
                made.computeIfAbsent(
                        call.caller().task().replaceFirst("^freezeframe-", ""),
                        any -> new TreeSet<>())
                    .add(call.action()));

    assertThat(made).containsKeys("CreateSnapshots", "DeleteSnapshots", "RunPostScript");
    made.forEach(
        (task, actions) ->
            assertThat(Grants.ofTask(task)).as("grants of " + task).containsAll(actions));
  }

  /**
   * What roles may write is said by how keys begin: every row has to begin so, and no other way.
   */
  @Test
  void everyRowOfTheLedgerIsOneThatSomeFunctionMayWrite() {
    Set<String> patterns = new TreeSet<>();
    for (Grants.Grant grant : Grants.all()) {
      if (grant.conditions().contains("dynamodb:LeadingKeys")) {
        Json.read(grant.conditions())
            .findValue("dynamodb:LeadingKeys")
            .forEach(pattern -> patterns.add(pattern.asText().replace("*", ".+")));
      }
    }
    Set<String> keys = cloud.partitionKeys();

    assertThat(keys).allMatch(key -> patterns.stream().anyMatch(key::matches));
    assertThat(patterns)
        .as(
            "but for turns, as no policy of a first deployment stops or drills, and nothing is restored")
        .filteredOn(
            pattern ->
                !pattern.matches("drill.*")
                    && !Set.of("leases", "restore#.+", "turns").contains(pattern))
        .allMatch(pattern -> keys.stream().anyMatch(key -> key.matches(pattern)));
  }

  /** Its roles allow what it takes, and its schedule looks for what was forgotten. */
  @Test
  void instancesAreStoppedAndStartedByADeploymentWithSuchAPolicy() {
    Policy weekly =
        new PolicyReader()
            .read("weekly.yaml", "name: weekly\nschedule: {cron: '0 2 * * ? *'}\nhold: stop\n");
    try (TemplateCloud other =
        new TemplateCloud(
            Flattened.of(Synthesized.of(Map.of(), List.of(weekly))),
            fleet(4),
            Faults.NONE,
            START,
            Duration.ofHours(12))) {
      other.time().run();

      assertThat(other.executions("freezeframe-snapshot-instance"))
          .isNotEmpty()
          .extracting(Execution::status)
          .containsOnly(ExecutionStatus.SUCCEEDED);
      assertThat(other.ec2().downtimes().values())
          .flatExtracting(downs -> downs)
          .filteredOn(down -> down.stoppedBy().isPresent())
          .isNotEmpty()
          .allMatch(down -> down.to().isPresent());
      assertThat(other.partitionKeys()).contains("turns");
      assertThat(other.functions().invocations().get("freezeframe-StartStopped"))
          .as("every five minutes, and a wake")
          .isGreaterThan(140);
    }
  }

  @Test
  void anExecutionThatIsAbortedInAFreezeIsThawedByTheRule() {
    AtomicBoolean aborted = new AtomicBoolean();
    ExecutionFault abort =
        new ExecutionFault() {
          @Override
          public boolean abortsAfter(String execution, String instanceId, String state) {
            return state.equals("Create snapshots") && aborted.compareAndSet(false, true);
          }
        };
    try (TemplateCloud other =
        new TemplateCloud(
            Synthesized.shipped(),
            fleet(2),
            Faults.NONE.withExecutions(abort),
            START,
            Duration.ofHours(12))) {
      other.time().run();

      assertThat(other.executions("freezeframe-snapshot-instance"))
          .extracting(Execution::status)
          .contains(ExecutionStatus.ABORTED);
      assertThat(other.executions("freezeframe-thaw-abandoned"))
          .singleElement()
          .extracting(Execution::status)
          .isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(other.functions().invocations().get("freezeframe-ThawAbandoned"))
          .as("the thaw, a look a minute later, and a wake")
          .isEqualTo(3);
      assertThat(other.bus().undelivered()).isEmpty();
      assertThat(other.functions().dropped()).isEmpty();
      assertThat(other.ssm().guests().values())
          .noneMatch(Guest::frozen)
          .anyMatch(guest -> !guest.freezes().isEmpty());
      assertThat(other.executions("freezeframe-run-policy"))
          .extracting(Execution::status)
          .containsExactly(ExecutionStatus.FAILED);
    }
  }
}
