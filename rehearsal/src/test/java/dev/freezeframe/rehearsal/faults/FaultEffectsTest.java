package dev.freezeframe.rehearsal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.fleet.ExampleFleet;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.run.CloudSettings;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Everything that a file can say makes a difference in two nights of two instances. */
class FaultEffectsTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Policy POLICY = policy("freezeframe-filesystem");

  /** Of its scripts only the name in the stamps counts. */
  private static final String UNMOUNTS =
      """
      schemaVersion: "2.2"
      description: Unmounts, as far as a rehearsal knows
      parameters:
        executionId: {type: String, default: None, allowedPattern: "^(None|[a-fA-F0-9-]{36})$"}
        command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
      mainSteps:
        - action: aws:runShellScript
          name: run_script
          precondition: {StringEquals: [platformType, Linux]}
          inputs:
            runCommand: ["echo FREEZEFRAME event=frozen document=unmount"]
      """;

  /** Without it nothing fails that could be redriven. */
  private static final String ABORTED =
      "{instance: \"*\", at: execution, do: abort, after: Run pre-script}";

  /** Without it nothing is stopped that could take long, or be started. */
  private static final String STOPPED =
      "{instance: \"*\", at: by-hand, do: stop 2d, from: 1h, until: 1h30m}";

  private static final String STOPPED_FOR_GOOD =
      "{instance: \"*\", at: by-hand, do: stop 2d, from: 1h}";

  /** They need a restore to have an effect. */
  private static final Pattern RESTORES =
      Pattern.compile("at: (\\w+-volume|run-instances|replace-root)|kms-disabled");

  /** They need a drill to have an effect. */
  private static final Pattern DRILLS =
      Pattern.compile("at: (drill-dry-run|validate)|do: (hangs|no-agent|unreadable|damaged)\\b");

  record Played(List<String> trace, List<Fault> faults, FaultPlan plan) {}

  /** What is played besides the fault, which many of them share. */
  record Besides(Policy policy, String others, boolean restores) {}

  private static final Map<Besides, Played> WITHOUT = new HashMap<>();

  static Stream<String> words() {
    return Arrays.stream(InjectionPoint.values())
        .flatMap(
            at ->
                FaultAction.forms(at).stream()
                    .map(form -> "at: %s, do: %s%s".formatted(at, form, needed(at, form))));
  }

  /** An alarm without data keeps nobody, so that it shows only where another fault follows. */
  private static final String IN_ALARM = "{instance: \"*\", at: alarm, do: in-alarm restoring}";

  /** Some act on the snapshots of the first night or on what runs in it, others on what begins. */
  private static String needed(InjectionPoint at, String form) {
    return switch (at) {
      case TASK -> ", task: InspectInstance";
      case EXECUTION -> ", after: Run pre-script";
      case BY_HAND ->
          form.startsWith("kms")
              ? ", from: 2h50m"
              : form.endsWith("snapshot") || form.endsWith("-all") || form.startsWith("abort")
                  ? ", from: 2h4m"
                  : ", from: 1h50m";
      default -> "";
    };
  }

  @ParameterizedTest
  @MethodSource("words")
  void everyWordHasAnEffect(String fault) {
    String others = others(fault);
    Policy policy = policyFor(fault);
    boolean restores = RESTORES.matcher(fault).find();
    Played without =
        WITHOUT.computeIfAbsent(
            new Besides(policy, others, restores),
            any -> play(policy, "faults: [%s]".formatted(others), restores));
    Played with =
        play(
            policy,
            "faults: [{number: 9, instance: \"*\", %s}%s]"
                .formatted(fault, others.isEmpty() ? "" : ", " + others),
            restores);

    FaultAction action = with.faults().get(0).action();
    assertThat(with.plan().met(action)).isPositive();
    assertThat(with.trace().equals(without.trace())).as("%s: the same", fault).isFalse();
  }

  private static Policy policyFor(String fault) {
    if (fault.startsWith("at: alarm")) {
      return STOPS;
    }
    return fault.startsWith("at: unmount") ? policy("unmounting") : POLICY;
  }

  private static String others(String fault) {
    if (fault.contains("insufficient-data")) {
      return IN_ALARM;
    }
    if (fault.contains("redrive-all")) {
      return ABORTED;
    }
    if (fault.contains("by-hand, do: start")) {
      return STOPPED_FOR_GOOD;
    }
    return fault.startsWith("at: st") ? STOPPED : "";
  }

  @Test
  void whatIsDoneByHandIsUndoneAfterItsDurationOrAtItsEnd() {
    assertThat(scripts("do: stop 10m, from: 1h")).isPositive();
    assertThat(scripts("do: stop 2d, from: 1h")).isZero();
    assertThat(scripts("do: stop 2d, from: 1h, until: 1h30m")).isPositive();
  }

  private static long scripts(String fault) {
    return play(POLICY, "faults: [{instance: \"*\", at: by-hand, %s}]".formatted(fault), false)
        .trace()
        .stream()
        .filter(line -> line.contains("ssm:SendCommand"))
        .count();
  }

  private static final Policy STOPS =
      new PolicyReader()
          .read(
              "policy.yaml",
              """
              name: nightly
              schedule: {cron: "0 2 * * ? *"}
              hold: stop
              stop: {skipIfAlarm: [quiet, restoring]}
              retention: {count: 1}
              """);

  private static Policy policy(String document) {
    return new PolicyReader()
        .read(
            "policy.yaml",
            """
            name: nightly
            schedule: {cron: "0 2 * * ? *"}
            scripts: {document: %s, timeout: 30s, retries: 1}
            retention: {count: 1}
            """
                .formatted(document));
  }

  private static Map<String, String> documents() {
    Map<String, String> documents = new TreeMap<>(SsmDocument.allDeployed());
    documents.put("unmounting", UNMOUNTS);
    documents.put("drill-filesystem", SsmDocument.DRILL_FILESYSTEM.deployed());
    return documents;
  }

  private static Played play(Policy policy, String faults, boolean restoring) {
    AtomicReference<FaultPlan> plan = new AtomicReference<>();
    List<Fault> read = new FaultsReader(KnownNames.NOTHING, START).read("f.yaml", faults);
    CloudSettings settings =
        new CloudSettings(
                1,
                START,
                fleet(),
                documents(),
                time -> {
                  plan.set(new FaultPlan(read, new Seed(1), time));
                  return plan.get().faults();
                },
                100)
            .withLedgerInMemory(true);
    Path stateMachines = Path.of(System.getProperty("freezeframe.root"), "statemachines");
    try (EmbeddedCloud cloud = new EmbeddedCloud(settings, stateMachines)) {
      cloud.schedule(
          policy, List.of(START.plus(Duration.ofHours(2)), START.plus(Duration.ofHours(26))));
      cloud.schedule(DeployedSchedule.expiry(true), START.plus(Duration.ofDays(2)));
      cloud.beginManualFaults();
      RestoreCalls restores = new RestoreCalls(cloud);
      if (restoring) {
        restores.schedule(settings.fleet().instances(), Duration.ofHours(3));
      }
      DrillCalls drills = new DrillCalls(cloud);
      if (DRILLS.matcher(faults).find()) {
        drills.schedule(settings.fleet().instances().get(0).instanceId(), Duration.ofHours(3));
      }
      cloud.time().run();
      List<String> trace = new ArrayList<>(restores.seen());
      trace.addAll(drills.seen());
      cloud.api().calls().forEach(call -> trace.add(call.toString()));
      cloud.ec2().snapshots().forEach(view -> trace.add(view.toString()));
      trace.add(cloud.ec2().downtimes().toString());
      cloud.ssm().guests().values().forEach(guest -> trace.add(guest.freezes().toString()));
      return new Played(trace, read, plan.get());
    }
  }

  private static Fleet fleet() {
    Fleet example = ExampleFleet.read(new Seed(1));
    List<Instance> two =
        example.instances().stream()
            .filter(instance -> instance.blockDeviceMappings().size() > 1)
            .filter(instance -> instance.platform() == null)
            .limit(2)
            .map(instance -> instance.copy(builder -> builder.imageId("ami-0123456789abcdef0")))
            .toList();
    Set<String> ids = Set.copyOf(two.stream().map(Instance::instanceId).toList());
    return new Fleet(
        two,
        example.volumes().stream()
            .filter(volume -> ids.contains(volume.attachments().get(0).instanceId()))
            .toList());
  }
}
