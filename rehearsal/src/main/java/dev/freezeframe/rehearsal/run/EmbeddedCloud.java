package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.cloud.RequestRates;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.dynamo.EmbeddedDynamo;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.events.EventBus;
import dev.freezeframe.rehearsal.events.Scheduler;
import dev.freezeframe.rehearsal.events.Target;
import dev.freezeframe.rehearsal.functions.Functions;
import dev.freezeframe.rehearsal.kms.EmbeddedKms;
import dev.freezeframe.rehearsal.ledger.DynamoStore;
import dev.freezeframe.rehearsal.ledger.LedgerItems;
import dev.freezeframe.rehearsal.ledger.LedgerStore;
import dev.freezeframe.rehearsal.ledger.MemoryStore;
import dev.freezeframe.rehearsal.ssm.EmbeddedSsm;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.StepFunctions;
import dev.freezeframe.rehearsal.time.VirtualTime;
import dev.freezeframe.task.Environment;
import dev.freezeframe.task.Task;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a deployment consists of, on one virtual clock: the functions, the state machine
 * files, the rules, the table, and AWS around them.
 */
public final class EmbeddedCloud implements AutoCloseable {
  private static final String TABLE = "ledger";
  private static final String EXPIRE_SNAPSHOTS = "expire-snapshots";
  private static final String THAW_ABANDONED = "thaw-abandoned";
  private static final String RESTORE_SET = "restore-set";
  private static final String DRILL_SET = "drill-set";

  private final VirtualTime time;
  private final SimulatedApi api;

  /** After the last run what is stopped is looked for as long; a start is tried for half a day. */
  private static final Duration STARTED_WITHIN = Duration.ofHours(12);

  /** Longer than a drill takes that broke off and is taken away. */
  private static final Duration DRILLED_WITHIN = Duration.ofDays(1);

  private final EmbeddedKms kms = new EmbeddedKms();

  /** As the schedule of a deployment says. */
  private static final Duration SWEEP = Duration.ofMinutes(5);

  private final EmbeddedEc2 ec2;
  private final EmbeddedSsm ssm;
  private final LedgerStore store;
  private final Functions functions;
  private final StepFunctions states;
  private final EventBus bus;
  private final Scheduler scheduler;
  private final RecordedMetrics measured = new RecordedMetrics();
  private final String snapshotInstance;
  private final int pendingSnapshots;
  private final ManualFault byHand;
  private final Map<String, String> machines;
  private Instant sweptUntil = Instant.MIN;

  /**
   * Deploys the project into a new cloud.
   *
   * @param stateMachines the folder of the state machine files
   */
  public EmbeddedCloud(CloudSettings settings, Path stateMachines) {
    this(settings, stateMachines, Mutation.NONE);
  }

  /**
   * Deploys the project with a deliberate bug into a new cloud.
   *
   * @param stateMachines the folder of the state machine files
   */
  public EmbeddedCloud(CloudSettings settings, Path stateMachines, Mutation mutation) {
    Seed seed = new Seed(settings.seed());
    this.time = new VirtualTime(settings.start());
    Faults faults = settings.faults().apply(time);
    Latencies latencies = settings.latencies();
    this.api =
        new SimulatedApi(
            time,
            latencies,
            faults.calls(),
            RequestRates.documented().withSsm(settings.capacity().ssmRate()));
    this.functions =
        new Functions(
            time, seed, latencies, faults.invocations(), settings.capacity().concurrency());
    this.bus = new EventBus(time, latencies, faults.events());
    this.ec2 =
        new EmbeddedEc2(
            time,
            seed,
            api,
            Ec2Settings.DEFAULTS.withPendingPerAccount(settings.pendingSnapshots()),
            settings.fleet(),
            faults.sets(),
            faults.instances(),
            kms,
            bus);
    DrillNetwork.deploy(ec2.network());
    this.ssm =
        new EmbeddedSsm(
            time,
            seed,
            latencies,
            api,
            settings.fleet(),
            ec2,
            faults.guests(),
            settings.documents());
    this.store = store(settings, time, seed, api);
    if (store instanceof DynamoStore table) {
      table.dynamo().put(mutation::tables);
    }
    this.states =
        new StepFunctions(
            time,
            seed,
            latencies,
            functions,
            bus,
            new DescribedAlarms(time, faults.alarms()),
            faults.executions());
    Map<String, String> arns = registerFunctions(mutation, settings.pendingSnapshots());
    this.snapshotInstance = deploy(stateMachines, "snapshot-instance", arns, mutation);
    arns.put("SnapshotInstance", snapshotInstance);
    // Its own executions start it, before anybody could ask what it is called.
    arns.put("DrillSet", Account.arn("states", "stateMachine:" + DRILL_SET));
    this.machines =
        Stream.of("run-policy", EXPIRE_SNAPSHOTS, THAW_ABANDONED, RESTORE_SET, DRILL_SET)
            .collect(
                Collectors.toMap(
                    name -> name, name -> deploy(stateMachines, name, arns, mutation)));
    Rules.connect(
        bus, this::target, snapshotInstance, machines.get(RESTORE_SET), machines.get(DRILL_SET));
    this.scheduler = new Scheduler(time, seed, faults.schedules());
    this.pendingSnapshots = settings.pendingSnapshots();
    this.byHand = faults.byHand();
  }

  private static LedgerStore store(
      CloudSettings settings, VirtualTime time, Seed seed, SimulatedApi api) {
    int attempts = EmbeddedDependencies.SDK_ATTEMPTS;
    return settings.ledgerInMemory()
        ? new MemoryStore(api, new SdkRetries(time, seed, "DynamoDbClient", attempts))
        : new DynamoStore(new EmbeddedDynamo(time, seed, api), TABLE, attempts);
  }

  private Map<String, String> registerFunctions(Mutation mutation, int pendingSnapshots) {
    TaskDependencies dependencies =
        mutation.dependencies(
            new EmbeddedDependencies(
                time,
                ec2,
                ssm,
                store.forTasks(),
                new Environment(TABLE, pendingSnapshots),
                measured));
    Map<String, String> arns = new TreeMap<>();
    Task.byName()
        .forEach(
            (name, task) ->
                arns.put(
                    name,
                    functions.register(
                        name,
                        mutation.function(name, task.in(dependencies)),
                        Duration.ofSeconds(task.seconds()),
                        task.memory())));
    return arns;
  }

  private String deploy(Path folder, String name, Map<String, String> arns, Mutation mutation) {
    try {
      return states.deploy(
          name,
          mutation.stateMachine(name, Files.readString(folder.resolve(name + ".asl.json"))),
          arns);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Has the Scheduler fire a policy at given instants, with a deployment's name and input. */
  public void schedule(Policy policy, List<Instant> instants) {
    DeployedSchedule deployed = DeployedSchedule.ofPolicy(policy);
    start(deployed.name(), target(deployed.target()), instants, deployed.input());
  }

  /** Has the Scheduler start {@code expire-snapshots}, with a deployment's input. */
  public void scheduleExpiry(List<Instant> instants) {
    scheduleExpiry(instants, DeployedSchedule.expiry(true).input());
  }

  /** Has {@code expire-snapshots} started with some other input. */
  public void startExpiry(Instant at, String input) {
    scheduleExpiry(List.of(at), input);
  }

  /**
   * Deploys what a deployment has besides the schedules of its policies, from the same records.
   *
   * @param last until when functions are woken, at least
   * @param days for how long from now retention runs, recovery points are watched and sets are
   *     drilled
   */
  void scheduleTheRest(Policy policy, Instant last, int days) {
    Instant until = time.instant().plus(Duration.ofDays(days)).minusMillis(1);
    Instant end = last.isAfter(until) ? last : until;
    DeployedSchedule.wakes().forEach(wake -> schedule(wake, end));
    if (policy.stop().isPresent()) {
      schedule(DeployedSchedule.startStopped(List.of(policy)), end.plus(STARTED_WITHIN));
    }
    if (days > 0) {
      schedule(DeployedSchedule.watch(List.of(policy), DeployedSchedule.GRACE), until);
      schedule(DeployedSchedule.expiry(true), until);
      policy
          .drill()
          .ifPresent(
              drill -> {
                scheduleDrills(policy.name(), drill, until);
                sweepDrills(until.plus(DRILLED_WITHIN));
              });
    }
  }

  /**
   * Deploys a schedule.
   *
   * @param until the last instant at which it may fire
   */
  public void schedule(DeployedSchedule schedule, Instant until) {
    scheduler.create(
        schedule.name(),
        schedule.when().expression(),
        schedule.when().timeZone().getId(),
        until,
        schedule.input(),
        target(schedule.target()));
  }

  private Target target(DeployedSchedule.Target target) {
    if (target instanceof DeployedSchedule.Target.Task task) {
      return Target.function(functions, task.name());
    }
    return Target.stateMachine(states, machines.get(target.name()));
  }

  private void scheduleExpiry(List<Instant> instants, String input) {
    DeployedSchedule deployed = DeployedSchedule.expiry(true);
    start(deployed.name(), target(deployed.target()), instants, input);
  }

  private void start(String schedule, Target target, List<Instant> instants, String input) {
    try {
      scheduler.schedule(schedule, instants, Json.mapper().readTree(input), target);
    } catch (JsonProcessingException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Has people do what they do by hand; after the schedules, which are first at an instant. */
  public void beginManualFaults() {
    byHand.begin(this);
  }

  /** How many snapshots may be pending at once in the account. */
  public int pendingSnapshots() {
    return pendingSnapshots;
  }

  /** The executions of {@code expire-snapshots}, in the order in which they were started. */
  public List<Execution> expiries() {
    return executionsOf(EXPIRE_SNAPSHOTS);
  }

  private List<Execution> executionsOf(String machine) {
    return states.executions().stream()
        .filter(execution -> execution.stateMachineArn().equals(machines.get(machine)))
        .toList();
  }

  /** The executions of {@code thaw-abandoned}, in the order in which they were started. */
  public List<Execution> thaws() {
    return executionsOf(THAW_ABANDONED);
  }

  /** The executions of {@code restore-set}, in the order in which they were started. */
  public List<Execution> restores() {
    return executionsOf(RESTORE_SET);
  }

  /** Looks for restores that broke off, as a deployment does, until an instant at least. */
  public void sweepRestores(Instant until) {
    DeployedSchedule sweep = DeployedSchedule.sweepRestores();
    Instant from = time.instant().isAfter(sweptUntil) ? time.instant() : sweptUntil;
    List<Instant> looks =
        Stream.iterate(from.plus(SWEEP), look -> !look.isAfter(until), look -> look.plus(SWEEP))
            .toList();
    if (!looks.isEmpty()) {
      sweptUntil = looks.get(looks.size() - 1);
      start(sweep.name(), target(sweep.target()), looks, sweep.input());
    }
  }

  /**
   * Has the sets of a policy drilled when it says.
   *
   * @param until the last instant at which drills may be chosen
   */
  public void scheduleDrills(PolicyName policy, Drill drill, Instant until) {
    DrillNetwork.add(ec2.network(), drill.host());
    drill
        .host()
        .image()
        .ifPresent(image -> ec2.assumeImage(image, drill.host().instanceType().orElse("")));
    schedule(DeployedSchedule.ofDrills(policy, drill), until);
  }

  /** Looks for drills that broke off, as a deployment does, until an instant. */
  public void sweepDrills(Instant until) {
    schedule(DeployedSchedule.sweepDrills(), until);
  }

  /**
   * Starts {@code drill-set}.
   *
   * @param name of the execution
   * @return its ARN
   */
  public String startDrill(String name, JsonNode input) {
    return states.start(machines.get(DRILL_SET), name, input);
  }

  /** The executions of {@code drill-set}, in the order in which they were started. */
  public List<Execution> drills() {
    return executionsOf(DRILL_SET);
  }

  /**
   * Starts {@code restore-set}.
   *
   * @param name of the execution
   * @return its ARN
   */
  public String startRestore(String name, JsonNode input) {
    return states.start(machines.get(RESTORE_SET), name, input);
  }

  /** The ARN of a state machine that an event or a schedule starts, by the name of its file. */
  String arn(String machine) {
    return machines.get(machine);
  }

  /** The events that could not be delivered, by the name of what their rule starts. */
  public Map<String, List<JsonNode>> undelivered() {
    return bus.undelivered();
  }

  /** The result of a firing. */
  public Firing firing(Policy policy, Instant scheduledAt) {
    RunId run = RunId.of(policy.name(), scheduledAt);
    return new Firing(
        scheduledAt,
        run,
        ledger().run(run),
        backups().stream().filter(backup -> backup.name().endsWith("-" + run)).toList());
  }

  /** The executions of {@code snapshot-instance}, in the order in which they were started. */
  public List<Execution> backups() {
    return states.executions().stream()
        .filter(execution -> execution.stateMachineArn().equals(snapshotInstance))
        .toList();
  }

  public VirtualTime time() {
    return time;
  }

  public SimulatedApi api() {
    return api;
  }

  public EmbeddedEc2 ec2() {
    return ec2;
  }

  /** The keys that the volumes of the fleet are encrypted with. */
  public EmbeddedKms kms() {
    return kms;
  }

  public EmbeddedSsm ssm() {
    return ssm;
  }

  /**
   * The tables of DynamoDB, that of the ledger among them.
   *
   * @throws IllegalStateException if the ledger is kept without a table
   */
  public EmbeddedDynamo dynamo() {
    return table().dynamo();
  }

  private DynamoStore table() {
    if (store instanceof DynamoStore table) {
      return table;
    }
    throw new IllegalStateException("expected a ledger in a table, found one without");
  }

  public Functions functions() {
    return functions;
  }

  public StepFunctions states() {
    return states;
  }

  /** What tasks have measured, as CloudWatch would have it. */
  public RecordedMetrics measured() {
    return measured;
  }

  /** The ledger, read beside the cloud: it takes no virtual time and is not counted. */
  public Ledger ledger() {
    return store.direct();
  }

  /** Every item of the ledger's table, by its key. */
  public List<Map<String, Object>> ledgerItems() {
    return table().items();
  }

  /** The life of every snapshot that the ledger knows or that EC2 has, by id. */
  public Map<SnapshotId, SnapshotHistory> ledgerSnapshots() {
    return histories(store.snapshotIds());
  }

  /** The same, where the items were read before: reading them all takes minutes at ten thousand. */
  Map<SnapshotId, SnapshotHistory> ledgerSnapshots(List<Map<String, Object>> items) {
    return histories(LedgerItems.snapshotIds(items));
  }

  private Map<SnapshotId, SnapshotHistory> histories(Set<SnapshotId> onRecord) {
    Set<SnapshotId> ids = new TreeSet<>(onRecord);
    ec2.snapshots().forEach(view -> ids.add(new SnapshotId(view.snapshotId())));
    Map<SnapshotId, SnapshotHistory> lives = new TreeMap<>();
    ledger().lives(ids).forEach(life -> lives.put(life.row().snapshot(), life));
    return lives;
  }

  @Override
  public void close() {
    time.close();
    store.close();
  }
}
